package dev.ade.quality.profile;

import dev.ade.model.Field;
import dev.ade.model.Sql;
import dev.ade.quality.profile.Measured.Statistics;
import dev.ade.quality.sketch.Bounds;
import dev.ade.quality.sketch.ColumnSketch;
import dev.ade.quality.sketch.ColumnSketch.Summaries;
import dev.ade.quality.sketch.Distinct;
import dev.ade.quality.sketch.Frequents;
import dev.ade.quality.sketch.Lengths;
import dev.ade.quality.sketch.Moments;
import dev.ade.quality.sketch.Quantiles;
import dev.ade.spi.Cursor;
import dev.ade.spi.Profile;
import dev.ade.spi.Session;
import dev.ade.spi.WrittenFile;
import dev.ade.spi.WrittenFile.ColumnStats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One pass over the files of some parts.
final class ProfilePass {
    private final Session session;
    private final List<Field> fields;
    private final List<List<WrittenFile>> parts;

    ProfilePass(Session session, List<Field> fields, List<List<WrittenFile>> parts) {
        this.session = session;
        this.fields = fields;
        this.parts = parts;
    }

    /// What the engine reduced a part to, by the names that `ProfileSql` gives.
    private record Reduced(Map<String, @Nullable Object> values) {
        @Nullable Object of(Measured column, String what) {
            return values.get(column.name() + "_" + what);
        }
    }

    private record Place(int part, int column) {}

    private record Found(
            List<Reduced> reduced,
            Map<Place, Distinct> distinct,
            Map<Place, Frequents> frequents,
            Constants constants) {}

    List<Profile> run() {
        List<WrittenFile> files = parts.stream().flatMap(List::stream).toList();
        if (files.isEmpty()) {
            return parts.stream().map(_ -> empty()).toList();
        }
        String source = new Source(fields, parts).sql(session);
        List<Measured> columns = new Columns(fields, files).measured(session, source);
        ProfileSql sql = new ProfileSql(columns, parts, source);
        try {
            session.execute(sql.scan());
            if (sql.hasSample()) {
                session.execute(sql.spread());
            }
            Constants constants = Constants.of(session, sql);
            List<Reduced> reduced = reduced(sql);
            Map<Place, Distinct> distinct = distinct(columns, reduced, constants);
            Found found = new Found(reduced, distinct, frequents(sql, distinct), constants);
            return IntStream.range(0, parts.size())
                    .mapToObj(part -> profile(part, columns, found))
                    .toList();
        } finally {
            session.execute("drop table if exists " + Sql.quote(ProfileSql.SAMPLE));
            session.execute("drop table if exists " + Sql.quote(ProfileSql.REDUCED));
        }
    }

    private Profile empty() {
        return new Profile(
                0,
                fields.stream()
                        .map(field ->
                                new ColumnSketch(
                                                field.name(),
                                                field.type(),
                                                0,
                                                0,
                                                Bounds.NONE,
                                                Summaries.NONE)
                                        .profile())
                        .toList());
    }

    /// By part. Parts without rows have nothing.
    private List<Reduced> reduced(ProfileSql sql) {
        List<Reduced> reduced = new ArrayList<>();
        parts.forEach(_ -> reduced.add(new Reduced(new HashMap<>())));
        read(sql.scalars(), reduced);
        for (int part = 0; part < parts.size(); part++) {
            requireRows(part, Numbers.orZero(reduced.get(part).values().get("n")));
        }
        List<Measured> texts =
                sql.columns().stream().filter(column -> isMultibyte(column, reduced)).toList();
        if (!texts.isEmpty()) {
            read(sql.lengths(texts), reduced);
        }
        return reduced;
    }

    private static boolean isMultibyte(Measured column, List<Reduced> reduced) {
        return reduced.stream().anyMatch(part -> Boolean.TRUE.equals(part.of(column, "multibyte")));
    }

    private void read(String query, List<Reduced> reduced) {
        try (Cursor cursor = session.query(query)) {
            List<String> names = cursor.schema().names();
            for (List<@Nullable Object> row = cursor.next(); row != null; row = cursor.next()) {
                int part = Numbers.integer(row.get(names.indexOf("part")));
                for (int i = 0; i < names.size(); i++) {
                    reduced.get(part).values().put(names.get(i), row.get(i));
                }
            }
        }
    }

    private void requireRows(int part, double found) {
        if (found != rows(part)) {
            throw new IllegalStateException(
                    "Cannot profile: the files of part %d have %d rows, %.0f were found"
                            .formatted(part, rows(part), found));
        }
    }

    private long rows(int part) {
        return parts.get(part).stream().mapToLong(WrittenFile::rows).sum();
    }

    private static Map<Place, Distinct> distinct(
            List<Measured> columns, List<Reduced> reduced, Constants constants) {
        Map<Place, Distinct> distinct = new HashMap<>();
        for (int part = 0; part < reduced.size(); part++) {
            for (Measured column : columns) {
                Object registers = reduced.get(part).of(column, "registers");
                if (registers != null) {
                    distinct.put(
                            new Place(part, column.index()), constants.distinct(column, registers));
                }
            }
        }
        return distinct;
    }

    private Map<Place, Frequents> frequents(ProfileSql sql, Map<Place, Distinct> distinct) {
        Map<Place, Frequents> frequents = new HashMap<>();
        List<Measured> wide =
                sql.columns().stream().filter(column -> isWide(column, distinct)).toList();
        Set<Integer> subsampled = wide.stream().map(Measured::index).collect(Collectors.toSet());
        for (String query : sql.frequents(wide)) {
            frequents(query, sql.entries(), subsampled, frequents);
        }
        return frequents;
    }

    private void frequents(
            String query,
            int entriesMax,
            Set<Integer> subsampled,
            Map<Place, Frequents> frequents) {
        try (Cursor cursor = session.query(query)) {
            for (List<@Nullable Object> row = cursor.next(); row != null; row = cursor.next()) {
                int part = Numbers.integer(row.get(0));
                int column = Numbers.integer(row.get(1));
                long weight =
                        Sampling.weight(parts.get(part), parts.size())
                                * (subsampled.contains(column) ? ProfileSql.SUBSAMPLE : 1);
                frequents.put(
                        new Place(part, column),
                        frequents(row.get(3), Numbers.whole(row.get(2)), weight, entriesMax));
            }
        }
    }

    private boolean isWide(Measured column, Map<Place, Distinct> distinct) {
        for (int part = 0; part < parts.size(); part++) {
            Distinct estimate = distinct.get(new Place(part, column.index()));
            if (estimate != null && estimate.estimate() > ProfileSql.DISTINCT_MAX) {
                return true;
            }
        }
        return false;
    }

    /// @param top lists of count and value
    private static Frequents frequents(
            @Nullable Object top, long different, long weight, int entriesMax) {
        Map<String, Long> counts = new HashMap<>();
        long left = 0;
        if (top instanceof List<?> entries) {
            for (Object entry : entries) {
                if (entry instanceof Map<?, ?> fields) {
                    long count = Numbers.whole(fields.get("n")) * weight;
                    counts.put(String.valueOf(fields.get("v")), count);
                    left = left == 0 ? count : Math.min(left, count);
                }
            }
        }
        return Frequents.of(counts, different > entriesMax ? left : 0);
    }

    private Profile profile(int part, List<Measured> columns, Found found) {
        List<Profile.ColumnProfile> profiles = new ArrayList<>();
        Reduced reduced = found.reduced().get(part);
        for (Measured column : columns) {
            long nulls = nulls(part, column, reduced);
            profiles.add(
                    new ColumnSketch(
                                    column.field().name(),
                                    column.type(),
                                    rows(part),
                                    nulls,
                                    bounds(part, column, reduced),
                                    summaries(part, column, rows(part) - nulls, found))
                            .profile());
        }
        return new Profile(rows(part), profiles);
    }

    private Summaries summaries(int part, Measured column, long there, Found found) {
        if (column.isConstant()) {
            return there == 0 ? Summaries.NONE : found.constants().summaries(column, there);
        }
        Place place = new Place(part, column.index());
        Reduced reduced = found.reduced().get(part);
        return new Summaries(
                moments(column, reduced, there),
                lengths(column, reduced, there),
                found.distinct().getOrDefault(place, Distinct.NONE),
                quantiles(part, column, reduced),
                found.frequents().getOrDefault(place, Frequents.NONE));
    }

    private long nulls(int part, Measured column, Reduced reduced) {
        if (column.statistics() == Statistics.KNOWN) {
            return parts.get(part).stream().mapToLong(file -> stats(file, column).nulls()).sum();
        }
        Object there = reduced.of(column, "there");
        return there == null ? 0 : rows(part) - Numbers.whole(there);
    }

    private Bounds bounds(int part, Measured column, Reduced reduced) {
        if (column.statistics() == Statistics.MISSING) {
            Object min = reduced.of(column, "min");
            Object max = reduced.of(column, "max");
            return min == null || max == null ? Bounds.NONE : Bounds.of(min, max);
        }
        Bounds bounds = Bounds.NONE;
        for (WrittenFile file : parts.get(part)) {
            ColumnStats stats = stats(file, column);
            if (stats.min() != null && stats.max() != null) {
                bounds = bounds.merge(Bounds.of(stats.min(), stats.max()), column.type());
            }
        }
        return bounds;
    }

    private static ColumnStats stats(WrittenFile file, Measured column) {
        return Objects.requireNonNull(file.columns().get(column.field().id()));
    }

    private static Moments moments(Measured column, Reduced reduced, long there) {
        if (column.centre().isEmpty()) {
            return Moments.NONE;
        }
        Object finite = reduced.of(column, "finite");
        return Moments.about(
                column.centre().get(),
                finite == null ? there : Numbers.whole(finite),
                Numbers.orZero(reduced.of(column, "sum")),
                Numbers.orZero(reduced.of(column, "squares")));
    }

    private static Lengths lengths(Measured column, Reduced reduced, long there) {
        Object shortest = reduced.of(column, "shortest");
        if (shortest == null) {
            return Lengths.NONE;
        }
        return new Lengths(
                there,
                Numbers.whole(shortest),
                Numbers.orZero(reduced.of(column, "length")),
                Numbers.whole(reduced.of(column, "longest")));
    }

    private Quantiles quantiles(int part, Measured column, Reduced reduced) {
        if (!(reduced.of(column, "items") instanceof List<?> items)) {
            return Quantiles.NONE;
        }
        long sampled = Numbers.whole(reduced.of(column, "sampled"));
        long step = sampled <= ProfileSql.ITEMS_MAX ? 1 : ProfileSql.STEP;
        double[] values =
                items.stream().mapToDouble(item -> ((Number) item).doubleValue()).toArray();
        return Quantiles.of(Sampling.weight(parts.get(part), parts.size()) * step, values);
    }
}
