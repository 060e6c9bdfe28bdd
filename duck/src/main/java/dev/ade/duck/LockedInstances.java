package dev.ade.duck;

import dev.ade.model.AdeException;
import dev.ade.model.Settings.EngineSettings;
import dev.ade.model.TableName;
import dev.ade.spi.Relations;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// Keeps the instance of the last user's query for the next, which mostly asks about the same datasets: starting one
/// takes longer than most questions do. Where it wants others too, or newer ones, a new instance takes its place that
/// has these and what was asked for before. Thread-safe.
///
/// Whoever may ask here may read whatever others asked for: who may read less needs an engine of their own.
final class LockedInstances implements AutoCloseable {
    /// An instance is not made to open more files than this for what nobody may ask for again.
    private static final int FILES_MAX = 1_000;

    private final EngineSettings settings;
    private final References references;
    private @Nullable LockedInstance last;
    private boolean isClosed;

    LockedInstances(EngineSettings settings, References references) {
        this.settings = settings;
        this.references = references;
    }

    /// A connection to an instance that can run a query. Nobody else uses the connection.
    ///
    /// @param connection closed by `close` only
    record Lease(LockedInstance instance, DuckDBConnection connection) implements AutoCloseable {
        @Override
        public void close() {
            instance.giveBack(connection);
        }
    }

    synchronized Lease open(String select, Relations relations) {
        if (isClosed) {
            throw new IllegalStateException("the engine is closed");
        }
        Wanted wanted = wanted(select, relations);
        if (last == null || !last.has(wanted)) {
            LockedInstance before = last;
            last = null;
            last = start(before, wanted, select, relations);
        }
        return new Lease(last, last.connect());
    }

    /// A connection to an instance of its own that can write into a folder.
    Lease openWriting(String select, Relations relations, ScratchFolder folder) {
        LockedInstance own =
                LockedInstance.startWriting(settings, wanted(select, relations), folder);
        DuckDBConnection connection = own.connect();
        own.retire();
        return new Lease(own, connection);
    }

    ScratchFolder folder() {
        return ScratchFolder.create(settings);
    }

    private Wanted wanted(String select, Relations relations) {
        TableFunctions.requireHarmless(references.functions(select));
        Wanted wanted = Wanted.of(relations, references);
        wanted.names().bindAll(select);
        return wanted;
    }

    private LockedInstance start(
            @Nullable LockedInstance before, Wanted wanted, String select, Relations relations) {
        if (before == null) {
            return LockedInstance.start(settings, wanted);
        }
        before.retire();
        try {
            Wanted more = wanted(select, relations);
            for (TableName name : before.bound().keySet()) {
                if (more.names().paths().size() < FILES_MAX) {
                    relations.find(name).ifPresent(relation -> more.names().bind(name, relation));
                }
            }
            return LockedInstance.start(settings, more);
        } catch (AdeException e) {
            // What was asked for before is broken now: no reason to refuse this query.
            return LockedInstance.start(settings, wanted);
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        if (last != null) {
            last.retire();
        }
    }
}
