package dev.ade.app;

import dev.ade.store.Faults;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// The end of a program at one of its writes. Once it is dead, nothing more can be written.
final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    private Crash() {}

    /// Does work that is stopped before a write.
    ///
    /// @param at how manieth, from 1
    /// @return whether it came to that write
    static boolean stops(int at, Consumer<Faults> work) {
        AtomicInteger writes = new AtomicInteger();
        try {
            work.accept(_ -> {
                if (writes.incrementAndGet() >= at) {
                    throw new Crash();
                }
            });
            return writes.get() >= at;
        } catch (Crash _) {
            return true;
        }
    }
}
