package dev.ade.spi;

import java.time.Duration;

/// Does something once work is cancelled that cannot ask for itself, such as what waits for another system. Closed when
/// the work ends; nothing is done from then on.
public final class CancelWatch implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Object lock = new Object();
    private final Thread thread;
    private boolean isClosed;

    private CancelWatch(Progress progress, Runnable stop) {
        this.thread = Thread.ofVirtual().start(() -> watch(progress, stop));
    }

    /// @param stop ends the work; called once at most, by another thread
    public static CancelWatch of(Progress progress, Runnable stop) {
        return new CancelWatch(progress, stop);
    }

    private void watch(Progress progress, Runnable stop) {
        try {
            while (!progress.isCancelled()) {
                Thread.sleep(POLL);
            }
        } catch (InterruptedException e) {
            return;
        }
        synchronized (lock) {
            if (!isClosed) {
                stop.run();
            }
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            isClosed = true;
        }
        thread.interrupt();
    }
}
