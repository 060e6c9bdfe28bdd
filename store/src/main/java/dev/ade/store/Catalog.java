package dev.ade.store;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.Fingerprint;
import dev.ade.model.RunId;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Lake;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The SQL catalog: environments, pointers, ledgers and runs. One connection, used by one thread at a time.
final class Catalog implements AutoCloseable {
    static final String POINTER =
            "namespace, name, kind, location, view_sql, columns, version, definition, snapshot_id, row_count,"
                    + " byte_count, file_count, run_id, published_at, properties, ledger";
    private static final int PROPERTIES = 15;
    private static final int LEDGER = 16;

    private final Connection connection;
    private final Dialect dialect;

    private final Runnable written;

    private Catalog(Connection connection, Dialect dialect, Runnable written) {
        this.connection = connection;
        this.dialect = dialect;
        this.written = written;
    }

    /// @param written makes sure that files which pointers lead to are on the disk; called before a pointer is written
    static Catalog open(String url, Runnable written) {
        Dialect dialect = Dialect.of(url);
        try {
            Dialect.Access access = dialect.access(url);
            Connection connection = DriverManager.getConnection(access.url());
            try {
                return open(new Catalog(connection, dialect, written), access);
            } catch (RuntimeException | Error | SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw CatalogFailure.of(e);
        }
    }

    private static Catalog open(Catalog catalog, Dialect.Access access) throws SQLException {
        for (String setting : access.settings()) {
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
                written.run();
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

    /// Takes what was deleted out of the database's own log, too.
    ///
    /// @return false where another process reads it at the moment
    synchronized boolean emptyLog() {
        return dialect.emptyLog(this);
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
        for (String table : List.of("pointer", "publication WHERE is_dropped = 0", "overlay")) {
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
    /// Nobody misses it where the machine stops before it is on the disk: then the run has ended, too.
    synchronized void putOverlay(RunId run, Pointer pointer, String change) {
        written.run();
        try {
            execute(dialect.force(Dialect.Force.ORDER));
            try {
                update(
                        "DELETE FROM overlay WHERE draft_id = ? AND namespace = ? AND name = ?",
                        run.number(),
                        pointer.name().namespace(),
                        pointer.name().name());
                List<Object> values = new ArrayList<>(List.of(run.number()));
                values.addAll(values(pointer));
                values.add(change);
                insert("overlay", "draft_id, " + POINTER + ", change", values);
            } finally {
                execute(dialect.force(Dialect.Force.ALL));
            }
        } catch (SQLException e) {
            throw CatalogFailure.of(e);
        }
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

    /// Follows a table to new metadata that holds the same data, in every environment that reads the old; history
    /// keeps pointing at the old.
    void move(Pointer from, Pointer to) {
        update(
                "UPDATE pointer SET location = ?, snapshot_id = ?, byte_count = ?, file_count = ? WHERE location = ?",
                to.location(),
                to.snapshotId(),
                to.bytes(),
                to.files(),
                from.location());
    }

    /// Moves a dataset to other files of the same data, unless somebody published it meanwhile.
    boolean replace(EnvironmentName environment, Pointer before, Pointer after) {
        return inTransaction(() -> {
            Pointer now = pointers(environment).get(before.name());
            boolean isFree = now != null && now.location().equals(before.location());
            if (isFree) {
                move(before, after);
            }
            return isFree;
        });
    }

    void drop(EnvironmentName environment, Pointer pointer) {
        forget("pointer", environment, pointer.name());
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

    RunId newRun(EnvironmentName environment, Lake.RunStart start, Owner process) {
        long[] next = {1};
        query(
                "SELECT coalesce(max(run_id), 0) + 1 FROM run",
                result -> next[0] = result.getLong(1));
        update(
                "INSERT INTO run VALUES (?, ?, 'running', ?, NULL, ?, ?, '', ?, ?, ?, NULL)",
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
                Wording.of(state),
                micros(endedAt),
                message,
                run.number());
    }

    /// Remembers when what a run made was first seen.
    void published(RunId run, Instant at) {
        update("UPDATE run SET published_at = ? WHERE run_id = ?", micros(at), run.number());
    }

    /// When what a run made was first seen, if it was.
    synchronized Optional<Instant> publishedAt(EnvironmentName environment, RunId run) {
        List<Instant> at = new ArrayList<>(1);
        query(
                "SELECT published_at FROM run WHERE run_id = ? AND environment = ? AND published_at IS NOT NULL",
                result -> at.add(instant(result.getLong(1))),
                run.number(),
                environment.name());
        return at.stream().findFirst();
    }

    void forgetOverlay(RunId run) {
        update("DELETE FROM overlay WHERE draft_id = ?", run.number());
    }

    /// All but the last before an instant; that a dataset was there earlier is remembered.
    void forgetPublicationsBefore(Instant instant) {
        String old =
                " FROM publication WHERE published_at < ? AND EXISTS (SELECT 1 FROM publication q WHERE"
                        + " q.environment = publication.environment AND q.namespace = publication.namespace AND q.name ="
                        + " publication.name AND q.published_at > publication.published_at AND q.published_at < ?)";
        update(
                "INSERT INTO beginning SELECT environment, namespace, name, min(published_at)"
                        + old
                        + " GROUP BY environment, namespace, name ON CONFLICT DO NOTHING",
                micros(instant),
                micros(instant));
        update("DELETE" + old, micros(instant), micros(instant));
    }

    /// Lets history read a dataset that was moved since it was published from where it lies now: the files there hold the
    /// same rows, and those that it was moved from can go.
    void follow(EnvironmentName environment, Pointer moved) {
        update(
                "UPDATE publication SET location = ?, snapshot_id = ?, byte_count = ?, file_count = ? WHERE environment = ?"
                        + " AND namespace = ? AND name = ? AND published_at = ? AND is_dropped = 0 AND location <> ?",
                moved.location(),
                moved.snapshotId(),
                moved.bytes(),
                moved.files(),
                environment.name(),
                moved.name().namespace(),
                moved.name().name(),
                micros(moved.publishedAt()),
                moved.location());
    }

    /// All publications of a name but that each environment has what it has since it was last published; that there
    /// were others is remembered. In a transaction.
    void forgetHistory(TableName dataset) {
        String[] name = {dataset.namespace(), dataset.name()};
        update(
                "INSERT INTO beginning SELECT environment, namespace, name, min(published_at) FROM publication WHERE"
                        + " namespace = ? AND name = ? GROUP BY environment, namespace, name ON CONFLICT DO NOTHING",
                name[0],
                name[1]);
        update("DELETE FROM publication WHERE namespace = ? AND name = ?", name[0], name[1]);
        update(
                "INSERT INTO publication (environment, %1$s, is_dropped) SELECT environment, %1$s, 0 FROM pointer WHERE namespace = ? AND name = ?"
                        .formatted(POINTER),
                name[0],
                name[1]);
        update("DELETE FROM overlay WHERE namespace = ? AND name = ?", name[0], name[1]);
    }

    /// Datasets that were there at an instant but whose publications of then are forgotten.
    synchronized List<TableName> forgottenAt(EnvironmentName environment, Instant instant) {
        List<TableName> names = new ArrayList<>();
        query(
                "SELECT namespace, name FROM beginning b WHERE environment = ? AND published_at <= ? AND NOT EXISTS"
                        + " (SELECT 1 FROM publication p WHERE p.environment = b.environment AND p.namespace ="
                        + " b.namespace AND p.name = b.name AND p.published_at <= ?) ORDER BY namespace, name",
                result -> names.add(new TableName(result.getString(1), result.getString(2))),
                environment.name(),
                micros(instant),
                micros(instant));
        return names;
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

    /// Since when the oldest of them does.
    synchronized Optional<Instant> runningSince() {
        List<Instant> since = new ArrayList<>(1);
        query(
                "SELECT min(started_at) FROM run WHERE state = 'running' HAVING count(*) > 0",
                result -> since.add(instant(result.getLong(1))));
        return since.stream().findFirst();
    }

    /// @throws AdeException CONFLICT while a run of any environment is going on
    void requireNoRun() {
        Optional<RunId> open = running().keySet().stream().findFirst();
        if (open.isPresent()) {
            throw AdeException.conflict(
                    "Cannot begin: run %s of environment %s is going on"
                            .formatted(open.get(), environmentOf(open.get())),
                    "Do it again when that run has ended; what is done by then is not done twice");
        }
    }

    /// Another process that took a run for dead may have swept what it wrote.
    ///
    /// @throws AdeException CONFLICT where one has
    void requireRunning(RunId run) {
        if (!running().containsKey(run)) {
            throw AdeException.conflict(
                    "Cannot publish run %s: another process took it for dead meanwhile"
                            .formatted(run),
                    "Run again; on machines that share a lake host names have to differ");
        }
    }

    synchronized List<Lake.RunRecord> runs(EnvironmentName environment, int limit) {
        List<Lake.RunRecord> runs = new ArrayList<>();
        query(
                "SELECT run_id, state, started_at, ended_at, command, user_name, message FROM run WHERE"
                        + " environment = ? AND run_id >= coalesce((SELECT first_run FROM environment e WHERE e.name ="
                        + " run.environment), 0) ORDER BY run_id DESC LIMIT ?",
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
                Text.of(pointer.properties()),
                pointer.ledger());
    }

    static Pointer pointer(ResultSet result) throws SQLException {
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
                Text.properties(result.getString(PROPERTIES)),
                result.getString(LEDGER));
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

    synchronized void update(String sql, @Nullable Object... parameters) {
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

    static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000L);
    }

    /// The process that does a run.
    ///
    /// @param startedAt milliseconds since 1970, so that a number used again is not taken for it
    record Owner(String host, long id, long startedAt) {}
}
