package dev.ade.duck;

import dev.ade.model.AdeException;
import dev.ade.model.Schema;
import dev.ade.model.Settings.EngineSettings;
import dev.ade.model.Sql;
import dev.ade.spi.Cursor;
import dev.ade.spi.FileTarget;
import dev.ade.spi.QueryLimits;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.spi.ValueFunction;
import dev.ade.spi.WrittenFile;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// A user's query: an instance of its own that, once the datasets it names are bound, can reach their files and
/// nothing else, and cannot be talked out of it.
final class LockedSession implements Session {
    private static final long INTERRUPT_MILLIS = 50;

    private final DuckDBConnection connection;
    private final References references;
    private final Names names;
    private final QueryLimits limits;
    private final ScheduledExecutorService watchdog =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
    private final Running running = new Running();
    private volatile boolean isTimedOut;
    private volatile boolean isCancelled;
    private boolean isLocked;

    LockedSession(
            EngineSettings settings,
            Relations relations,
            References references,
            QueryLimits limits) {
        try {
            this.connection = DuckEngine.start(settings);
        } catch (SQLException e) {
            throw Errors.of(e, "");
        }
        this.references = references;
        this.limits = limits;
        this.names = new Names(relations, references, this::run);
    }

    @Override
    public void register(ValueFunction function) {
        throw new UnsupportedOperationException("a locked session takes no functions");
    }

    @Override
    public Schema describe(String select) {
        prepare(select);
        return Schemas.describe(connection, select);
    }

    @Override
    public Cursor query(String select, List<? extends @Nullable Object> parameters) {
        prepare(select);
        var _ =
                watchdog.schedule(
                        this::timeOut, limits.timeout().toMillis(), TimeUnit.MILLISECONDS);
        try {
            Cursor cursor =
                    ResultCursor.open(connection, select, parameters, limits.rowsMax(), running);
            return new StoppableCursor(cursor, this::why);
        } catch (AdeException e) {
            throw why(e);
        }
    }

    private AdeException why(AdeException failure) {
        if (isTimedOut) {
            return timedOut();
        }
        return isCancelled ? AdeException.cancelled("Cancelled").causedBy(failure) : failure;
    }

    /// Only what reads can pass the parser here: it takes SELECT and its kin and nothing else.
    private void prepare(String select) {
        if (isLocked) {
            throw new IllegalStateException("a locked session runs one query");
        }
        references.of(select);
        names.bindAll(select);
        lock(names.paths());
        isLocked = true;
    }

    private void lock(Set<String> paths) {
        String allowed =
                paths.stream().map(Sql::literal).collect(Collectors.joining(", ", "[", "]"));
        if (!paths.isEmpty()) {
            run("set allowed_paths = " + allowed);
        }
        run("set enable_external_access = false");
        run("set lock_configuration = true");
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
    public void execute(String statement) {
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
    public List<WrittenFile> write(String select, FileTarget target) {
        throw new UnsupportedOperationException("a locked session only reads");
    }

    @Override
    public long export(
            String select, String file, ExportFormat format, Map<String, String> options) {
        throw new UnsupportedOperationException("a locked session only reads");
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
        try {
            connection.close();
        } catch (SQLException e) {
            throw Errors.of(e, "");
        }
    }

    private void run(String sql) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        } catch (SQLException e) {
            throw Errors.of(e, sql);
        }
    }
}
