package dev.ade.run;

import dev.ade.model.AdeException;
import dev.ade.model.Project;
import dev.ade.model.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Runs the steps of a plan, each when what it reads is made, as many at once as the settings allow.
///
/// A step does not wait for the profile and the checks of what it reads, so that no core does. Where these then find
/// that something is wrong, what was made from it meanwhile is thrown away, as if it had never started. A step is said
/// to have ended only after all that it reads.
final class Schedule {
    private final Project project;
    private final StepRunner runner;
    private final RunListener listener;
    private final Consumer<StepResult> onEnd;
    private final Map<TableName, Step> waiting = new LinkedHashMap<>();
    private final Map<TableName, Step> open = new HashMap<>();
    private final Set<TableName> made = new HashSet<>();
    private final Map<TableName, StepResult> early = new LinkedHashMap<>();
    private final Map<TableName, StepResult> ended = new HashMap<>();
    private final List<StepResult> results = new ArrayList<>();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Conduct.OnFailure onFailure;
    private boolean isStopped;

    private sealed interface Event {
        record Made(TableName dataset) implements Event {}

        record Ended(StepResult result) implements Event {}
    }

    /// @param onEnd told each step's result as soon as there is one
    Schedule(
            Project project,
            StepRunner runner,
            Conduct.OnFailure onFailure,
            RunListener listener,
            Consumer<StepResult> onEnd) {
        this.project = project;
        this.runner = runner;
        this.onFailure = onFailure;
        this.listener = listener;
        this.onEnd = onEnd;
    }

    List<StepResult> run(Plan plan) {
        plan.steps().forEach(step -> waiting.put(step.dataset(), step));
        int parallel = project.settings().engine().parallelSteps();
        // What is made has left its place to the next, but not yet its thread.
        try (ExecutorService workers =
                Executors.newCachedThreadPool(Thread.ofPlatform().name("step-", 0).factory())) {
            start(workers, parallel);
            while (!open.isEmpty()) {
                take(events.take());
                start(workers, parallel);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AdeException.cancelled("Interrupted").causedBy(e);
        }
        return results;
    }

    private void take(Event event) {
        switch (event) {
            case Event.Made it -> made.add(it.dataset());
            case Event.Ended it -> {
                open.remove(it.result().step().dataset());
                made.remove(it.result().step().dataset());
                early.put(it.result().step().dataset(), it.result());
                noteFailure(it.result());
                onEnd.accept(it.result());
                settleAll();
            }
        }
    }

    private void noteFailure(StepResult result) {
        isStopped |= onFailure == Conduct.OnFailure.BEGIN_NOTHING && !isUsable(result);
    }

    /// Starts what is ready, as far as there is room.
    private void start(ExecutorService workers, int parallel) {
        for (Iterator<Step> steps = waiting.values().iterator();
                steps.hasNext() && open.size() - made.size() < parallel; ) {
            Step step = steps.next();
            if (others(step).anyMatch(this::isAwaited)) {
                continue;
            }
            steps.remove();
            Optional<StepResult> blocked = blocked(step).or(() -> stopped(step));
            if (blocked.isPresent()) {
                end(blocked.get());
                start(workers, parallel);
                return;
            }
            open.put(step.dataset(), step);
            workers.execute(() -> run(step));
        }
    }

    private void run(Step step) {
        Runnable onMade = () -> events.add(new Event.Made(step.dataset()));
        events.add(new Event.Ended(runner.run(step, onMade)));
    }

    private static Stream<TableName> others(Step step) {
        return step.after().stream().filter(other -> !other.equals(step.dataset())).sorted();
    }

    /// True for what a step that reads it has to wait for.
    private boolean isAwaited(TableName dataset) {
        StepResult result = early.get(dataset);
        return waiting.containsKey(dataset)
                || (open.containsKey(dataset) && !made.contains(dataset))
                || (result != null && !isUsable(result));
    }

    /// True for what may still turn out to be wrong.
    private boolean isOpen(TableName dataset) {
        return open.containsKey(dataset) || early.containsKey(dataset);
    }

    /// Ends what waited for what it reads to end.
    private void settleAll() {
        Optional<StepResult> next = next();
        while (next.isPresent()) {
            StepResult result = next.get();
            early.remove(result.step().dataset());
            end(isUsable(result) ? blocked(result.step()).orElse(result) : result);
            next = next();
        }
    }

    private Optional<StepResult> next() {
        return early.values().stream()
                .filter(result -> others(result.step()).noneMatch(this::isOpen))
                .findFirst();
    }

    private void end(StepResult result) {
        noteFailure(result);
        ended.put(result.step().dataset(), result);
        results.add(result);
        listener.finished(result);
    }

    private Optional<StepResult> blocked(Step step) {
        return others(step)
                .map(ended::get)
                .filter(result -> result != null && !isUsable(result))
                .findFirst()
                .map(result -> skipped(step, result));
    }

    /// A step that was not begun before something failed.
    private Optional<StepResult> stopped(Step step) {
        return isStopped
                ? Optional.of(
                        StepResults.without(
                                step, StepResult.State.SKIPPED, StepResults.STOPPED, Duration.ZERO))
                : Optional.empty();
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
