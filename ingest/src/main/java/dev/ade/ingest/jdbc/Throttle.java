package dev.ade.ingest.jdbc;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Counts rows, tells how many there are, and waits where they come faster than allowed. Thread-safe.
final class Throttle {
    /// Rows after which it looks at the clock.
    private static final int STEP_ROWS = 500;

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
            progress.rows(now);
            rate.ifPresent(most -> await(now, most));
        }
    }

    private void await(long now, long most) {
        long due = start + (long) (now * (double) TimeUnit.SECONDS.toNanos(1) / most);
        long left = due - System.nanoTime();
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, left);
            left = due - System.nanoTime();
        }
    }

    long rows() {
        return rows.get();
    }
}
