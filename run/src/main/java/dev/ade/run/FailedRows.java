package dev.ade.run;

import dev.ade.model.CheckSpec;
import dev.ade.model.Column;
import dev.ade.model.Schema;
import dev.ade.model.Sql;
import dev.ade.model.TableName;
import dev.ade.model.Type;
import dev.ade.spi.Bound;
import dev.ade.spi.Cursor;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Engine;
import dev.ade.spi.LakeView;
import dev.ade.spi.Relation;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.spi.SystemTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A view of the lake in which each test also has the table that dbt stores its failing rows in: the rows of
/// `ade.failures` that the last run of the test kept, each field a column again. Nothing is stored for it, so that it is
/// published, branched, rolled back and forgotten with `ade.failures`.
///
/// A test whose rows were found and not kept has no such table: an empty one would say that all is well.
///
/// Thread-safe.
public final class FailedRows implements Relations {
    private final LakeView base;
    private final Engine engine;
    private final Supplier<Map<TableName, CheckSpec>> tables;
    private final Map<TableName, Optional<Relation>> found = new ConcurrentHashMap<>();

    /// @param tables checks by the names of their tables; asked where a name is none of the lake's
    public FailedRows(LakeView base, Engine engine, Supplier<Map<TableName, CheckSpec>> tables) {
        this.base = base;
        this.engine = engine;
        this.tables = tables;
    }

    @Override
    public Optional<Relation> find(TableName name, List<Bound> bounds) {
        return base.find(name, bounds).or(() -> found.computeIfAbsent(name, this::stored));
    }

    @Override
    public Collection<TableName> names() {
        return base.names();
    }

    private Optional<Relation> stored(TableName name) {
        if (base.state(SystemTable.CHECKS.table()).isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(tables.get().get(name)).flatMap(this::of);
    }

    private Optional<Relation> of(CheckSpec check) {
        boolean isKept = base.state(SystemTable.FAILURES.table()).isPresent();
        try (Session session = engine.open(base)) {
            Optional<Last> last = last(check, session, isKept);
            return last.filter(it -> it.kept() > 0 || it.found() == 0)
                    .map(it ->
                            it.kept() == 0 ? nothing(check) : new Told(session, check, it).view());
        }
    }

    /// How often the last run of a check found something wrong, and how many rows it kept.
    private record Last(long run, long found, long kept) {}

    private static Optional<Last> last(CheckSpec check, Session session, boolean isKept) {
        String select =
                """
                select run_id, max(failures)
                from ade.checks where dataset = %s and check_name = %s
                group by run_id order by run_id desc limit 1
                """
                        .formatted(
                                Sql.literal(check.dataset().toString()), Sql.literal(check.name()));
        List<List<Object>> rows = rows(session, select);
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        long run = number(rows.getFirst().getFirst());
        String count = "select count(*) from (%s)".formatted(failing(check, run));
        long kept = isKept ? number(rows(session, count).getFirst().getFirst()) : 0;
        return Optional.of(new Last(run, number(rows.getFirst().get(1)), kept));
    }

    private static String failing(CheckSpec check, long run) {
        return """
        select failing_row from ade.failures where dataset = %s and check_name = %s and run_id = %d\
        """
                .formatted(Sql.literal(check.dataset().toString()), Sql.literal(check.name()), run);
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }

    private static List<List<Object>> rows(Session session, String select) {
        try (Cursor cursor = session.query(select)) {
            List<List<Object>> rows = new ArrayList<>();
            for (List<@Nullable Object> row : cursor.all(COLUMNS_MAX)) {
                List<Object> cells = new ArrayList<>();
                row.forEach(cell -> cells.add(Objects.requireNonNullElse(cell, "")));
                rows.add(cells);
            }
            return rows;
        }
    }

    /// What JSON writes of a type: `"007"` is a text.
    ///
    /// @param words for the type, as literals
    private record Written(Type type, String words) {}

    private static final List<Written> WRITTEN =
            List.of(
                    new Written(Type.Simple.BIGINT, "'BIGINT', 'UBIGINT'"),
                    new Written(Type.Simple.DOUBLE, "'BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE'"),
                    new Written(Type.Simple.BOOLEAN, "'BOOLEAN'"));

    private static final int COLUMNS_MAX = 10_000;

    /// The columns of what was checked, and no rows.
    private Relation nothing(CheckSpec check) {
        Schema schema =
                base.state(check.dataset())
                        .map(DatasetState::schema)
                        .orElseGet(() -> Schema.of(new Column("failing_row", Type.Simple.VARCHAR)));
        String columns =
                schema.columns().stream()
                        .map(column ->
                                "cast(null as %s) as %s"
                                        .formatted(column.type().sql(), Sql.quote(column.name())))
                        .collect(Collectors.joining(", "));
        return new Relation.ViewRelation("select %s where false".formatted(columns), schema);
    }

    /// What the kept rows of one check are like.
    private final class Told {
        private final Session session;
        private final CheckSpec check;
        private final String failing;

        Told(Session session, CheckSpec check, Last last) {
            this.session = session;
            this.check = check;
            this.failing = failing(check, last.run());
            session.execute("create temporary table ade_failing as " + failing);
        }

        Relation view() {
            List<String> keys =
                    rows(
                                    session,
                                    "select unnest(json_keys(failing_row)) from (from ade_failing limit 1)")
                            .stream()
                            .map(row -> String.valueOf(row.getFirst()))
                            .toList();
            List<Column> columns = keys.stream().map(this::column).toList();
            String select =
                    columns.stream()
                            .map(column ->
                                    "cast(%s as %s) as %s"
                                            .formatted(
                                                    value(column.name()),
                                                    column.type().sql(),
                                                    Sql.quote(column.name())))
                            .collect(Collectors.joining(", "));
            return new Relation.ViewRelation(
                    "select %s from (%s)".formatted(select, failing),
                    Schema.of(columns.toArray(Column[]::new)));
        }

        /// The field of a row as text, found by a JSON pointer.
        private static String value(String key) {
            return "json_extract_string(failing_row, %s)".formatted(pointer(key));
        }

        private static String pointer(String key) {
            return Sql.literal("/" + key.replace("~", "~0").replace("/", "~1"));
        }

        /// Of the type that the column has in what was checked, where all values are of it, else of JSON's.
        private Column column(String key) {
            Type otherwise =
                    WRITTEN.stream()
                            .filter(written -> isWritten(key, written))
                            .map(Written::type)
                            .findFirst()
                            .orElse(Type.Simple.VARCHAR);
            return new Column(
                    key,
                    declared(key).filter(type -> isOf(key, type)).findFirst().orElse(otherwise));
        }

        private Stream<Type> declared(String key) {
            return base.state(check.dataset()).stream()
                    .flatMap(state -> state.schema().columns().stream())
                    .filter(column -> column.name().equalsIgnoreCase(key))
                    .map(Column::type)
                    .filter(type -> type instanceof Type.Simple || type instanceof Type.Decimal);
        }

        private boolean isOf(String key, Type type) {
            return none(
                    "%s is not null and try_cast(%s as %s) is null"
                            .formatted(value(key), value(key), type.sql()));
        }

        private boolean isWritten(String key, Written written) {
            return isOf(key, written.type())
                    && none(
                            "json_type(failing_row, %s) not in ('NULL', %s)"
                                    .formatted(pointer(key), written.words()));
        }

        private boolean none(String condition) {
            String select = "select count(*) from ade_failing where %s".formatted(condition);
            return number(rows(session, select).getFirst().getFirst()) == 0;
        }
    }
}
