package dev.ade.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.model.Fingerprint;
import dev.ade.model.Interval;
import dev.ade.model.Intervals;
import dev.ade.spi.Batch;
import dev.ade.spi.FilledInterval;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static Batch batch(String origin) {
        return new Batch(
                Fingerprint.of(origin),
                origin,
                7,
                START,
                Fingerprint.of("contract"),
                START.plusSeconds(60),
                3,
                2,
                1,
                Intervals.of(List.of(new Interval(START, START.plusSeconds(3_600)))),
                4);
    }

    @Test
    void what_is_written_is_read_whatever_files_are_called() {
        Ledger ledger =
                new Ledger(
                        List.of(batch("a\tb\n\\n\r\\"), batch("plain.csv")),
                        List.of(
                                new FilledInterval(
                                        new Interval(START, START.plusSeconds(86_400)),
                                        Fingerprint.of("v"),
                                        5)));

        assertThat(Ledger.parse(ledger.text())).isEqualTo(ledger);
        assertThat(Ledger.parse("")).isEqualTo(Ledger.NONE);
        assertThat(Ledger.parse(ledger.text().replace("\t4\n", "\n")).batches())
                .as("of an early version")
                .extracting(Batch::place)
                .containsOnly(0);
    }

    @Test
    void long_ledgers_are_packed_and_equal_ones_are_kept_once(@TempDir Path folder) {
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            batches.add(batch("orders-%03d.csv".formatted(i)));
        }
        Ledger ledger = new Ledger(batches, List.of());
        try (Catalog catalog = Catalog.open("jdbc:sqlite:" + folder.resolve("ade.db"), () -> {})) {
            Ledgers ledgers = new Ledgers(catalog);

            String id = ledgers.save(ledger);

            assertThat(ledgers.save(ledger)).isEqualTo(id);
            assertThat(ledgers.load(id)).isEqualTo(ledger);
            assertThat(ledgers.save(Ledger.NONE)).isEmpty();
            catalog.query(
                    "SELECT count(*), max(length(content)) FROM ledger",
                    result -> {
                        assertThat(result.getLong(1)).isEqualTo(1);
                        assertThat(result.getLong(2)).isLessThan(ledger.text().length() / 2);
                    });
        }
    }
}
