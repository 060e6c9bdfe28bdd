package dev.ade.run;

import dev.ade.model.AdeException;
import dev.ade.run.build.Sessions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// Whether somebody asked to stop, and what has to be stopped then. Thread-safe.
final class Cancellation {
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Set<Sessions> open = ConcurrentHashMap.newKeySet();

    void ask() {
        asked.set(true);
        open.forEach(Sessions::cancelAll);
    }

    boolean isAsked() {
        return asked.get();
    }

    void throwIfAsked() {
        if (asked.get()) {
            throw AdeException.cancelled("Cancelled");
        }
    }

    void enter(Sessions sessions) {
        open.add(sessions);
    }

    void leave(Sessions sessions) {
        open.remove(sessions);
    }
}
