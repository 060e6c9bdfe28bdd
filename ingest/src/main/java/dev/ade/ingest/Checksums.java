package dev.ade.ingest;

import dev.ade.model.Column;
import dev.ade.model.DriftPolicy;
import dev.ade.model.LoadedColumns;
import dev.ade.model.Schema;
import dev.ade.model.SourceTable;
import dev.ade.model.Sql;
import dev.ade.model.Type.Simple;
import dev.ade.model.Wording;
import dev.ade.spi.Cursor;
import dev.ade.spi.DatasetState;
import dev.ade.spi.KeyGrid;
import dev.ade.spi.Loader.ColumnReaders;
import dev.ade.spi.Session;
import dev.ade.spi.Verified;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds the parts of a table in which what is published and its source differ, by checksums that both sides make of the
/// columns that are kept as they are.
final class Checksums {
    private static final long PART_ROWS = 10_000;
    private static final long PARTS_MAX = 20_000;
    private static final String KEEP = "keep";

    private final SourceTable source;
    private final DatasetState state;
    private final Session session;
    private final Map<String, String> treatments;

    /// @param session reads what is published
    Checksums(SourceTable source, DatasetState state, Session session) {
        this.source = source;
        this.state = state;
        this.session = session;
        this.treatments = Carried.treatments(Optional.of(state));
    }

    /// @param ranges of rows that are to be read
    /// @param rows in the parts that are equal
    record Found(
            SourceTable source,
            KeyGrid.Ranges ranges,
            boolean isEqual,
            long rows,
            List<String> drift,
            List<String> notes) {
        /// Where no part differs.
        Verified verified() {
            boolean follows = source.drift() == DriftPolicy.EVOLVE;
            List<String> all = new ArrayList<>(notes);
            if (!follows) {
                all.addAll(drift);
            }
            return new Verified(
                    source.name(),
                    new Verified.Counts(rows, rows, 0, 0),
                    source.load().key(),
                    List.of(),
                    follows ? drift : List.of(),
                    all);
        }

        /// With what was found in the parts that differ.
        Verified with(Verified read) {
            Verified.Counts counts = read.counts();
            List<String> all = new ArrayList<>(notes);
            all.addAll(read.notes());
            return new Verified(
                    read.table(),
                    new Verified.Counts(
                            counts.published() + rows,
                            counts.source() + rows,
                            counts.rejected(),
                            counts.newer()),
                    read.key(),
                    read.differences(),
                    read.drift(),
                    all);
        }
    }

    /// Parts of what is published, by its key or, where it has none, by what says which rows are new; empty where that is
    /// no whole number that is kept.
    Optional<KeyGrid> grid(Optional<String> cursor) {
        List<String> key = source.load().key();
        Optional<String> name = key.isEmpty() ? cursor : Optional.of(key.getFirst());
        return name.filter(_ -> key.size() < 2)
                .flatMap(it ->
                        wanted().stream().filter(c -> c.name().equalsIgnoreCase(it)).findFirst())
                .filter(column -> column.type() == Simple.INTEGER || column.type() == Simple.BIGINT)
                .flatMap(column -> grid(column.name()));
    }

    private Optional<KeyGrid> grid(String column) {
        List<Long> found =
                RowComparison.numbers(
                        session,
                        "SELECT min(%s), max(%s), count(*) FROM %s"
                                .formatted(Sql.quote(column), Sql.quote(column), table()));
        long least = found.get(0);
        long greatest = found.get(1);
        long rows = found.get(2);
        boolean isWide = greatest - least < 0;
        return rows == 0 || isWide
                ? Optional.empty()
                : Optional.of(
                        KeyGrid.of(
                                column,
                                least,
                                greatest,
                                Math.clamp(rows / PART_ROWS, 1, PARTS_MAX)));
    }

    /// Columns that both sides may have as they are.
    List<Column> wanted() {
        return own().stream()
                .filter(column ->
                        treatments.getOrDefault(Expected.lower(column.name()), KEEP).equals(KEEP))
                .toList();
    }

    private List<Column> own() {
        Schema schema = state.schema();
        return schema.columns().stream()
                .filter(column -> !LoadedColumns.NAMES.contains(Expected.lower(column.name())))
                .toList();
    }

    private String table() {
        return Sql.quote(source.name().namespace()) + "." + Sql.quote(source.name().name());
    }

    Found compare(KeyGrid grid, KeyGrid.Sums there) {
        Map<Long, KeyGrid.Sum> here = sums(grid, there.columns());
        Set<Long> numbers = new TreeSet<>(here.keySet());
        numbers.addAll(there.parts().keySet());
        Set<Long> different =
                numbers.stream()
                        .filter(it ->
                                !Optional.ofNullable(here.get(it))
                                        .equals(Optional.ofNullable(there.parts().get(it))))
                        .collect(Collectors.toSet());
        long rows =
                here.entrySet().stream()
                        .filter(it -> !different.contains(it.getKey()))
                        .mapToLong(it -> it.getValue().rows())
                        .sum();
        return new Found(
                source,
                grid.ranges(different),
                different.isEmpty(),
                rows,
                drift(there),
                notes(numbers.size(), different.size(), there));
    }

    private Map<Long, KeyGrid.Sum> sums(KeyGrid grid, List<String> columns) {
        String row =
                columns.stream()
                        .map(this::text)
                        .map(text -> "coalesce(strlen(%s) || ':' || %s, '-')".formatted(text, text))
                        .collect(Collectors.joining(" || "));
        String sql =
                """
                SELECT part, count(*), CAST(sum(checksum) AS VARCHAR)
                FROM (
                    SELECT (CAST(%s AS HUGEINT) - (%d)) // %d AS part,
                        CAST('0x' || substr(md5(%s), 1, 15) AS BIGINT) AS checksum
                    FROM %s
                )
                GROUP BY part
                """
                        .formatted(
                                Sql.quote(grid.column()),
                                grid.least(),
                                grid.width(),
                                row.isEmpty() ? "''" : row,
                                table());
        Map<Long, KeyGrid.Sum> sums = new HashMap<>();
        try (Cursor cursor = session.query(sql)) {
            for (List<@Nullable Object> at = cursor.next(); at != null; at = cursor.next()) {
                if (at.get(0) instanceof Number part && at.get(1) instanceof Number rows) {
                    sums.put(
                            part.longValue(),
                            new KeyGrid.Sum(rows.longValue(), String.valueOf(at.get(2))));
                }
            }
        }
        return sums;
    }

    private String text(String name) {
        Column column = state.schema().find(name).orElseThrow();
        return (column.type() == Simple.BLOB ? "md5(%s)" : "CAST(%s AS VARCHAR)")
                .formatted(Sql.quote(name));
    }

    private List<String> drift(KeyGrid.Sums there) {
        List<Column> before = Expected.current(state);
        Set<String> names = new HashSet<>();
        before.forEach(column -> names.add(Expected.lower(column.name())));
        List<String> drift = new ArrayList<>();
        for (Column column : there.all()) {
            if (!names.remove(Expected.lower(column.name()))) {
                drift.add(
                        new Drift.Added(column.name(), column.type(), "the source")
                                .words(ColumnReaders.NONE));
            }
        }
        before.stream()
                .filter(column -> names.contains(Expected.lower(column.name())))
                .forEach(column ->
                        drift.add(
                                new Drift.Lost(column.name(), "the source")
                                        .words(ColumnReaders.NONE)));
        return drift;
    }

    private List<String> notes(long parts, long different, KeyGrid.Sums there) {
        List<String> notes = new ArrayList<>();
        notes.add(
                "checksums of %s in %s, of which %,d %s and %s read"
                        .formatted(
                                Wording.count(there.columns().size(), "column"),
                                Wording.count(parts, "part"),
                                different,
                                different == 1 ? "differs" : "differ",
                                different == 1 ? "was" : "were"));
        String others =
                own().stream()
                        .map(Column::name)
                        .filter(name -> !there.columns().contains(name))
                        .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            notes.add("compared only in rows that were read: " + others);
        }
        return notes;
    }
}
