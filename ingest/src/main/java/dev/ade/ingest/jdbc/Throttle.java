package dev.ade.ingest.jdbc;

import dev.ade.model.AdeException;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Counts rows, tells how many there are, waits where they come faster than allowed, and stops where they are wanted
/// no more. Thread-safe.
final class Throttle {
    /// Rows after which it looks at the clock.
    static final int STEP_ROWS = 500;

    /// After which it looks whether it is still wanted.
    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final OptionalLong rate;
    private final dev.ade.spi.Progress progress;
    private final long start = System.nanoTime();
    private final AtomicLong rows = new AtomicLong();

    /// @param rate rows a second
    Throttle(OptionalLong rate, dev.ade.spi.Progress progress) {
        this.rate = rate;
        this.progress = progress;
    }

    void row() {
        long now = rows.incrementAndGet();
        if (now % STEP_ROWS == 0) {
            look(now);
        }
    }

    /// Counts a step's rows at once, for those who count them themselves; below zero where they come again.
    void rows(int more) {
        look(rows.addAndGet(more));
    }

    private void look(long now) {
        progress.rows(now);
        requireWanted();
        rate.ifPresent(most -> await(now, most));
    }

    private void requireWanted() {
        if (progress.isCancelled()) {
            throw AdeException.cancelled("Cancelled");
        }
    }

    private void await(long now, long most) {
        long due = start + (long) (now * (double) TimeUnit.SECONDS.toNanos(1) / most);
        long left = due - System.nanoTime();
        while (left > 0 && !progress.isCancelled() && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, Math.min(left, WAIT_NANOS));
            left = due - System.nanoTime();
        }
    }
}
