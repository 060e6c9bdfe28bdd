package dev.ade.run;

import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import dev.ade.model.Project;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.run.StepResult.State;
import dev.ade.run.build.HookRun;
import dev.ade.run.build.Sessions;
import dev.ade.spi.Compiler;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Draft;
import dev.ade.spi.Lake;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Does what a plan says in a draft, then publishes all of it that is right in one transaction.
///
/// A step that fails, and a dataset whose checks fail, keeps itself and everything below it out of what is
/// published; what does not depend on it goes out. Used once; only `cancel` may come from another thread.
public final class Runner {
    private final Compiler.CompiledProject compiled;
    private final Stages stages;
    private final Clock clock;
    private final Function<RunReport, List<Map<String, @Nullable Object>>> told;
    private final Cancellation cancellation = new Cancellation();

    /// @param told what dbt's files tell of a run, for hooks that ask
    public Runner(
            Compiler.CompiledProject compiled,
            Stages stages,
            Clock clock,
            Function<RunReport, List<Map<String, @Nullable Object>>> told) {
        this.compiled = compiled;
        this.stages = stages;
        this.clock = clock;
        this.told = told;
    }

    /// @param draft opened for this plan; published or abandoned when this returns or throws
    public RunReport run(Plan plan, RunRequest request, Draft draft, RunListener listener) {
        Instant started = clock.instant();
        listener.begun(draft.run());
        Journal journal = new Journal(draft.run(), stages);
        StepRunner stepRunner =
                new StepRunner(
                        compiled, stages, draft, journal, request, started, listener, cancellation);
        Compiler.Hooks hooks = compiled.hooks();
        Sessions sessions = new Sessions(stages.engine());
        stepRunner.prepare(HookRun.preparing(hooks.before()));
        sessions.prepare(HookRun.preparing(hooks.before()));
        HookRun hookRun = new HookRun(sessions, draft);
        hookRun.read(hooks.before());
        request.restate().ifPresent(it -> Owed.note(plan, it, compiled.project(), draft));
        Consumer<StepResult> ended = result -> journal.ended(result, clock.instant());
        List<StepResult> results =
                new Schedule(
                                compiled.project(),
                                stepRunner,
                                request.conduct().onFailure(),
                                listener,
                                ended)
                        .run(plan);
        List<StepResult> checked =
                cancellation.isAsked()
                        ? results
                        : new LateChecks(compiled.project(), stepRunner, draft, listener)
                                .run(results);
        if (!cancellation.isAsked()) {
            List<Compiler.Hook> last = new ArrayList<>(hooks.after());
            last.addAll(compiled.hooks(() -> ended(plan, draft, checked, started)));
            sessions.prepare(HookRun.preparing(last));
            hookRun.read(last);
            stepRunner.noteChecked(
                    checked.stream()
                            .filter(Runner::isGood)
                            .map(result -> result.step().dataset())
                            .toList());
        }
        return end(plan, request, draft, listener, journal, checked, started);
    }

    /// As it is told before it is published.
    private Compiler.RunEnd ended(
            Plan plan, Draft draft, List<StepResult> results, Instant started) {
        RunReport report =
                new RunReport(
                        Optional.of(draft.run()),
                        Lake.RunState.RUNNING,
                        plan,
                        results,
                        List.of(),
                        List.of(),
                        "",
                        Duration.between(started, clock.instant()));
        List<String> schemas =
                results.stream()
                        .filter(Runner::isGood)
                        .map(result -> result.step().dataset().namespace())
                        .distinct()
                        .sorted()
                        .toList();
        return new Compiler.RunEnd(told.apply(report), schemas);
    }

    /// Stops what runs; `run` then abandons the draft and says so. Any thread.
    public void cancel() {
        cancellation.ask();
    }

    private RunReport end(
            Plan plan,
            RunRequest request,
            Draft draft,
            RunListener listener,
            Journal journal,
            List<StepResult> results,
            Instant started) {
        Set<TableName> kept = new HashSet<>();
        Set<TableName> out = new HashSet<>();
        for (StepResult result : results) {
            (isGood(result) ? out : kept).add(result.step().dataset());
        }
        kept.forEach(draft::withhold);
        Lake.RunState state = state(kept, out);
        Draft.RunEnd end = new Draft.RunEnd(clock.instant(), state, message(state, results));
        results.forEach(result -> journal.step(result, end.endedAt()));
        journal.run(draft, end, request.command(), started);
        List<TableName> published = List.of();
        if (state == Lake.RunState.CANCELLED || state == Lake.RunState.FAILED) {
            draft.abandon(end);
        } else {
            listener.publishing();
            published = draft.publish(end, readVersions(draft, results)).datasets();
        }
        RunReport report =
                new RunReport(
                        Optional.of(draft.run()),
                        state,
                        plan,
                        results,
                        published.stream()
                                .filter(name -> !name.namespace().equals("ade"))
                                .filter(name -> !kept.contains(name))
                                .toList(),
                        kept.stream().sorted().toList(),
                        end.message(),
                        Duration.between(started, clock.instant()));
        listener.ended(report);
        return report;
    }

    private Lake.RunState state(Set<TableName> kept, Set<TableName> out) {
        if (cancellation.isAsked()) {
            return Lake.RunState.CANCELLED;
        }
        if (kept.isEmpty()) {
            return Lake.RunState.PUBLISHED;
        }
        return out.isEmpty() ? Lake.RunState.FAILED : Lake.RunState.PARTLY_PUBLISHED;
    }

    private static boolean isGood(StepResult result) {
        return switch (result.state()) {
            case DONE, UNCHANGED -> true;
            case WITHHELD, FAILED, SKIPPED, CANCELLED -> false;
        };
    }

    private static String message(Lake.RunState state, List<StepResult> results) {
        long done = results.stream().filter(it -> it.state() == StepResult.State.DONE).count();
        return switch (state) {
            case PUBLISHED ->
                    done == 0 ? "nothing new" : Wording.count(done, "dataset") + " published";
            case PARTLY_PUBLISHED ->
                    "%s published, %,d kept back"
                            .formatted(Wording.count(done, "dataset"), results.size() - done);
            case FAILED -> "nothing was published";
            case CANCELLED -> "cancelled; nothing was published";
            case RUNNING, NOTHING_TO_DO, CRASHED -> "";
        };
    }

    /// What was read but not written must still be what it was, or results would mix two states.
    private Map<TableName, Fingerprint> readVersions(Draft draft, List<StepResult> results) {
        Project project = compiled.project();
        Set<TableName> written = new HashSet<>();
        List<TableName> read = new ArrayList<>();
        for (StepResult result : results) {
            written.add(result.step().dataset());
            read.addAll(project.inputs(result.step().dataset()));
        }
        Map<TableName, Fingerprint> versions = new HashMap<>();
        for (TableName name : read) {
            if (!written.contains(name) && !name.namespace().equals("ade")) {
                draft.base()
                        .state(name)
                        .map(DatasetState::version)
                        .ifPresent(it -> versions.put(name, it));
            }
        }
        return versions;
    }

    /// An error as a step's message.
    static String explain(Throwable error) {
        return error instanceof AdeException known
                ? known.explain()
                : error.getClass().getSimpleName() + ": " + error.getMessage();
    }

    static State stateOf(Throwable error) {
        return error instanceof AdeException known && known.kind() == AdeException.Kind.CANCELLED
                ? State.CANCELLED
                : State.FAILED;
    }
}
