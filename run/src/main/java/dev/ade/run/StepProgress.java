package dev.ade.run;

import dev.ade.run.build.Sessions;
import dev.ade.spi.Progress;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Tells the listener how far a step is, ten times a second at most.
final class StepProgress implements Progress, AutoCloseable {
    private static final long PERIOD_MILLIS = 100;

    private final Step step;
    private final Sessions sessions;
    private final RunListener listener;
    private final ScheduledExecutorService ticker =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("progress").factory());
    private volatile String phase = "";
    private volatile double share = -1;
    private volatile long rows = -1;

    StepProgress(Step step, Sessions sessions, RunListener listener) {
        this.step = step;
        this.sessions = sessions;
        this.listener = listener;
        var _ =
                ticker.scheduleAtFixedRate(
                        this::tick, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void phase(String what) {
        phase = what;
        share = -1;
        tick();
    }

    @Override
    public void share(double done) {
        share = done;
    }

    @Override
    public void rows(long total) {
        rows = total;
    }

    @Override
    public boolean isCancelled() {
        return sessions.isCancelled();
    }

    private void tick() {
        double running = sessions.progress();
        listener.progressed(step, phase, share < 0 ? running : share, rows);
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }
}
