package dev.ade.duck;

import dev.ade.model.AdeException;
import dev.ade.model.Schema;
import dev.ade.model.Sql;
import dev.ade.model.TableName;
import dev.ade.spi.TableCode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBResultSet;
import org.jspecify.annotations.Nullable;

/// Tables of a session that code makes, each when it is first named: what the code gives streams into a table of the
/// session's own catalog, and what it reads streams out of it by connections of its own.
final class CodeTables {
    /// What to do where Arrow cannot reach memory.
    static final String ARROW =
            "Start ADE by its script ade, or give the JVM --add-opens=java.base/java.nio=ALL-UNNAMED";

    private static final long BATCH_ROWS = 65_536;
    private static final AtomicLong STREAMS = new AtomicLong();

    private final DuckDBConnection connection;
    private final String catalog;
    private final References references;
    private final int threads;
    private final Map<TableName, TableCode> provided = new HashMap<>();
    private final Set<DuckDBPreparedStatement> reading = ConcurrentHashMap.newKeySet();

    CodeTables(DuckDBConnection connection, String catalog, References references, int threads) {
        this.connection = connection;
        this.catalog = catalog;
        this.references = references;
        this.threads = threads;
    }

    void provide(TableName name, TableCode code) {
        provided.put(name, code);
    }

    Optional<TableCode> find(TableName name) {
        return Optional.ofNullable(provided.get(name));
    }

    /// Stops what code reads, which stops the code. Any thread.
    void cancel() {
        for (DuckDBPreparedStatement statement : reading) {
            try {
                statement.cancel();
            } catch (SQLException e) {
                throw Errors.of(e, "");
            }
        }
    }

    /// Runs the code of a table. What it reads is bound already.
    void make(TableName name, TableCode code, Names.Statements statements) {
        String stream = "ade$stream" + STREAMS.incrementAndGet();
        try (BufferAllocator allocator = new RootAllocator();
                Given given = start(code, allocator);
                ArrowArrayStream exported = ArrowArrayStream.allocateNew(allocator)) {
            Data.exportArrayStream(allocator, given, exported);
            connection.registerArrowStream(stream, exported);
            try {
                statements.run(
                        "create table %s as select %s from %s"
                                .formatted(
                                        name.quoted(), columns(code.schema()), Sql.quote(stream)));
            } catch (AdeException e) {
                AdeException failure = given.failure;
                throw failure == null || e.kind() == AdeException.Kind.CANCELLED ? e : failure;
            } finally {
                statements.run("drop view if exists " + Sql.quote(stream));
            }
        } catch (IOException e) {
            throw AdeException.internal("Cannot close what code gives", e);
        } catch (ExceptionInInitializerError | NoClassDefFoundError e) {
            throw withoutArrow(e);
        }
    }

    private static AdeException withoutArrow(Throwable e) {
        return AdeException.resource(
                        "Cannot run Java models: Arrow cannot reach memory: " + e, ARROW)
                .causedBy(e);
    }

    private static String columns(Schema schema) {
        return schema.columns().stream()
                .map(column ->
                        "cast(%s as %s) as %s"
                                .formatted(
                                        Sql.quote(column.name()),
                                        column.type().sql(),
                                        Sql.quote(column.name())))
                .collect(Collectors.joining(", "));
    }

    private Given start(TableCode code, BufferAllocator allocator) {
        return new Given(allocator, code.start(new Declared(code.reads(), allocator)));
    }

    /// What code gives; keeps why it failed, of which DuckDB would only keep a text.
    private static final class Given extends PassedOn {
        private volatile @Nullable AdeException failure;

        Given(BufferAllocator allocator, ArrowReader reader) {
            super(allocator, reader);
        }

        @Override
        public boolean loadNextBatch() throws IOException {
            try {
                return super.loadNextBatch();
            } catch (AdeException e) {
                failure = e;
                throw e;
            }
        }
    }

    private final class Declared implements TableCode.Tables {
        private final Set<TableName> reads;
        private final BufferAllocator allocator;

        Declared(Set<TableName> reads, BufferAllocator allocator) {
            this.reads = reads;
            this.allocator = allocator;
        }

        @Override
        public BufferAllocator allocator() {
            return allocator;
        }

        @Override
        public int threads() {
            return threads;
        }

        @Override
        public Schema describe(String select) {
            check(select);
            try (DuckDBConnection own = connect()) {
                return Schemas.describe(own, select);
            } catch (SQLException e) {
                throw Errors.of(e, select);
            }
        }

        @Override
        public ArrowReader query(String select) {
            check(select);
            try {
                DuckDBConnection own = connect();
                DuckDBPreparedStatement statement =
                        (DuckDBPreparedStatement) own.prepareStatement(select);
                reading.add(statement);
                DuckDBResultSet result = (DuckDBResultSet) statement.executeQuery();
                ArrowReader batches = (ArrowReader) result.arrowExportStream(allocator, BATCH_ROWS);
                return new Read(allocator, batches, select, own, statement);
            } catch (SQLException e) {
                throw Errors.of(e, select);
            }
        }

        private void check(String select) {
            Set<TableName> others = new TreeSet<>(references.of(select));
            others.removeAll(reads);
            if (!others.isEmpty()) {
                throw AdeException.user(
                        "Cannot read %s: it is not among what is declared as read"
                                .formatted(
                                        others.stream()
                                                .map(TableName::toString)
                                                .collect(Collectors.joining(", "))),
                        "Add it to @Reads of the model");
            }
        }

        private DuckDBConnection connect() throws SQLException {
            DuckDBConnection own = connection.duplicate();
            try (var statement = own.createStatement()) {
                statement.execute("use " + Sql.quote(catalog));
            }
            return own;
        }
    }

    /// What code reads; ends its query when it is closed.
    private final class Read extends PassedOn {
        private final String select;
        private final DuckDBConnection own;
        private final DuckDBPreparedStatement statement;
        private boolean isClosed;

        Read(
                BufferAllocator allocator,
                ArrowReader reader,
                String select,
                DuckDBConnection own,
                DuckDBPreparedStatement statement) {
            super(allocator, reader);
            this.select = select;
            this.own = own;
            this.statement = statement;
        }

        @Override
        public boolean loadNextBatch() throws IOException {
            try {
                return super.loadNextBatch();
            } catch (IOException e) {
                throw Errors.of(new SQLException(e.getMessage(), e), select);
            }
        }

        @Override
        public void close() throws IOException {
            if (isClosed) {
                return;
            }
            isClosed = true;
            reading.remove(statement);
            try (own;
                    statement) {
                super.close();
            } catch (SQLException e) {
                throw Errors.of(e, select);
            }
        }
    }
}
