package dev.ade.duck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.model.Column;
import dev.ade.model.Schema;
import dev.ade.model.TableName;
import dev.ade.model.Type;
import dev.ade.spi.Engine;
import dev.ade.spi.Lineage;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What lineage says has no influence is changed in the data: the column stays as it was.
class LineageRandomTest {
    private static final int QUERIES = 200;
    private static final int ROWS_MAX = 10_000;
    private static final Map<TableName, Schema> SCHEMAS = new LinkedHashMap<>();

    static {
        SCHEMAS.put(
                TableName.parse("r.t"),
                schema(
                        "a integer, b integer, c varchar, l integer[], s struct(x integer, y integer)"));
        SCHEMAS.put(TableName.parse("r.u"), schema("a integer, d integer, e varchar, f integer"));
    }

    @TempDir private Path scratch;

    @Test
    void a_column_that_has_no_influence_can_change() throws SQLException {
        long seed = Long.getLong("lineage.seed", System.nanoTime());
        Random random = new Random(seed);
        int tried = 0;
        int unknown = 0;
        int changes = 0;
        try (Engine engine = Engines.open(scratch);
                DuckDBConnection data =
                        (DuckDBConnection)
                                new DuckDBDriver()
                                        .connect("jdbc:duckdb:", new java.util.Properties())) {
            fill(data, random);
            for (int i = 0; i < QUERIES; i++) {
                String query = new Queries(random).query();
                List<List<String>> before = columns(data, query, seed);
                if (!before.isEmpty() && before.getFirst().size() > ROWS_MAX) {
                    continue; // a join that multiplied itself
                }
                Lineage lineage = engine.lineage(query, SCHEMAS);
                unknown += lineage.isExact() ? 0 : 1;
                changes += lineage.isExact() ? change(data, query, lineage, before, seed) : 0;
                tried++;
            }
        }
        assertThat(tried).as("seed %d", seed).isGreaterThan(QUERIES / 2);
        assertThat(unknown).as("seed %d", seed).isLessThan(QUERIES / 20);
        assertThat(changes).as("seed %d", seed).isGreaterThan(QUERIES);
    }

    /// Changes every input column in turn and looks at those output columns it should not matter to.
    private static int change(
            DuckDBConnection data,
            String query,
            Lineage lineage,
            List<List<String>> before,
            long seed)
            throws SQLException {
        Set<String> steering = inputs(lineage.rows());
        int looked = 0;
        for (TableName table : lineage.datasets()) {
            for (Column column : SCHEMAS.getOrDefault(table, new Schema(List.of())).columns()) {
                String input = table + "." + column.name();
                if (steering.contains(input)) {
                    continue;
                }
                List<List<String>> after = changed(data, query, table, column, seed);
                for (int i = 0; i < before.size(); i++) {
                    if (!inputs(lineage.columns().get(i).uses()).contains(input)) {
                        looked++;
                        assertThat(after.get(i))
                                .as("seed %d: %s in column %d of %s", seed, input, i, query)
                                .isEqualTo(before.get(i));
                    }
                }
            }
        }
        return looked;
    }

    private static Set<String> inputs(List<Lineage.Use> uses) {
        return uses.stream()
                .map(use -> use.input().dataset() + "." + use.input().column())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static List<List<String>> changed(
            DuckDBConnection data, String query, TableName table, Column column, long seed)
            throws SQLException {
        String other =
                switch (column.type()) {
                    case Type.ListOf _ -> "[7, 8, 9]";
                    case Type.Struct _ -> "{'x': 70, 'y': 80}";
                    case Type.Simple simple ->
                            simple == Type.Simple.VARCHAR
                                    ? "'other' || (rowid % 3)"
                                    : "100 + rowid % 7";
                    case Type.Decimal _, Type.MapOf _ -> throw new AssertionError(column);
                };
        try (Statement statement = data.createStatement()) {
            statement.execute("begin");
            statement.execute(
                    "update %s set %s = %s".formatted(table.quoted(), column.name(), other));
            List<List<String>> after = columns(data, query, seed);
            statement.execute("rollback");
            return after;
        }
    }

    /// The values of each column of a result, sorted: the order of rows does not matter.
    private static List<List<String>> columns(DuckDBConnection data, String query, long seed) {
        List<List<String>> columns = new ArrayList<>();
        try (Statement statement = data.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            int count = result.getMetaData().getColumnCount();
            for (int i = 0; i < count; i++) {
                columns.add(new ArrayList<>());
            }
            while (result.next() && columns.getFirst().size() <= ROWS_MAX) {
                for (int i = 0; i < count; i++) {
                    columns.get(i).add(String.valueOf(result.getString(i + 1)));
                }
            }
        } catch (SQLException e) {
            throw new AssertionError("seed %d: %s".formatted(seed, query), e);
        }
        columns.forEach(column -> column.sort(null));
        return columns;
    }

    private static void fill(DuckDBConnection data, Random random) throws SQLException {
        try (Statement statement = data.createStatement()) {
            statement.execute("create schema r");
            for (Map.Entry<TableName, Schema> table : SCHEMAS.entrySet()) {
                String columns =
                        table.getValue().columns().stream()
                                .map(column -> column.name() + " " + column.type().sql())
                                .collect(Collectors.joining(", "));
                statement.execute("create table %s (%s)".formatted(table.getKey(), columns));
            }
            for (int i = 0; i < 12; i++) {
                statement.execute(
                        "insert into r.t values (%s, %d, '%s', [%d, %d], {'x': %d, 'y': %d})"
                                .formatted(
                                        i % 5 == 0 ? "null" : random.nextInt(6),
                                        random.nextInt(9),
                                        word(random),
                                        random.nextInt(4),
                                        random.nextInt(4),
                                        random.nextInt(5),
                                        random.nextInt(5)));
                statement.execute(
                        "insert into r.u values (%d, %d, '%s', %s)"
                                .formatted(
                                        random.nextInt(6),
                                        random.nextInt(9),
                                        word(random),
                                        i % 4 == 0 ? "null" : random.nextInt(5)));
            }
        }
    }

    private static String word(Random random) {
        return "w" + random.nextInt(4);
    }

    private static Schema schema(String columns) {
        Type.Struct struct = (Type.Struct) Type.parse("struct(" + columns + ")");
        return new Schema(struct.fields());
    }

    /// Random queries whose results do not depend on the order of rows.
    private static final class Queries {
        private final Random random;
        private int names;

        Queries(Random random) {
            this.random = random;
        }

        String query() {
            return select(3);
        }

        private String select(int depth) {
            return switch (depth <= 0 ? 0 : random.nextInt(12)) {
                case 1 -> aggregated(depth);
                case 2 -> set(depth);
                case 3 -> named(depth);
                case 4 -> windowed(depth);
                case 5 -> "select distinct * from (%s) %s".formatted(select(depth - 1), alias());
                case 6 -> unnested();
                case 7 -> lateral();
                case 8 -> recursive();
                case 9 -> joined(depth);
                case 10 ->
                        "select * from (%s) %s order by all limit %d"
                                .formatted(select(depth - 1), alias(), 1 + random.nextInt(5));
                default -> plain(depth);
            };
        }

        private String plain(int depth) {
            String from = depth <= 0 ? "r.u" : "(" + select(depth - 1) + ")";
            String name = alias();
            List<String> columns = depth <= 0 ? List.of("a", "d", "f") : List.of();
            if (columns.isEmpty()) {
                // Three numbers, whatever is below.
                return "select p, q, r %s from (select #1 as p, #2 as q, #3 as r from %s %s) %s"
                                .formatted("", from, name, alias())
                        + where("p", "q", "r");
            }
            return "select %s as p, %s as q, %s as r from %s %s"
                            .formatted(
                                    number(columns), number(columns), number(columns), from, name)
                    + where(columns.toArray(String[]::new));
        }

        private String where(String... columns) {
            List<String> all = List.of(columns);
            return switch (random.nextInt(6)) {
                case 0 -> " where %s > %d".formatted(pick(all), random.nextInt(4));
                case 1 -> " where %s in (select b from r.t where c <> 'w1')".formatted(pick(all));
                case 2 ->
                        " where exists (select 1 from r.t tt where tt.a = %s and tt.b > 2)"
                                .formatted(pick(all));
                case 3 -> " where %s < (select avg(d) from r.u)".formatted(pick(all));
                default -> "";
            };
        }

        private String number(List<String> columns) {
            String column = pick(columns);
            return switch (random.nextInt(10)) {
                case 0 -> "%s + %s".formatted(column, pick(columns));
                case 1 ->
                        "case when %s > 2 then %s else %d end"
                                .formatted(pick(columns), column, random.nextInt(9));
                case 2 -> "coalesce(%s, %s)".formatted(column, pick(columns));
                case 3 -> "(select max(b) from r.t where t.a = %s)".formatted(column);
                case 4 -> "(%s is null)::integer".formatted(column);
                case 5 -> "length(%s::varchar)".formatted(column);
                case 6 -> "(select count(*) from r.t where t.b = %s)".formatted(column);
                case 7 -> "{'m': %s, 'n': %s}.n".formatted(column, pick(columns));
                default -> column;
            };
        }

        private String aggregated(int depth) {
            String aggregate =
                    pick(
                            List.of(
                                    "sum(q)",
                                    "max(q)",
                                    "count(*)",
                                    "count(distinct q)",
                                    "min(r) filter (where q > 1)",
                                    "sum(case when r > 2 then 1 else 0 end)"));
            String having = random.nextInt(3) == 0 ? " having max(r) > 1" : "";
            String by = random.nextBoolean() ? "group by p" : "group by rollup(p)";
            return "select p, %s as q, max(r) as r from (%s) %s %s%s"
                    .formatted(aggregate, named3(depth - 1), alias(), by, having);
        }

        private String set(int depth) {
            String operation =
                    pick(List.of("union all", "union", "except", "intersect", "except all"));
            return "(%s) %s (%s)".formatted(named3(depth - 1), operation, named3(depth - 1));
        }

        private String named(int depth) {
            String name = alias();
            String materialized = random.nextBoolean() ? "materialized " : "";
            return "with %s as %s(%s) select x.p, y.q, x.r from %s x %s join %s y on x.p = y.p"
                    .formatted(
                            name,
                            materialized,
                            named3(depth - 1),
                            name,
                            pick(List.of("inner", "left", "full")),
                            name);
        }

        private String windowed(int depth) {
            String over =
                    pick(List.of("partition by p", "order by p", "partition by p order by q"));
            String function = pick(List.of("sum(r)", "rank()", "max(q)", "count(*)"));
            String call = function.equals("rank()") ? "rank()" : function;
            String qualify =
                    random.nextInt(3) == 0 ? " qualify sum(r) over (partition by p) > 2" : "";
            return "select p, %s over (%s) as q, r from (%s) %s%s"
                    .formatted(call, over, named3(depth - 1), alias(), qualify);
        }

        private String unnested() {
            return "select a as p, unnest(l) as q, s.x as r from r.t" + where("a", "b");
        }

        private String lateral() {
            return """
            select u.a as p, k.m as q, u.d as r from r.u \
            left join lateral (select max(t.b) as m from r.t where t.a = u.a and t.s.y > %d) k on true\
            """
                    .formatted(random.nextInt(4));
        }

        private String recursive() {
            String name = alias();
            return """
            with recursive %s as (select a as p, b as q, s.y as r, 0 as n from r.t \
            union all select p, r, q + 1, n + 1 from %s where n < %d) select p, q, r from %s\
            """
                    .formatted(name, name, 1 + random.nextInt(3), name);
        }

        private String joined(int depth) {
            String type = pick(List.of("join", "left join", "full join", "semi join", "anti join"));
            boolean isHalf = type.startsWith("semi") || type.startsWith("anti");
            return "select x.p, %s as q, x.r from (%s) x %s (%s) y on x.p = y.p%s"
                    .formatted(
                            isHalf ? "x.q" : "y.q",
                            named3(depth - 1),
                            type,
                            named3(depth - 1),
                            random.nextBoolean() ? "" : " and x.q < y.r");
        }

        /// Any query, its three columns named.
        private String named3(int depth) {
            return "select #1 as p, #2 as q, #3 as r from (%s) %s"
                    .formatted(select(depth), alias());
        }

        private String alias() {
            return "n" + names++;
        }

        private String pick(List<String> from) {
            return from.get(random.nextInt(from.size()));
        }
    }
}
