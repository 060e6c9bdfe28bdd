package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.model.Fingerprint;
import dev.ade.spi.Loader.Item;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SeenFilesTest {
    private static final Fingerprint ALL = Fingerprint.of("all");
    private static final Instant THEN = Instant.parse("2026-11-22T10:00:00Z");

    private static String kept(String origin) {
        Item item = new Item(Fingerprint.of("content"), origin, "", 5, THEN);
        return String.valueOf(
                SeenFiles.of(ALL, Optional.empty())
                        .properties(List.of(item), List.of())
                        .get("load.seen_files"));
    }

    @Test
    void takes_no_name_that_breaks_a_line_for_another() {
        assertThat(kept("in/a.csv")).endsWith(" in/a.csv");
        assertThat(kept("in/a.csv\n")).isEmpty();
        assertThat(kept("in/a.csv\r")).isEmpty();
        assertThat(kept("in/a\nb.csv")).isEmpty();
    }
}
