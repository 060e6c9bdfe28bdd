package dev.ade.run.forget;

import dev.ade.model.Column;
import dev.ade.model.Sql;
import dev.ade.model.TableName;
import dev.ade.model.Type;
import dev.ade.run.forget.FieldIds.FileColumn;
import dev.ade.spi.Bound;
import dev.ade.spi.Cursor;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Engine;
import dev.ade.spi.LakeView;
import dev.ade.spi.Relation;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads tables, and the files of tables, for what is looked for.
final class TableScan {
    /// Paths in one statement.
    private static final int PATHS_MAX = 1_000;

    private static final int RESULTS_MAX = 1_000_000;

    private final Engine engine;

    TableScan(Engine engine) {
        this.engine = engine;
    }

    /// TRUE of rows of a table that hold anything of a target.
    static String condition(Target target, DatasetState state) {
        return target.sought().stream()
                .map(sought -> sought.condition(type(state, sought)))
                .collect(Collectors.joining(" OR "));
    }

    private static Optional<Type> type(DatasetState state, Sought sought) {
        return state.schema().find(sought.column()).map(Column::type);
    }

    /// Rows that hold it: of each column of the target, then of all together.
    List<Long> count(LakeView view, Target target) {
        DatasetState state = view.state(target.dataset()).orElseThrow();
        String counts =
                target.sought().stream()
                        .map(sought -> filtered(sought.condition(type(state, sought))))
                        .collect(Collectors.joining(", "));
        String sql =
                "SELECT %s, %s FROM %s"
                        .formatted(
                                counts,
                                filtered(condition(target, state)),
                                target.dataset().quoted());
        try (Session session = engine.open(view);
                Cursor cursor = session.query(sql)) {
            return cursor.all(1).getFirst().stream().map(TableScan::number).toList();
        }
    }

    /// The days, since 1970-01-01 in UTC, on which rows happened that hold it.
    List<Long> days(LakeView view, Target target, String eventTime) {
        String happened = "TRY_CAST(%s AS TIMESTAMPTZ)".formatted(Sql.quote(eventTime));
        String sql =
                "SELECT DISTINCT CAST(floor(epoch(%1$s) / 86400) AS BIGINT) FROM %2$s WHERE (%3$s) AND isfinite(%1$s)"
                        .formatted(
                                happened,
                                target.dataset().quoted(),
                                condition(target, view.state(target.dataset()).orElseThrow()));
        try (Session session = engine.open(view);
                Cursor cursor = session.query(sql)) {
            return cursor.all(RESULTS_MAX).stream().map(row -> number(row.getFirst())).toList();
        }
    }

    private static String filtered(String condition) {
        return "count(*) FILTER (%s)".formatted(condition);
    }

    private static long number(@Nullable Object value) {
        return ((Number) Objects.requireNonNull(value)).longValue();
    }

    /// The files of a table that hold it.
    Relation.Scan holding(LakeView view, Target target) {
        Relation.Scan scan = scan(view, target.dataset());
        Map<String, Long> rows = rows(paths(scan), target, FieldIds.of(scan));
        List<Relation.FileGroup> groups = new ArrayList<>();
        for (Relation.FileGroup group : scan.groups()) {
            List<Relation.ScanFile> files =
                    group.files().stream().filter(file -> rows.containsKey(file.path())).toList();
            if (!files.isEmpty()) {
                groups.add(new Relation.FileGroup(group.written(), files));
            }
        }
        return new Relation.Scan(scan.fields(), groups);
    }

    /// The files of a table; none where it is not there.
    static List<String> paths(LakeView view, TableName name) {
        return view.find(name, List.<Bound>of())
                .filter(Relation.Scan.class::isInstance)
                .map(relation -> paths((Relation.Scan) relation))
                .orElse(List.of());
    }

    private static List<String> paths(Relation.Scan scan) {
        return scan.groups().stream()
                .flatMap(group -> group.files().stream())
                .map(Relation.ScanFile::path)
                .toList();
    }

    private static Relation.Scan scan(LakeView view, TableName name) {
        return switch (view.find(name, List.<Bound>of()).orElseThrow()) {
            case Relation.Scan scan -> scan;
            case Relation.ViewRelation _ -> throw new IllegalStateException(name + " is a view");
        };
    }

    /// Only these files, under the name of their table.
    static Relations only(TableName name, Relation.Scan scan) {
        return new Relations() {
            @Override
            public Optional<Relation> find(TableName asked, List<Bound> bounds) {
                return asked.equals(name) ? Optional.of(scan) : Optional.empty();
            }

            @Override
            public Collection<TableName> names() {
                return List.of(name);
            }
        };
    }

    /// Rows in Parquet files of any age that hold it, by path; files without are left out. Whatever type and name a column
    /// had then, its text is compared.
    Map<String, Long> rows(List<String> paths, Target target, FieldIds ids) {
        Map<String, Long> rows = new TreeMap<>();
        try (Session session = engine.open(Relations.none())) {
            for (int from = 0; from < paths.size(); from += PATHS_MAX) {
                List<String> some = paths.subList(from, Math.min(paths.size(), from + PATHS_MAX));
                alike(session, some)
                        .forEach((columns, files) -> {
                            String condition = condition(target, columns, ids);
                            if (!condition.isEmpty()) {
                                rows.putAll(rows(session, files, condition));
                            }
                        });
            }
        }
        return rows;
    }

    private static String condition(Target target, List<FileColumn> columns, FieldIds ids) {
        return target.sought().stream()
                .flatMap(sought -> inFile(sought, columns, ids))
                .map(sought -> sought.condition(Optional.empty()))
                .collect(Collectors.joining(" OR "));
    }

    /// Under the names that a file has for the column.
    private static Stream<Sought> inFile(Sought sought, List<FileColumn> columns, FieldIds ids) {
        return switch (sought) {
            case Sought.Quoted log ->
                    log.needs().stream()
                                    .allMatch(need ->
                                            columns.stream().anyMatch(it -> ids.isSame(need, it)))
                            ? Stream.of(log)
                            : Stream.empty();
            case Sought.Values values ->
                    there(values, columns, ids)
                            .map(name -> new Sought.Values(name, values.values()));
            case Sought.Inside inside ->
                    there(inside, columns, ids)
                            .map(name -> new Sought.Inside(name, inside.values(), inside.place()));
            case Sought.Before before ->
                    there(before, columns, ids)
                            .map(name -> new Sought.Before(name, before.until()));
        };
    }

    private static Stream<String> there(Sought sought, List<FileColumn> columns, FieldIds ids) {
        return columns.stream().filter(it -> ids.isSame(sought.column(), it)).map(FileColumn::name);
    }

    /// Paths by the columns and types of their files.
    private static Map<List<FileColumn>, List<String>> alike(Session session, List<String> paths) {
        String sql =
                """
                SELECT file_name, list(name ORDER BY name), list(coalesce(type, '') || ' ' || coalesce(logical_type, '')
                  || ' ' || coalesce(converted_type, '') ORDER BY name), list(coalesce(field_id, 0) ORDER BY name)
                FROM parquet_schema([%s]) GROUP BY file_name\
                """
                        .formatted(list(paths));
        Map<List<FileColumn>, List<String>> alike = new java.util.HashMap<>();
        try (Cursor cursor = session.query(sql)) {
            for (List<@Nullable Object> row : cursor.all(RESULTS_MAX)) {
                List<FileColumn> columns = columns(items(row, 1), items(row, 2), items(row, 3));
                alike.computeIfAbsent(columns, _ -> new ArrayList<>())
                        .add(String.valueOf(row.getFirst()));
            }
        }
        return alike;
    }

    private static List<?> items(List<@Nullable Object> row, int column) {
        return row.get(column) instanceof List<?> list ? list : List.of();
    }

    private static List<FileColumn> columns(List<?> names, List<?> types, List<?> ids) {
        List<FileColumn> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(
                    new FileColumn(
                            String.valueOf(names.get(i)),
                            String.valueOf(types.get(i)),
                            Math.toIntExact(number(ids.get(i)))));
        }
        return columns;
    }

    private static Map<String, Long> rows(Session session, List<String> paths, String condition) {
        Map<String, Long> rows = new TreeMap<>();
        String sql =
                "SELECT \"__ade_file\", count(*) FROM read_parquet([%s], filename='__ade_file') WHERE %s GROUP BY 1"
                        .formatted(list(paths), condition);
        try (Cursor cursor = session.query(sql)) {
            for (List<@Nullable Object> row : cursor.all(RESULTS_MAX)) {
                rows.put(String.valueOf(row.getFirst()), number(row.get(1)));
            }
        }
        return rows;
    }

    private static String list(List<String> paths) {
        return paths.stream().map(Sql::literal).collect(Collectors.joining(", "));
    }
}
