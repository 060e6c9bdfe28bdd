package dev.ade.duck;

import dev.ade.model.Field;
import dev.ade.model.Sql;
import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import dev.ade.spi.Watcher;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBLogicalType;
import org.duckdb.DuckDBScalarFunctionBuilder;
import org.duckdb.DuckDBWritableVector;

/// Shows watchers the rows of queries in one instance: a column that is always true is made by a function in Java which
/// sees the others, and is asked for. It is volatile; so it is made once a row, and no condition is moved below it. (Were it
/// the condition itself, it would be moved below joins, and see what they leave out.)
///
/// Functions stay in an instance for good. There is one for each list of column types, and who watches is an argument.
final class Watching {
    private static final String SEEN = Sql.quote("ade$seen");

    private final Map<List<Type>, String> functions = new HashMap<>();
    private final Map<Long, Watched> watched = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    /// @param free readers that nobody uses just now
    private record Watched(List<Field> fields, Watcher watcher, Queue<ChunkReader> free) {
        void see(DuckDBDataChunkReader chunk) {
            ChunkReader reader = free.poll();
            if (reader == null) {
                reader = new ChunkReader(fields);
            }
            reader.read(chunk);
            watcher.see(fields, (int) chunk.rowCount(), reader.columns());
            free.add(reader);
        }
    }

    /// Somebody who watches until this is closed.
    final class Watch implements AutoCloseable {
        private final long number;
        private final String function;
        private final List<Field> fields;

        private Watch(long number, String function, List<Field> fields) {
            this.number = number;
            this.function = function;
            this.fields = fields;
        }

        /// The same rows, seen.
        ///
        /// @param names of the columns, in the order of the fields
        String rows(String select, List<String> names) {
            return "select %s from (select *, %s as %s from (%s)) where %s"
                    .formatted(
                            names.stream().map(Sql::quote).collect(Collectors.joining(", ")),
                            call(names),
                            SEEN,
                            select,
                            SEEN);
        }

        /// An aggregate that needs each row to be seen.
        String all(List<String> names) {
            return "bool_and(" + call(names) + ")";
        }

        private String call(List<String> names) {
            return IntStream.range(0, fields.size())
                    .mapToObj(i -> argument(Sql.quote(names.get(i)), fields.get(i).type()))
                    .collect(Collectors.joining(", ", function + "(" + number + ", ", ")"));
        }

        @Override
        public void close() {
            watched.remove(number);
        }
    }

    Watch begin(DuckDBConnection connection, List<Field> fields, Watcher watcher) {
        long number = numbers.incrementAndGet();
        String function = function(connection, fields.stream().map(Field::type).toList());
        watched.put(number, new Watched(fields, watcher, new ConcurrentLinkedQueue<>()));
        return new Watch(number, function, fields);
    }

    private synchronized String function(DuckDBConnection connection, List<Type> types) {
        return functions.computeIfAbsent(
                types, _ -> register(connection, "ade_see_" + functions.size(), types));
    }

    private String register(DuckDBConnection connection, String name, List<Type> types) {
        try (DuckDBScalarFunctionBuilder function = DuckDBFunctions.scalarFunction()) {
            function.withName(name).withParameter(DuckDBColumnType.BIGINT);
            for (Type type : types) {
                parameter(function, type);
            }
            function.withReturnType(DuckDBColumnType.BOOLEAN)
                    .withVolatile()
                    .withVectorizedFunction(this::see);
            ScalarFunctions.register(connection, function);
            return name;
        } catch (SQLException e) {
            throw Errors.of(e, name);
        }
    }

    private void see(DuckDBDataChunkReader chunk, DuckDBWritableVector out) {
        RawVectors.putTrue(out, (int) chunk.rowCount());
        Watched by = chunk.rowCount() == 0 ? null : watched.get(chunk.vector(0).getLong(0));
        if (by != null) {
            by.see(chunk);
        }
    }

    /// What is shown of a column: of lists, structs and maps whether they are there. The driver hands no BLOBs,
    /// UUIDs and times of day to Java.
    private static String argument(String name, Type type) {
        return switch (type) {
            case Simple.BLOB ->
                    "case when %s is not null then (hash(%s) >> 1)::bigint end"
                            .formatted(name, name);
            case Simple.UUID -> name + "::uhugeint";
            case Simple.TIME -> "epoch_us(" + name + ")";
            case Simple _, Type.Decimal _ -> name;
            case Type.ListOf _, Type.Struct _, Type.MapOf _ ->
                    "case when %s is not null then true end".formatted(name);
        };
    }

    private static void parameter(DuckDBScalarFunctionBuilder function, Type type)
            throws SQLException {
        switch (type) {
            case Type.Decimal decimal -> {
                try (DuckDBLogicalType of =
                        DuckDBLogicalType.decimal(decimal.precision(), decimal.scale())) {
                    function.withParameter(of);
                }
            }
            case Simple.BLOB, Simple.TIME -> function.withParameter(DuckDBColumnType.BIGINT);
            case Simple.UUID -> function.withParameter(DuckDBColumnType.UHUGEINT);
            case Simple simple -> function.withParameter(ScalarFunctions.type(simple));
            case Type.ListOf _, Type.Struct _, Type.MapOf _ ->
                    function.withParameter(DuckDBColumnType.BOOLEAN);
        }
    }
}
