package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A project that can be read and not written, such as one on a read-only disk. Whoever may write everywhere cannot see it.
class ReadOnlyTest {
    private final Path state;
    private final Estate estate;

    ReadOnlyTest(@TempDir Path folder) {
        this.state = folder.resolve(".ade");
        this.estate = new Estate(folder).file("shop/models/a.sql", "select 1 as x");
    }

    @BeforeEach
    void make_it_read_only() throws IOException {
        estate.published();
        permit("r-xr-xr-x");
        assumeThat(Files.isWritable(state)).isFalse();
    }

    @AfterEach
    void make_it_writable() throws IOException {
        permit("rwxr-xr-x");
    }

    private void permit(String permissions) throws IOException {
        try (Stream<Path> all = Files.walk(state)) {
            for (Path one : all.toList()) {
                Files.setPosixFilePermissions(one, PosixFilePermissions.fromString(permissions));
            }
        }
    }

    @Test
    void what_is_published_can_be_read() throws IOException {
        List<Path> before = files();

        assertThat(estate.sql("select x from shop.a")).containsExactly("1");
        assertThat(estate.run().message()).startsWith("nothing to do");
        assertThat(files()).isEqualTo(before);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(state)) {
            return all.sorted().toList();
        }
    }

    @Test
    void nothing_can_be_published() {
        estate.file("shop/models/a.sql", "select 2 as x");

        assertThatThrownBy(estate::run)
                .hasMessage("Cannot write to the catalog: its file or folder is read-only");
    }
}
