package dev.ade.run.build;

import dev.ade.model.TableName;
import dev.ade.spi.Engine;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.spi.TableCode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// The sessions that a run has open, so that it can be cancelled and asked how far it is. Thread-safe.
public final class Sessions {
    private final Engine engine;
    private final List<String> preparing = new CopyOnWriteArrayList<>();
    private final Map<TableName, TableCode> codes = new ConcurrentHashMap<>();
    private final Set<Session> open = ConcurrentHashMap.newKeySet();
    private volatile boolean isCancelled;

    public Sessions(Engine engine) {
        this.engine = engine;
    }

    /// What every session runs first, from now on.
    public void prepare(List<String> statements) {
        preparing.addAll(statements);
    }

    /// What every session can read besides, from now on: tables that code makes.
    public void provide(TableName name, TableCode code) {
        codes.put(name, code);
    }

    /// A session that `cancelAll` reaches until it is closed by `Lease.close`.
    public Lease open(Relations relations) {
        Session session = engine.open(relations);
        Lease lease = lease(session);
        try {
            codes.forEach(session::provide);
            preparing.forEach(session::execute);
            return lease;
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    /// The same for what a project's own statements change.
    ///
    /// @param readable what they can read
    /// @param schema where names without one are
    public Lease openScratch(Relations relations, Set<TableName> readable, String schema) {
        return lease(engine.openScratch(relations, readable, schema, List.copyOf(preparing)));
    }

    private Lease lease(Session session) {
        open.add(session);
        return new Lease(session);
    }

    /// How far the statement is that runs; below 0 where that is not known. Any thread.
    public double progress() {
        return open.stream().mapToDouble(Session::progress).max().orElse(-1);
    }

    /// True once everything was told to stop. Any thread.
    public boolean isCancelled() {
        return isCancelled;
    }

    /// Stops every running statement. Any thread.
    public void cancelAll() {
        isCancelled = true;
        open.forEach(Session::cancel);
    }

    /// A session for as long as it is needed.
    public final class Lease implements AutoCloseable {
        private final Session session;

        private Lease(Session session) {
            this.session = session;
        }

        public Session session() {
            return session;
        }

        @Override
        public void close() {
            open.remove(session);
            session.close();
        }
    }
}
