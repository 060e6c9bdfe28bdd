package dev.ade.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade.Finding;
import dev.ade.app.Ade.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said of keys before a run needs them.
class DoctorTest {
    private final Lab lab;

    DoctorTest(@TempDir Path root) {
        this.lab = new Lab(root, "2126-06-15T12:00:00Z");
    }

    @BeforeEach
    void load() {
        lab.file(
                "shop/sources.yml",
                """
                sources:
                  - name: shop
                    tables:
                      - name: people
                        load: {files: "landing/*.csv"}
                        columns: [{name: email, privacy: pseudonym}]
                """);
        lab.file("landing/1.csv", "email\nann@example.org\n");
    }

    private Finding keys() {
        return lab.with(Ade::doctor).stream()
                .filter(it -> it.name().equals("keys"))
                .findFirst()
                .orElseThrow();
    }

    private void lose(String file) throws IOException {
        Files.delete(lab.root.resolve(".ade").resolve(file));
    }

    @Test
    void says_that_keys_are_lost() throws IOException {
        assertThat(keys().text()).startsWith("none yet");
        lab.run();
        assertThat(keys().level()).isEqualTo(Level.WARNING);

        lose("keys.json");

        assertThat(keys().level()).isEqualTo(Level.PROBLEM);
        assertThat(keys().text()).contains("was made here once and is gone");
    }

    @Test
    void says_that_no_master_key_opens_them() throws IOException {
        lab.run();

        lose("keys.master");

        assertThat(keys().level()).isEqualTo(Level.PROBLEM);
        assertThat(keys().text()).contains("keys.master is not there");
    }
}
