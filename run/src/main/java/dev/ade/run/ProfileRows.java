package dev.ade.run;

import dev.ade.model.Fingerprint;
import dev.ade.model.Interval;
import dev.ade.model.RunId;
import dev.ade.model.TableName;
import dev.ade.spi.Cursor;
import dev.ade.spi.Profile;
import dev.ade.spi.Profile.ColumnProfile;
import dev.ade.spi.Profile.Frequent;
import dev.ade.spi.Profiler;
import dev.ade.spi.Session;
import dev.ade.spi.SystemTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Profiles as rows of `ade.profiles`, and back.
public final class ProfileRows {
    private ProfileRows() {}

    /// One row for the dataset and one for each column.
    static List<List<@Nullable Object>> of(
            RunId run, TableName dataset, String version, Instant at, Profile profile) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        rows.add(rows(run, dataset, version, Optional.empty(), at, profile.rows()));
        for (ColumnProfile column : profile.columns()) {
            rows.add(
                    Arrays.asList(
                            run.number(),
                            dataset.toString(),
                            version,
                            null,
                            null,
                            at,
                            column.name(),
                            column.type(),
                            column.values(),
                            column.nulls(),
                            column.distinct(),
                            column.min(),
                            column.max(),
                            column.mean(),
                            column.deviation(),
                            column.quantiles(),
                            column.frequent().stream().map(Frequent::value).toList(),
                            column.frequent().stream().map(Frequent::count).toList(),
                            column.lengths(),
                            column.histogram(),
                            column.sketch()));
        }
        return rows;
    }

    /// A row that says only how many rows there are, in an interval or in all.
    static List<@Nullable Object> rows(
            RunId run,
            TableName dataset,
            String version,
            Optional<Interval> interval,
            Instant at,
            long rows) {
        List<@Nullable Object> row =
                new ArrayList<>(
                        Arrays.asList(
                                run.number(),
                                dataset.toString(),
                                version,
                                interval.map(Interval::from).orElse(null),
                                interval.map(Interval::to).orElse(null),
                                at,
                                null,
                                null,
                                rows));
        while (row.size() < SystemTable.PROFILES.schema().columns().size()) {
            row.add(null);
        }
        return row;
    }

    /// The profile that was stored for a version of a dataset; empty where values of it were hidden since.
    public static Optional<Profile> read(
            Session session, Profiler profiler, TableName dataset, Fingerprint version) {
        String sql =
                """
                select column_name, column_type, "rows", nulls, distinct_values, min_value, max_value, mean,
                  deviation, quantiles, frequent_values, frequent_counts, lengths, histogram, sketch
                from ade.profiles
                where dataset = ? and version = ? and interval_from is null
                qualify run_id = max(run_id) over ()\
                """;
        long rows = -1;
        List<ColumnProfile> columns = new ArrayList<>();
        try (Cursor cursor = session.query(sql, List.of(dataset.toString(), version.hex()))) {
            for (List<@Nullable Object> row = cursor.next(); row != null; row = cursor.next()) {
                if (row.getFirst() == null) {
                    rows = number(row.get(2));
                } else if (row.get(14) == null) {
                    return Optional.empty();
                } else {
                    columns.add(column(row));
                }
            }
        }
        return rows < 0 ? Optional.empty() : Optional.of(profiler.restore(rows, columns));
    }

    private static ColumnProfile column(List<@Nullable Object> row) {
        List<Object> values = list(row.get(10));
        List<Object> counts = list(row.get(11));
        List<Frequent> frequent = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            frequent.add(
                    new Frequent((String) values.get(i), ((Number) counts.get(i)).longValue()));
        }
        return new ColumnProfile(
                (String) Objects.requireNonNull(row.getFirst()),
                (String) Objects.requireNonNull(row.get(1)),
                number(row.get(2)),
                number(row.get(3)),
                ((Number) Objects.requireNonNull(row.get(4))).doubleValue(),
                (String) row.get(5),
                (String) row.get(6),
                (Double) row.get(7),
                (Double) row.get(8),
                list(row.get(9)).stream().map(it -> ((Number) it).doubleValue()).toList(),
                frequent,
                list(row.get(12)).stream().map(it -> ((Number) it).doubleValue()).toList(),
                list(row.get(13)).stream().map(it -> ((Number) it).longValue()).toList(),
                (byte[]) Objects.requireNonNull(row.get(14)));
    }

    private static long number(@Nullable Object value) {
        return ((Number) Objects.requireNonNull(value)).longValue();
    }

    @SuppressWarnings("unchecked") // a Cursor gives lists as List
    private static List<Object> list(@Nullable Object value) {
        return value == null ? List.of() : (List<Object>) value;
    }
}
