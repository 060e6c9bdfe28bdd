package dev.ade.app;

import dev.ade.model.Schema;
import dev.ade.spi.Cursor;
import dev.ade.spi.Progress;
import dev.ade.spi.Session;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Queries of users that are being answered, so that they can be stopped. Thread-safe.
final class OpenQueries {
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final AtomicInteger stops = new AtomicInteger();

    /// Runs a query; the session ends with the cursor, or with the failure to make one.
    Cursor query(Session session, String select) {
        sessions.add(session);
        try {
            return new OwningCursor(session.query(select), session);
        } catch (RuntimeException | Error e) {
            close(session);
            throw e;
        }
    }

    /// Uses a session and ends it.
    <T> T use(Session session, Function<Session, T> work) {
        sessions.add(session);
        try {
            return work.apply(session);
        } finally {
            close(session);
        }
    }

    /// For what asks other systems on the way: is cancelled with the next `cancel`.
    Progress progress() {
        int before = stops.get();
        return Progress.silent(() -> stops.get() != before);
    }

    /// Stops all of them; each then throws (CANCELLED). Any thread.
    void cancel() {
        stops.incrementAndGet();
        sessions.forEach(Session::cancel);
    }

    private void close(Session session) {
        sessions.remove(session);
        session.close();
    }

    private final class OwningCursor implements Cursor {
        private final Cursor cursor;
        private final Session session;

        OwningCursor(Cursor cursor, Session session) {
            this.cursor = cursor;
            this.session = session;
        }

        @Override
        public Schema schema() {
            return cursor.schema();
        }

        @Override
        public @Nullable List<@Nullable Object> next() {
            return cursor.next();
        }

        @Override
        public boolean isCut() {
            return cursor.isCut();
        }

        @Override
        public void close() {
            try {
                cursor.close();
            } finally {
                OpenQueries.this.close(session);
            }
        }
    }
}
