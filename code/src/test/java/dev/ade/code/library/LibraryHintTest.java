package dev.ade.code.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryHintTest {
    @TempDir private Path repository;

    @Test
    void names_the_newest_library_that_has_the_package() throws IOException {
        jar("org/example/tools/tool-core/1.3/tool-core-1.3.jar", "org/example/tools/core/A.class");
        jar(
                "org/example/tools/tool-core/1.12/tool-core-1.12.jar",
                "org/example/tools/core/A.class");
        jar("org/example/tools/tool-web/2.0/tool-web-2.0.jar", "org/example/tools/web/B.class");

        assertThat(LibraryHint.of("org.example.tools.core", repository))
                .isEqualTo(
                        "Name the library that has org.example.tools.core in ade.yml: libraries: [org.example.tools:tool-core:1.12]");
        assertThat(LibraryHint.of("org.example.tools.web", repository))
                .endsWith("[org.example.tools:tool-web:2.0]");
    }

    @Test
    void says_how_to_name_one_where_none_is_known() throws IOException {
        jar("org/example/tools/tool-web/2.0/tool-web-2.0.jar", "org/example/tools/web/sub/B.class");

        assertThat(LibraryHint.of("org.example.tools.web", repository))
                .isEqualTo(
                        "Name the library that has org.example.tools.web in ade.yml: libraries: [group:artifact:version], or put its jar into lib/");
    }

    @Test
    void what_is_thrown_for_a_missing_class_is_understood() {
        assertThat(LibraryHint.of(new NoClassDefFoundError("org/example/none/Thing")))
                .hasValueSatisfying(hint ->
                        assertThat(hint)
                                .startsWith("Name the library that has org.example.none in"));
        assertThat(LibraryHint.of(new IllegalStateException("org/example/none/Thing"))).isEmpty();
        assertThat(LibraryHint.of(new NoClassDefFoundError("Could not initialize class a.B")))
                .isEmpty();
    }

    private void jar(String path, String entry) throws IOException {
        Path file = repository.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.closeEntry();
        }
    }
}
