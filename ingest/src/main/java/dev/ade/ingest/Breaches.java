package dev.ade.ingest;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.LoadSpec.Format;
import dev.ade.model.Sql;
import dev.ade.model.Wording;
import dev.ade.spi.Cursor;
import dev.ade.spi.Session;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a load would reject of a sample of files, by their columns' types alone.
final class Breaches {
    private static final Scans.Rejects REJECTS =
            new Scans.Rejects("ade_sample_rejects", "ade_sample_scans");

    private final Session session;
    private final ReaderOptions options;
    private final Map<String, Long> byReason = new LinkedHashMap<>();
    private long rows;

    Breaches(Session session, ReaderOptions options) {
        this.session = session;
        this.options = options;
    }

    /// Of the first rows of each file.
    Breaches of(List<Part> parts, List<Column> columns) {
        List<LandingColumn> strict = columns.stream().map(LandingColumn::strict).toList();
        Door.register(session, strict);
        LoadSql sql = new LoadSql(strict, List.of(), options, Instant.EPOCH, LoadSql.Guard.NONE);
        parts.stream().filter(part -> !part.shape().isEmpty()).forEach(part -> count(part, sql));
        return this;
    }

    private void count(Part part, LoadSql sql) {
        LoadSql.Reading reading = Inspector.reading(part);
        List<RowCheck> checks = sql.checks(part.shape(), reading);
        String breaches = sql.breaches(part, reading, REJECTS, Inspector.ROWS);
        try (Cursor cursor = session.query(breaches)) {
            List<@Nullable Object> row = cursor.all(1).getFirst();
            rows += number(row.getFirst());
            for (int i = 0; i < checks.size(); i++) {
                add(checks.get(i).column(), checks.get(i).reason(), number(row.get(i + 1)));
            }
        } catch (AdeException e) {
            throw Broken.file(part.origin(), e);
        }
        unread(part);
    }

    /// Rows that the reader gave none of. It reads ahead of what it is asked for.
    private void unread(Part part) {
        if (part.shape().format() != Format.CSV) {
            return;
        }
        session.execute(
                "DELETE FROM %s WHERE line > %d"
                        .formatted(
                                Sql.quote(REJECTS.errors()),
                                Inspector.ROWS + part.shape().dialect().skip()));
        for (List<CsvErrors.Fault> faults : CsvErrors.take(session, REJECTS).of(part).values()) {
            rows++;
            faults.forEach(fault -> add(fault.column(), fault.reason(), 1));
        }
    }

    private void add(String column, String reason, long count) {
        if (count > 0) {
            byReason.merge(
                    column.isEmpty() ? reason : "'%s': %s".formatted(column, reason),
                    count,
                    Long::sum);
        }
    }

    /// Empty where all rows would land.
    Optional<String> words() {
        String reasons =
                byReason.entrySet().stream()
                        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                        .map(one -> "%s (%,d)".formatted(one.getKey(), one.getValue()))
                        .collect(Collectors.joining("; "));
        return rows == 0
                ? Optional.empty()
                : Optional.of(
                        "Rejected: a load would keep out %s of the sample: %s"
                                .formatted(Wording.count(rows, "row"), reasons));
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }
}
