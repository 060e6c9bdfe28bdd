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

/// Reads parts over several connections. Where one fails, the others stop.
///
/// @param <S> a connection
final class SideBySide<S extends SideBySide.Session> {
    private final List<S> sessions;
    private final Progress progress;
    private final AtomicBoolean hasFailed = new AtomicBoolean();

    SideBySide(List<S> sessions, Progress progress) {
        this.sessions = List.copyOf(sessions);
        this.progress = progress;
    }

    interface Session {
        /// Stops what it does. Any thread.
        void cancel();
    }

    interface Task<S> {
        /// @param number of the part, from 0
        /// @return rows
        long run(S session, int number) throws SQLException;
    }

    long run(int parts, Task<S> task) throws SQLException {
        var waiting = new ConcurrentLinkedQueue<>(IntStream.range(0, parts).boxed().toList());
        try (CancelWatch _ = CancelWatch.of(progress, () -> sessions.forEach(Session::cancel));
                ExecutorService threads = Executors.newFixedThreadPool(sessions.size())) {
            List<Future<Long>> all = new ArrayList<>();
            for (S session : sessions) {
                all.add(threads.submit(() -> work(session, waiting, task)));
            }
            return sum(all);
        }
    }

    private long work(S session, ConcurrentLinkedQueue<Integer> waiting, Task<S> task)
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
                sessions.stream().filter(other -> !other.equals(session)).forEach(Session::cancel);
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
