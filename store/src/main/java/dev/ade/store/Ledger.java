package dev.ade.store;

import dev.ade.model.Fingerprint;
import dev.ade.model.Interval;
import dev.ade.spi.Batch;
import dev.ade.spi.FilledInterval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What a dataset was loaded from, or filled by. Written as a line an entry: `b` or `f`, then the fields,
/// separated by tabs; times of batches are microseconds since 1970, and those of early versions of ADE have no place.
///
/// @param batches by origin and id
/// @param filled by interval
record Ledger(List<Batch> batches, List<FilledInterval> filled) {
    static final Ledger NONE = new Ledger(List.of(), List.of());

    Ledger {
        batches =
                batches.stream()
                        .sorted(Comparator.comparing(Batch::origin).thenComparing(Batch::id))
                        .toList();
        filled = filled.stream().sorted(Comparator.comparing(FilledInterval::interval)).toList();
    }

    boolean isEmpty() {
        return batches.isEmpty() && filled.isEmpty();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        batches.forEach(batch -> line(text, batch));
        filled.forEach(one -> line(text, one));
        return text.toString();
    }

    private static void line(StringBuilder text, Batch batch) {
        line(
                text,
                "b",
                batch.id().hex(),
                escaped(batch.origin()),
                batch.bytes(),
                Catalog.micros(batch.modifiedAt()),
                batch.contract().hex(),
                Catalog.micros(batch.loadedAt()),
                batch.rowsRead(),
                batch.rowsLanded(),
                batch.rowsRejected(),
                Text.of(batch.eventTimes()),
                batch.place());
    }

    private static void line(StringBuilder text, FilledInterval one) {
        line(
                text,
                "f",
                one.interval().from(),
                one.interval().to(),
                one.version().hex(),
                one.rows());
    }

    private static void line(StringBuilder text, Object... fields) {
        for (int i = 0; i < fields.length; i++) {
            text.append(i == 0 ? "" : "\t").append(fields[i]);
        }
        text.append('\n');
    }

    static Ledger parse(String text) {
        List<Batch> batches = new ArrayList<>();
        List<FilledInterval> filled = new ArrayList<>();
        text.lines()
                .forEach(line -> {
                    String[] fields = line.split("\t", -1);
                    switch (fields[0]) {
                        case "b" -> batches.add(batch(fields));
                        case "f" -> filled.add(interval(fields));
                        default ->
                                throw new IllegalStateException(
                                        "no ledger has an entry like '%s'".formatted(fields[0]));
                    }
                });
        return new Ledger(batches, filled);
    }

    private static Batch batch(String[] fields) {
        return new Batch(
                new Fingerprint(fields[1]),
                plain(fields[2]),
                Long.parseLong(fields[3]),
                Catalog.instant(Long.parseLong(fields[4])),
                new Fingerprint(fields[5]),
                Catalog.instant(Long.parseLong(fields[6])),
                Long.parseLong(fields[7]),
                Long.parseLong(fields[8]),
                Long.parseLong(fields[9]),
                Text.intervals(fields[10]),
                fields.length > 11 ? Integer.parseInt(fields[11]) : 0);
    }

    private static FilledInterval interval(String[] fields) {
        return new FilledInterval(
                new Interval(Instant.parse(fields[1]), Instant.parse(fields[2])),
                new Fingerprint(fields[3]),
                Long.parseLong(fields[4]));
    }

    /// Names of files may hold anything, so line ends of all kinds give way too.
    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    private static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                plain.append(unescaped(text.charAt(i)));
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    private static char unescaped(char c) {
        return switch (c) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            default -> c;
        };
    }
}
