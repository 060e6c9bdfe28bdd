package dev.ade.run;

import dev.ade.model.AdeException;
import dev.ade.model.Project;
import dev.ade.model.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/// Runs the steps of a plan, each when what it reads is ready, as many at once as the settings allow.
final class Schedule {
    private final Project project;
    private final StepRunner runner;
    private final RunListener listener;
    private final Consumer<StepResult> onEnd;
    private final Map<TableName, Step> waiting = new LinkedHashMap<>();
    private final Map<TableName, Step> open = new HashMap<>();
    private final Map<TableName, StepResult> ended = new HashMap<>();
    private final List<StepResult> results = new ArrayList<>();
    private final BlockingQueue<StepResult> finished = new LinkedBlockingQueue<>();

    /// @param onEnd told each result before what waits for it starts
    Schedule(Project project, StepRunner runner, RunListener listener, Consumer<StepResult> onEnd) {
        this.project = project;
        this.runner = runner;
        this.listener = listener;
        this.onEnd = onEnd;
    }

    List<StepResult> run(Plan plan) {
        plan.steps().forEach(step -> waiting.put(step.dataset(), step));
        int parallel = project.settings().engine().parallelSteps();
        try (ExecutorService workers =
                Executors.newFixedThreadPool(
                        parallel, Thread.ofPlatform().name("step-", 0).factory())) {
            int running = start(workers, 0, parallel);
            while (running > 0) {
                end(finished.take());
                running = start(workers, running - 1, parallel);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AdeException.cancelled("Interrupted").causedBy(e);
        }
        return results;
    }

    /// Starts what is ready; gives how many run then.
    private int start(ExecutorService workers, int running, int parallel) {
        int now = running;
        for (Iterator<Step> steps = waiting.values().iterator();
                steps.hasNext() && now < parallel; ) {
            Step step = steps.next();
            if (step.after().stream().anyMatch(other -> isOpen(other) && !isOf(step, other))) {
                continue;
            }
            steps.remove();
            Optional<StepResult> blocked = blocked(step);
            if (blocked.isPresent()) {
                end(blocked.get());
                return start(workers, now, parallel);
            }
            open.put(step.dataset(), step);
            workers.execute(() -> finished.add(runner.run(step)));
            now++;
        }
        return now;
    }

    private static boolean isOf(Step step, TableName dataset) {
        return step.dataset().equals(dataset);
    }

    private boolean isOpen(TableName dataset) {
        return waiting.containsKey(dataset) || open.containsKey(dataset);
    }

    private void end(StepResult result) {
        open.remove(result.step().dataset());
        ended.put(result.step().dataset(), result);
        results.add(result);
        onEnd.accept(result);
        listener.finished(result);
    }

    private Optional<StepResult> blocked(Step step) {
        return step.after().stream()
                .sorted()
                .map(ended::get)
                .filter(result -> result != null && !isUsable(result))
                .findFirst()
                .map(result -> skipped(step, result));
    }

    private static boolean isUsable(StepResult result) {
        return result.state() == StepResult.State.DONE
                || result.state() == StepResult.State.UNCHANGED;
    }

    private static StepResult skipped(Step step, StepResult cause) {
        String what =
                switch (cause.state()) {
                    case WITHHELD -> " was withheld";
                    case SKIPPED -> " was skipped";
                    case CANCELLED -> " was cancelled";
                    case FAILED, DONE, UNCHANGED -> " failed";
                };
        return StepResults.without(
                step, StepResult.State.SKIPPED, cause.step().dataset() + what, Duration.ZERO);
    }
}
