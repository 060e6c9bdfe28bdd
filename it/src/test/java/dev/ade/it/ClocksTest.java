package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A result is the same wherever the machine that asks stands.
class ClocksTest {
    @TempDir Path project;

    @Test
    void an_hour_that_clocks_repeat_and_one_that_they_skip_are_what_they_are() throws Exception {
        Files.writeString(project.resolve("ade.yml"), "name: clocks\n");
        Path log = project.resolve("log");
        Child.sql(
                        project,
                        log,
                        ZoneId.of("Europe/Berlin"),
                        "select timestamptz '2026-10-25 00:30:00+00' as repeated,"
                                + " [timestamp '2026-03-29 02:30:00'] as skipped")
                .start()
                .waitFor();

        assertThat(log)
                .content()
                .isEqualTo(
                        """
                        repeated,skipped
                        2026-10-25 00:30:00+00,[2026-03-29 02:30:00]
                        """);
    }
}
