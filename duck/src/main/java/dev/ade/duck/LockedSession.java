package dev.ade.duck;

import dev.ade.model.AdeException;
import dev.ade.model.Field;
import dev.ade.model.Schema;
import dev.ade.model.TableName;
import dev.ade.spi.Cursor;
import dev.ade.spi.FileTarget;
import dev.ade.spi.QueryLimits;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.spi.TableCode;
import dev.ade.spi.ValueFunction;
import dev.ade.spi.Watcher;
import dev.ade.spi.WrittenFile;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// A user's query: a connection to an instance that can reach the files of the datasets it names and little else,
/// and nothing that the user could not have asked for.
final class LockedSession implements Session {
    private static final long INTERRUPT_MILLIS = 50;

    private final LockedInstances instances;
    private final Relations relations;
    private final QueryLimits limits;
    private final ScheduledExecutorService watchdog =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
    private final Running running = new Running();
    private volatile boolean isTimedOut;
    private volatile boolean isCancelled;
    private LockedInstances.@Nullable Lease lease;

    LockedSession(LockedInstances instances, Relations relations, QueryLimits limits) {
        this.instances = instances;
        this.relations = relations;
        this.limits = limits;
    }

    @Override
    public void register(ValueFunction function) {
        throw new UnsupportedOperationException("a locked session takes no functions");
    }

    @Override
    public void provide(TableName name, TableCode code) {
        throw new UnsupportedOperationException("a locked session runs no code");
    }

    @Override
    public Schema describe(String select) {
        return Schemas.describe(connect(select), select);
    }

    @Override
    public Cursor query(String select, List<? extends @Nullable Object> parameters) {
        DuckDBConnection connected = connect(select);
        watch();
        try {
            Cursor cursor =
                    ResultCursor.open(connected, select, parameters, limits.rowsMax(), running);
            return new StoppableCursor(cursor, this::why);
        } catch (AdeException e) {
            throw why(e);
        }
    }

    private void watch() {
        var _ =
                watchdog.schedule(
                        this::timeOut, limits.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private AdeException why(AdeException failure) {
        if (isTimedOut) {
            return timedOut();
        }
        return isCancelled ? AdeException.cancelled("Cancelled").causedBy(failure) : failure;
    }

    /// Only what reads can pass the parser that finds the names: it takes SELECT and its kin and nothing else.
    private DuckDBConnection connect(String select) {
        return connect(() -> instances.open(select, relations));
    }

    private synchronized DuckDBConnection connect(Supplier<LockedInstances.Lease> opening) {
        if (lease != null) {
            throw new IllegalStateException("a locked session runs one query");
        }
        LockedInstances.Lease opened = opening.get();
        lease = opened;
        return opened.connection();
    }

    private void timeOut() {
        isTimedOut = true;
        stop();
    }

    private AdeException timedOut() {
        return AdeException.resource(
                "Cannot finish the query within %s".formatted(limits.timeout()),
                "Ask for less, or raise engine.query_timeout in ade.yml");
    }

    @Override
    public long execute(String statement) {
        throw new UnsupportedOperationException("a locked session only reads");
    }

    @Override
    public void stage(
            String table,
            Schema schema,
            Iterable<? extends List<? extends @Nullable Object>> rows) {
        throw new UnsupportedOperationException("a locked session only reads");
    }

    @Override
    public List<WrittenFile> write(String select, FileTarget target, Watcher watcher) {
        throw new UnsupportedOperationException("a locked session only reads");
    }

    @Override
    public void watch(String select, List<Field> fields, Watcher watcher) {
        throw new UnsupportedOperationException("a locked session only reads");
    }

    @Override
    public long export(
            String select, String file, ExportFormat format, Map<String, String> options) {
        Path target = Path.of(file);
        try (ScratchFolder folder = instances.folder()) {
            Path made = folder.path().resolve(target.getFileName());
            long rows = copy(select, CopyText.of(select, made.toString(), format, options), folder);
            folder.give(made, target);
            return rows;
        }
    }

    private long copy(String select, String copy, ScratchFolder folder) {
        DuckDBConnection connected =
                connect(() -> instances.openWriting(select, relations, folder));
        watch();
        try (Statement statement = connected.createStatement()) {
            running.begin(statement);
            return statement.executeLargeUpdate(copy);
        } catch (SQLException e) {
            throw why(running.failure(e, select));
        } finally {
            running.end();
            closeConnection();
        }
    }

    @Override
    public double progress() {
        return -1;
    }

    @Override
    public void cancel() {
        isCancelled = true;
        stop();
    }

    /// The engine forgets an interrupt that comes before the statement has begun, so it is repeated until the
    /// session ends.
    private void stop() {
        try {
            var _ =
                    watchdog.scheduleAtFixedRate(
                            this::interrupt, 0, INTERRUPT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The session has ended: there is nothing left to stop.
        }
    }

    private synchronized void interrupt() {
        Statement statement = running.statement();
        if (statement != null && !watchdog.isShutdown()) {
            try {
                statement.cancel();
            } catch (SQLException e) {
                throw Errors.of(e, "");
            }
        }
    }

    @Override
    public void close() {
        watchdog.shutdownNow();
        closeConnection();
    }

    private synchronized void closeConnection() {
        if (lease != null) {
            lease.close();
            lease = null;
        }
    }
}
