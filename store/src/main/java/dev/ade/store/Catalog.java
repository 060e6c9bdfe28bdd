package dev.ade.store;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.Fingerprint;
import dev.ade.model.Interval;
import dev.ade.model.RunId;
import dev.ade.model.TableName;
import dev.ade.spi.Batch;
import dev.ade.spi.DatasetState;
import dev.ade.spi.FilledInterval;
import dev.ade.spi.Lake;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The SQL catalog: environments, pointers, ledgers and runs. One connection, used by one thread at a time.
final class Catalog implements AutoCloseable {
    private static final String POINTER =
            "namespace, name, kind, location, view_sql, columns, version, definition, snapshot_id, row_count,"
                    + " byte_count, file_count, run_id, published_at, properties";
    private static final int POINTER_WIDTH = 15;

    private final Connection connection;
    private final Dialect dialect;

    private Catalog(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    static Catalog open(String url) {
        Dialect dialect = Dialect.of(url);
        try {
            Connection connection = DriverManager.getConnection(url);
            try {
                return open(connection, dialect);
            } catch (RuntimeException | Error | SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw CatalogFailure.of(e);
        }
    }

    private static Catalog open(Connection connection, Dialect dialect) throws SQLException {
        Catalog catalog = new Catalog(connection, dialect);
        for (String setting : dialect.settings()) {
            catalog.execute(setting);
        }
        catalog.migrate();
        return catalog;
    }

    /// Does something in one transaction that no other writer interrupts.
    synchronized <T> T inTransaction(Work<T> work) {
        try {
            execute(dialect.begin());
            T result;
            try {
                result = work.run();
            } catch (RuntimeException | Error | SQLException e) {
                execute("ROLLBACK");
                throw e;
            }
            commit();
            return result;
        } catch (SQLException e) {
            throw CatalogFailure.of(e);
        }
    }

    private void commit() {
        try {
            execute("COMMIT");
        } catch (SQLException e) {
            throw AdeException.unknown(
                            "Cannot tell whether the run was published: the catalog did not answer the commit: "
                                    + e.getMessage(),
                            "ade status shows whether it was; running again is safe either way")
                    .causedBy(e);
        }
    }

    interface Work<T> {
        T run() throws SQLException;
    }

    synchronized Map<TableName, Pointer> pointers(EnvironmentName environment) {
        return pointers(
                "SELECT " + POINTER + " FROM pointer WHERE environment = ?", environment.name());
    }

    /// Pointers as they were at an instant.
    synchronized Map<TableName, Pointer> pointersAt(EnvironmentName environment, Instant instant) {
        String sql =
                "SELECT "
                        + POINTER
                        + " FROM publication p WHERE environment = ? AND is_dropped = 0 AND published_at ="
                        + " (SELECT max(published_at) FROM publication q WHERE q.environment = p.environment AND"
                        + " q.namespace = p.namespace AND q.name = p.name AND q.published_at <= ?)";
        return pointers(sql, environment.name(), micros(instant));
    }

    synchronized Map<TableName, Pointer> overlay(RunId run) {
        return pointers(
                "SELECT " + POINTER + " FROM overlay WHERE draft_id = ? AND change <> 'dropped'",
                run.number());
    }

    /// Every pointer that any reader, history or draft may still follow.
    synchronized List<Pointer> everyPointer() {
        List<Pointer> all = new ArrayList<>();
        for (String table : List.of("pointer", "publication", "overlay")) {
            query("SELECT " + POINTER + " FROM " + table, result -> all.add(pointer(result)));
        }
        return all;
    }

    private Map<TableName, Pointer> pointers(String sql, Object... parameters) {
        Map<TableName, Pointer> pointers = new TreeMap<>();
        query(
                sql,
                result -> {
                    Pointer pointer = pointer(result);
                    pointers.put(pointer.name(), pointer);
                },
                parameters);
        return pointers;
    }

    /// @param change `written`, `annotated`, `withheld` or `dropped`
    synchronized void putOverlay(RunId run, Pointer pointer, String change) {
        update(
                "DELETE FROM overlay WHERE draft_id = ? AND namespace = ? AND name = ?",
                run.number(),
                pointer.name().namespace(),
                pointer.name().name());
        List<Object> values = new ArrayList<>(List.of(run.number()));
        values.addAll(values(pointer));
        values.add(change);
        insert("overlay", "draft_id, " + POINTER + ", change", values);
    }

    /// When to say that something is published now: later than all that was, so that history keeps its order
    /// where the machine's clock stands or goes back.
    synchronized Instant publicationTime(EnvironmentName environment, Instant now) {
        long[] last = {Long.MIN_VALUE};
        query(
                "SELECT coalesce(max(published_at), -1) FROM publication WHERE environment = ?",
                result -> last[0] = result.getLong(1),
                environment.name());
        return instant(Math.max(micros(now), last[0] + 1));
    }

    /// Moves a pointer and remembers that it did.
    void publish(EnvironmentName environment, Pointer pointer) {
        forget("pointer", environment, pointer.name());
        List<Object> values = new ArrayList<>(List.of(environment.name()));
        values.addAll(values(pointer));
        insert("pointer", "environment, " + POINTER, values);
        remember(environment, pointer, 0);
    }

    /// Follows a table to new metadata that holds the same data; history keeps pointing at the old.
    void move(EnvironmentName environment, Pointer pointer) {
        update(
                "UPDATE pointer SET location = ?, snapshot_id = ?, byte_count = ?, file_count = ? WHERE"
                        + " environment = ? AND namespace = ? AND name = ?",
                pointer.location(),
                pointer.snapshotId(),
                pointer.bytes(),
                pointer.files(),
                environment.name(),
                pointer.name().namespace(),
                pointer.name().name());
    }

    void drop(EnvironmentName environment, Pointer pointer) {
        for (String table : List.of("pointer", "batch", "filled")) {
            forget(table, environment, pointer.name());
        }
        remember(environment, pointer, 1);
    }

    private void remember(EnvironmentName environment, Pointer pointer, int isDropped) {
        List<Object> values = new ArrayList<>(List.of(environment.name()));
        values.addAll(values(pointer));
        values.add(isDropped);
        insert("publication", "environment, " + POINTER + ", is_dropped", values);
    }

    private void forget(String table, EnvironmentName environment, TableName dataset) {
        update(
                "DELETE FROM " + table + " WHERE environment = ? AND namespace = ? AND name = ?",
                environment.name(),
                dataset.namespace(),
                dataset.name());
    }

    synchronized List<Batch> batches(EnvironmentName environment, TableName table) {
        List<Batch> batches = new ArrayList<>();
        query(
                "SELECT batch_id, origin, byte_count, modified_at, contract, loaded_at, rows_read, rows_landed,"
                        + " rows_rejected, event_times FROM batch WHERE environment = ? AND namespace = ? AND name = ?"
                        + " ORDER BY origin, batch_id",
                result ->
                        batches.add(
                                new Batch(
                                        new Fingerprint(result.getString(1)),
                                        result.getString(2),
                                        result.getLong(3),
                                        instant(result.getLong(4)),
                                        new Fingerprint(result.getString(5)),
                                        instant(result.getLong(6)),
                                        result.getLong(7),
                                        result.getLong(8),
                                        result.getLong(9),
                                        Text.intervals(result.getString(10)))),
                environment.name(),
                table.namespace(),
                table.name());
        return batches;
    }

    void putBatches(EnvironmentName environment, TableName table, Collection<Batch> batches) {
        replace("batch", environment, table, batches.stream().map(Catalog::values).toList());
    }

    private static List<Object> values(Batch batch) {
        return List.of(
                batch.id().hex(),
                batch.origin(),
                batch.bytes(),
                micros(batch.modifiedAt()),
                batch.contract().hex(),
                micros(batch.loadedAt()),
                batch.rowsRead(),
                batch.rowsLanded(),
                batch.rowsRejected(),
                Text.of(batch.eventTimes()));
    }

    synchronized List<FilledInterval> filled(EnvironmentName environment, TableName table) {
        List<FilledInterval> filled = new ArrayList<>();
        query(
                "SELECT interval_from, interval_to, version, row_count FROM filled WHERE environment = ? AND"
                        + " namespace = ? AND name = ? ORDER BY interval_from",
                result ->
                        filled.add(
                                new FilledInterval(
                                        new Interval(
                                                Instant.parse(result.getString(1)),
                                                Instant.parse(result.getString(2))),
                                        new Fingerprint(result.getString(3)),
                                        result.getLong(4))),
                environment.name(),
                table.namespace(),
                table.name());
        return filled;
    }

    void putFilled(
            EnvironmentName environment, TableName table, Collection<FilledInterval> filled) {
        replace("filled", environment, table, filled.stream().map(Catalog::values).toList());
    }

    private static List<Object> values(FilledInterval filled) {
        return List.of(
                filled.interval().from().toString(),
                filled.interval().to().toString(),
                filled.version().hex(),
                filled.rows());
    }

    /// Puts rows in the place of all that a ledger has of one dataset.
    ///
    /// @param rows what follows the environment and the dataset's name, in the ledger's order
    private void replace(
            String ledger,
            EnvironmentName environment,
            TableName dataset,
            List<List<Object>> rows) {
        forget(ledger, environment, dataset);
        if (rows.isEmpty()) {
            return;
        }
        List<Object> key = List.of(environment.name(), dataset.namespace(), dataset.name());
        String sql =
                "INSERT INTO %s VALUES (%s)"
                        .formatted(ledger, holes(key.size() + rows.getFirst().size()));
        insertAll(
                sql,
                rows.stream()
                        .map(row -> Stream.concat(key.stream(), row.stream()).toArray())
                        .toList());
    }

    RunId newRun(EnvironmentName environment, Lake.RunStart start, Owner process) {
        long[] next = {1};
        query(
                "SELECT coalesce(max(run_id), 0) + 1 FROM run",
                result -> next[0] = result.getLong(1));
        update(
                "INSERT INTO run VALUES (?, ?, 'running', ?, NULL, ?, ?, '', ?, ?, ?)",
                next[0],
                environment.name(),
                micros(start.startedAt()),
                start.command(),
                start.user(),
                process.host(),
                process.id(),
                process.startedAt());
        return new RunId(next[0]);
    }

    void endRun(RunId run, Lake.RunState state, Instant endedAt, String message) {
        update(
                "UPDATE run SET state = ?, ended_at = ?, message = ? WHERE run_id = ?",
                state.name().toLowerCase(java.util.Locale.ROOT),
                micros(endedAt),
                message,
                run.number());
    }

    void forgetOverlay(RunId run) {
        update("DELETE FROM overlay WHERE draft_id = ?", run.number());
    }

    void forgetPublicationsBefore(Instant instant) {
        update(
                "DELETE FROM publication WHERE published_at < ? AND EXISTS (SELECT 1 FROM publication q WHERE"
                        + " q.environment = publication.environment AND q.namespace = publication.namespace AND q.name ="
                        + " publication.name AND q.published_at > publication.published_at AND q.published_at < ?)",
                micros(instant),
                micros(instant));
    }

    /// Runs that say they are running, with the process that does.
    synchronized Map<RunId, Owner> running() {
        Map<RunId, Owner> running = new TreeMap<>();
        query(
                "SELECT run_id, host, process_id, process_started_at FROM run WHERE state = 'running'",
                result ->
                        running.put(
                                new RunId(result.getLong(1)),
                                new Owner(
                                        result.getString(2),
                                        result.getLong(3),
                                        result.getLong(4))));
        return running;
    }

    synchronized List<Lake.RunRecord> runs(EnvironmentName environment, int limit) {
        List<Lake.RunRecord> runs = new ArrayList<>();
        query(
                "SELECT run_id, state, started_at, ended_at, command, user_name, message FROM run WHERE"
                        + " environment = ? ORDER BY run_id DESC LIMIT ?",
                result -> {
                    long ended = result.getLong(4);
                    Optional<Instant> endedAt =
                            result.wasNull() ? Optional.empty() : Optional.of(instant(ended));
                    runs.add(
                            new Lake.RunRecord(
                                    new RunId(result.getLong(1)),
                                    environment,
                                    Lake.RunState.valueOf(
                                            result.getString(2).toUpperCase(java.util.Locale.ROOT)),
                                    instant(result.getLong(3)),
                                    endedAt,
                                    result.getString(5),
                                    result.getString(6),
                                    result.getString(7)));
                },
                environment.name(),
                limit);
        return runs;
    }

    synchronized EnvironmentName environmentOf(RunId run) {
        List<EnvironmentName> names = new ArrayList<>();
        query(
                "SELECT environment FROM run WHERE run_id = ?",
                result -> names.add(new EnvironmentName(result.getString(1))),
                run.number());
        return names.getFirst();
    }

    /// Ended runs whose overlay is older than an instant.
    synchronized List<RunId> endedBefore(Instant instant) {
        List<RunId> runs = new ArrayList<>();
        query(
                "SELECT DISTINCT run_id FROM run WHERE state <> 'running' AND ended_at < ?",
                result -> runs.add(new RunId(result.getLong(1))),
                micros(instant));
        return runs;
    }

    synchronized List<EnvironmentName> environments() {
        List<EnvironmentName> names = new ArrayList<>();
        query(
                "SELECT DISTINCT environment FROM pointer",
                result -> names.add(new EnvironmentName(result.getString(1))));
        return names;
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw CatalogFailure.of(e);
        }
    }

    private static List<Object> values(Pointer pointer) {
        return List.of(
                pointer.name().namespace(),
                pointer.name().name(),
                pointer.kind().name(),
                pointer.location(),
                pointer.viewSql(),
                Text.of(pointer.schema()),
                pointer.version().hex(),
                pointer.definition().hex(),
                pointer.snapshotId(),
                pointer.rows(),
                pointer.bytes(),
                pointer.files(),
                pointer.run().number(),
                micros(pointer.publishedAt()),
                Text.of(pointer.properties()));
    }

    private static Pointer pointer(ResultSet result) throws SQLException {
        return new Pointer(
                new TableName(result.getString(1), result.getString(2)),
                DatasetState.Kind.valueOf(result.getString(3)),
                result.getString(4),
                result.getString(5),
                Text.schema(result.getString(6)),
                new Fingerprint(result.getString(7)),
                new Fingerprint(result.getString(8)),
                result.getLong(9),
                result.getLong(10),
                result.getLong(11),
                result.getLong(12),
                new RunId(result.getLong(13)),
                instant(result.getLong(14)),
                Text.properties(result.getString(POINTER_WIDTH)));
    }

    private void migrate() throws SQLException {
        execute("CREATE TABLE IF NOT EXISTS catalog_version (version INTEGER NOT NULL)");
        int[] version = {0};
        query(
                "SELECT coalesce(max(version), 0) FROM catalog_version",
                result -> version[0] = result.getInt(1));
        if (version[0] > Migrations.ALL.size()) {
            throw AdeException.user(
                    "Cannot use this catalog: it is of version %d, this ADE knows %d"
                            .formatted(version[0], Migrations.ALL.size()),
                    "Use a newer ADE");
        }
        for (int next = version[0]; next < Migrations.ALL.size(); next++) {
            migrate(next);
        }
    }

    private void migrate(int next) {
        inTransaction(() -> {
            int[] version = {0};
            query(
                    "SELECT coalesce(max(version), 0) FROM catalog_version",
                    result -> version[0] = result.getInt(1));
            if (version[0] == next) { // else another process was faster
                for (String statement : Migrations.ALL.get(next)) {
                    execute(statement);
                }
                update("INSERT INTO catalog_version VALUES (?)", next + 1);
            }
            return next;
        });
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    interface RowReader {
        void read(ResultSet result) throws SQLException;
    }

    synchronized void query(String sql, RowReader reader, Object... parameters) {
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                reader.read(result);
            }
        } catch (SQLException e) {
            throw CatalogFailure.of(e);
        }
    }

    void update(String sql, @Nullable Object... parameters) {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            statement.executeUpdate();
        } catch (SQLException e) {
            throw CatalogFailure.of(e);
        }
    }

    private void insert(String table, String columns, List<Object> values) {
        update(
                "INSERT INTO %s (%s) VALUES (%s)".formatted(table, columns, holes(values.size())),
                values.toArray());
    }

    private static String holes(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    private void insertAll(String sql, List<Object[]> rows) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Object[] row : rows) {
                bind(statement, row);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw CatalogFailure.of(e);
        }
    }

    private PreparedStatement prepare(String sql, @Nullable Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        bind(statement, parameters);
        return statement;
    }

    private static void bind(PreparedStatement statement, @Nullable Object... parameters)
            throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000L);
    }

    /// The process that does a run.
    ///
    /// @param startedAt milliseconds since 1970, so that a number used again is not taken for it
    record Owner(String host, long id, long startedAt) {}
}
