package dev.ade.duck;

import dev.ade.model.AdeException;
import dev.ade.model.Schema;
import dev.ade.model.Sql;
import dev.ade.spi.Shelf;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;

/// Tables of an in-memory catalog whose name nobody else knows. They are not packed, as they are read once: writing and
/// reading them takes a fourth of what Parquet takes (docs/decisions/0006-stage.md).
final class DuckShelf implements Shelf {
    private final Supplier<DuckDBConnection> connections;
    private final String catalog = "shelf-" + UUID.randomUUID();
    private int tables;

    DuckShelf(Supplier<DuckDBConnection> connections) {
        this.connections = connections;
        run("attach ':memory:' as " + Sql.quote(catalog));
    }

    @Override
    public synchronized Table table(Schema schema) {
        tables++;
        String name = "%s.main.t%d".formatted(Sql.quote(catalog), tables);
        String columns =
                schema.columns().stream()
                        .map(column -> Sql.quote(column.name()) + " " + column.type().sql())
                        .collect(Collectors.joining(", "));
        run("create table %s (%s)".formatted(name, columns));
        return new Shelved(connections.get(), name);
    }

    @Override
    public void close() {
        run("detach " + Sql.quote(catalog));
    }

    private void run(String sql) {
        try (DuckDBConnection connection = connections.get()) {
            execute(connection, sql);
        } catch (SQLException e) {
            throw Errors.of(e, sql);
        }
    }

    private static void execute(DuckDBConnection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static final class Shelved implements Table {
        private static final String STREAM = "ade_batches";

        private final DuckDBConnection connection;
        private final String name;
        private final BufferAllocator allocator = allocate();

        Shelved(DuckDBConnection connection, String name) {
            this.connection = connection;
            this.name = name;
            try {
                // Nobody asks, and looking for it takes a tenth of what adding rows does.
                execute(connection, "set enable_progress_bar = false");
            } catch (SQLException e) {
                throw Errors.of(e, "");
            }
        }

        private static BufferAllocator allocate() {
            try {
                return new RootAllocator();
            } catch (ExceptionInInitializerError | NoClassDefFoundError e) {
                throw AdeException.resource(
                                "Cannot stage rows: Arrow cannot reach memory: " + e,
                                CodeTables.ARROW)
                        .causedBy(e);
            }
        }

        @Override
        public BufferAllocator allocator() {
            return allocator;
        }

        @Override
        public void add(ArrowReader batches) {
            String sql = "insert into %s from %s".formatted(name, STREAM);
            try (ArrowArrayStream exported = ArrowArrayStream.allocateNew(allocator)) {
                Data.exportArrayStream(allocator, batches, exported);
                connection.registerArrowStream(STREAM, exported);
                try {
                    execute(connection, sql);
                } finally {
                    execute(connection, "drop view if exists " + STREAM);
                }
            } catch (SQLException e) {
                throw Errors.of(e, sql);
            }
        }

        @Override
        public void clear() {
            String sql = "truncate " + name;
            try {
                execute(connection, sql);
            } catch (SQLException e) {
                throw Errors.of(e, sql);
            }
        }

        @Override
        public String sql() {
            // As a function: what a query names as a table is looked for among the datasets.
            return "query_table(%s)".formatted(Sql.literal(name));
        }

        @Override
        public void close() {
            try (connection) {
                allocator.close();
            } catch (SQLException e) {
                throw Errors.of(e, "");
            }
        }
    }
}
