package dev.ade.ingest.jdbc;

import dev.ade.model.AdeException;
import dev.ade.spi.CancelWatch;
import dev.ade.spi.Progress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/// Reads parts over several connections that all see the one snapshot. Where one fails, the others stop.
final class PgSideBySide {
    private final JdbcSettings settings;
    private final PgSession lead;
    private final Progress progress;
    private final AtomicBoolean hasFailed = new AtomicBoolean();

    PgSideBySide(JdbcSettings settings, PgSession lead, Progress progress) {
        this.settings = settings;
        this.lead = lead;
        this.progress = progress;
    }

    interface Task {
        /// @param number of the part, from 0
        /// @return rows
        long run(PgSession session, int number) throws SQLException;
    }

    long run(List<String> parts, Task task) throws SQLException {
        List<PgSession> sessions = new ArrayList<>(List.of(lead));
        String snapshot = lead.value("select pg_export_snapshot()").orElseThrow();
        try {
            while (sessions.size() < Math.min(settings.connections(), parts.size())) {
                PgSession session = PgSession.open(settings);
                sessions.add(session);
                session.begin();
                session.execute("set transaction snapshot '" + snapshot + "'");
            }
            return over(sessions, parts.size(), task);
        } finally {
            sessions.stream().skip(1).forEach(PgSession::close);
        }
    }

    private long over(List<PgSession> sessions, int parts, Task task) throws SQLException {
        var waiting = new ConcurrentLinkedQueue<>(IntStream.range(0, parts).boxed().toList());
        try (CancelWatch _ = CancelWatch.of(progress, () -> sessions.forEach(PgSession::cancel));
                ExecutorService threads = Executors.newFixedThreadPool(sessions.size())) {
            List<Future<Long>> all = new ArrayList<>();
            for (PgSession session : sessions) {
                all.add(threads.submit(() -> work(session, sessions, waiting, task)));
            }
            return sum(all);
        }
    }

    private long work(
            PgSession session,
            List<PgSession> sessions,
            ConcurrentLinkedQueue<Integer> waiting,
            Task task)
            throws SQLException {
        long rows = 0;
        try {
            for (Integer part = waiting.poll(); part != null; part = waiting.poll()) {
                rows += task.run(session, part);
            }
            return rows;
        } catch (SQLException | RuntimeException e) {
            waiting.clear();
            if (hasFailed.compareAndSet(false, true)) {
                sessions.stream().filter(other -> other != session).forEach(PgSession::cancel);
                throw e;
            }
            return rows;
        }
    }

    private static long sum(List<Future<Long>> all) throws SQLException {
        long rows = 0;
        try {
            for (Future<Long> one : all) {
                rows += one.get();
            }
            return rows;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException sql) {
                throw sql;
            }
            throw e.getCause() instanceof RuntimeException other
                    ? other
                    : AdeException.internal("Cannot read side by side", e);
        } catch (InterruptedException e) {
            all.forEach(one -> one.cancel(true));
            Thread.currentThread().interrupt();
            throw AdeException.cancelled("Interrupted").causedBy(e);
        }
    }
}
