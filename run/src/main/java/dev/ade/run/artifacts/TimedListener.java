package dev.ade.run.artifacts;

import dev.ade.model.RunId;
import dev.ade.model.TableName;
import dev.ade.run.Plan;
import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.run.Step;
import dev.ade.run.StepResult;
import dev.ade.spi.Checker;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Notes when each step ran, and passes everything on.
public final class TimedListener implements RunListener {
    private final RunListener next;
    private final Clock clock;
    private final Map<TableName, Window> windows = new ConcurrentHashMap<>();

    /// When a step ran.
    ///
    /// @param thread that it ran on
    record Window(Instant startedAt, Instant endedAt, String thread) {}

    public TimedListener(RunListener next, Clock clock) {
        this.next = next;
        this.clock = clock;
    }

    Optional<Window> window(TableName dataset) {
        return Optional.ofNullable(windows.get(dataset));
    }

    @Override
    public void planned(Plan plan) {
        next.planned(plan);
    }

    @Override
    public void begun(RunId run) {
        next.begun(run);
    }

    @Override
    public void started(Step step) {
        Instant now = clock.instant();
        windows.put(step.dataset(), new Window(now, now, Thread.currentThread().getName()));
        next.started(step);
    }

    @Override
    public void progressed(Step step, String phase, double share, long rows) {
        next.progressed(step, phase, share, rows);
    }

    @Override
    public void finished(StepResult result) {
        windows.computeIfPresent(
                result.step().dataset(),
                (_, window) -> new Window(window.startedAt(), clock.instant(), window.thread()));
        next.finished(result);
    }

    @Override
    public void judged(StepResult result, List<Checker.Result> late) {
        next.judged(result, late);
    }

    @Override
    public void publishing() {
        next.publishing();
    }

    @Override
    public void ended(RunReport report) {
        next.ended(report);
    }
}
