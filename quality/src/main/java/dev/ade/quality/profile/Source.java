package dev.ade.quality.profile;

import dev.ade.model.Field;
import dev.ade.model.Sql;
import dev.ade.spi.Cursor;
import dev.ade.spi.Session;
import dev.ade.spi.WrittenFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The query that gives the rows of files with their part, whether they are sampled, and columns `c0`, `c1` and so
/// on. Files of one table may have been written under different schemas: columns are matched by field id.
final class Source {
    private static final Set<String> PLACES = Set.of("file_row_number", "file_index");

    /// 2^32, and 2^32 divided by the golden ratio.
    private static final long SCALE = 1L << 32;

    private static final long MULTIPLIER = 2_654_435_769L;

    private final List<Field> fields;
    private final List<List<WrittenFile>> parts;

    Source(List<Field> fields, List<List<WrittenFile>> parts) {
        this.fields = fields;
        this.parts = parts;
    }

    private record Placed(WrittenFile file, int part, long weight) {}

    /// Asks files that come without statistics, and so from earlier writes, for the names of their columns.
    String sql(Session session) {
        Map<String, Map<Integer, String>> written = written(session);
        Map<Map<Integer, String>, List<Placed>> groups = new LinkedHashMap<>();
        Map<Integer, String> current = new HashMap<>();
        fields.forEach(field -> current.put(field.id(), field.name()));
        for (int part = 0; part < parts.size(); part++) {
            long weight = Sampling.weight(parts.get(part), parts.size());
            for (WrittenFile file : parts.get(part)) {
                groups.computeIfAbsent(
                                written.getOrDefault(file.path(), current), _ -> new ArrayList<>())
                        .add(new Placed(file, part, weight));
            }
        }
        return groups.entrySet().stream()
                .map(group -> select(group.getKey(), group.getValue()))
                .collect(Collectors.joining("\n  union all "));
    }

    private Map<String, Map<Integer, String>> written(Session session) {
        String paths =
                parts.stream()
                        .flatMap(List::stream)
                        .filter(file -> file.columns().isEmpty())
                        .map(file -> Sql.literal(file.path()))
                        .distinct()
                        .collect(Collectors.joining(", "));
        Map<String, Map<Integer, String>> written = new HashMap<>();
        if (paths.isEmpty()) {
            return written;
        }
        String sql =
                "select file_name, field_id, name from parquet_schema([%s]) where field_id is not null"
                        .formatted(paths);
        try (Cursor cursor = session.query(sql)) {
            for (List<@Nullable Object> row = cursor.next(); row != null; row = cursor.next()) {
                written.computeIfAbsent(String.valueOf(row.get(0)), _ -> new HashMap<>())
                        .put(Numbers.integer(row.get(1)), String.valueOf(row.get(2)));
            }
        }
        return written;
    }

    private String select(Map<Integer, String> names, List<Placed> files) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            String name = names.get(field.id());
            columns.add(column(name == null ? "null" : Sql.quote(name), field) + " as c" + i);
        }
        String paths =
                files.stream()
                        .map(placed -> Sql.literal(placed.file().path()))
                        .collect(Collectors.joining(", ", "[", "]"));
        columns.add(
                constantOrByFile(files.stream().map(file -> (long) file.part()).toList())
                        + " as part");
        columns.add(isSampled(files) + " as is_sampled");
        return "select %s from read_parquet(%s, hive_partitioning = false)"
                .formatted(String.join(", ", columns), paths);
    }

    /// Of nested columns only NULLs are counted, so that it does not matter how they have changed inside.
    private static String column(String name, Field field) {
        return field.type().isNested()
                ? "case when %s is not null then true end".formatted(name)
                : name + "::" + field.type().sql();
    }

    /// The row's place is hashed together with its file's, so that no two files give the same places. The hash is
    /// Fibonacci's (Knuth, The Art of Computer Programming, 6.4): it costs a tenth of the engine's own, and spreads
    /// the sample evenly. Files of less than two billion rows do not overflow it.
    private String isSampled(List<Placed> files) {
        if (files.stream().allMatch(file -> file.weight() == 1)) {
            return "true";
        }
        if (hidesPlaces(fields)) {
            return "random() < 1.0 / " + files.getFirst().weight();
        }
        String shares =
                constantOrByFile(files.stream().map(file -> SCALE / file.weight()).toList());
        return "(((file_row_number + file_index::bigint * 7919) * %d) & %d) < %s"
                .formatted(MULTIPLIER, SCALE - 1, shares);
    }

    /// True where a column is named like what the engine calls a row's place, which then cannot be asked for. Parts
    /// have to be read one by one then.
    static boolean hidesPlaces(List<Field> fields) {
        return fields.stream()
                .map(field -> field.name().toLowerCase(Locale.ROOT))
                .anyMatch(PLACES::contains);
    }

    private static String constantOrByFile(List<Long> values) {
        if (values.stream().distinct().count() == 1) {
            return "(%d)::bigint".formatted(values.getFirst());
        }
        return values.stream()
                .map(Object::toString)
                .collect(
                        Collectors.joining(", ", "(([", "]::bigint[])[(file_index + 1)::bigint])"));
    }
}
