package dev.ade.run.artifacts;

import dev.ade.model.TableName;
import dev.ade.run.PassingListener;
import dev.ade.run.RunListener;
import dev.ade.run.Step;
import dev.ade.run.StepResult;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Notes when each step ran, and passes everything on.
public final class TimedListener extends PassingListener {
    private final Clock clock;
    private final Map<TableName, Window> windows = new ConcurrentHashMap<>();

    /// When a step ran.
    ///
    /// @param thread that it ran on
    record Window(Instant startedAt, Instant endedAt, String thread) {}

    public TimedListener(RunListener next, Clock clock) {
        super(next);
        this.clock = clock;
    }

    Optional<Window> window(TableName dataset) {
        return Optional.ofNullable(windows.get(dataset));
    }

    @Override
    public void started(Step step) {
        Instant now = clock.instant();
        windows.put(step.dataset(), new Window(now, now, Thread.currentThread().getName()));
        super.started(step);
    }

    @Override
    public void finished(StepResult result) {
        windows.computeIfPresent(
                result.step().dataset(),
                (_, window) -> new Window(window.startedAt(), clock.instant(), window.thread()));
        super.finished(result);
    }
}
