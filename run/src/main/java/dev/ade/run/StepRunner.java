package dev.ade.run;

import dev.ade.model.AdeException;
import dev.ade.model.CheckSpec;
import dev.ade.model.Fingerprint;
import dev.ade.model.Interval;
import dev.ade.model.Intervals;
import dev.ade.model.Kind;
import dev.ade.model.Location;
import dev.ade.model.Model;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import dev.ade.model.VaultSpec;
import dev.ade.model.Wording;
import dev.ade.run.StepResult.State;
import dev.ade.run.build.BuildContext;
import dev.ade.run.build.Builder;
import dev.ade.run.build.Built;
import dev.ade.run.build.HookRun;
import dev.ade.run.build.Renewals;
import dev.ade.run.build.Sessions;
import dev.ade.run.build.UnitTests;
import dev.ade.run.compare.Declarer;
import dev.ade.run.forget.Aged;
import dev.ade.run.forget.LostTime;
import dev.ade.run.lineage.BuiltLineage;
import dev.ade.run.lineage.ColumnReach;
import dev.ade.run.lineage.ProjectLineage;
import dev.ade.run.lineage.TimedBy;
import dev.ade.run.lineage.TokenKeys;
import dev.ade.run.rejected.KeptCorrections;
import dev.ade.run.vault.VaultKeeper;
import dev.ade.spi.Checker;
import dev.ade.spi.Compiler;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Draft;
import dev.ade.spi.FilledInterval;
import dev.ade.spi.Keeper;
import dev.ade.spi.LakeView;
import dev.ade.spi.Loader;
import dev.ade.spi.Privacy;
import dev.ade.spi.SystemTable;
import dev.ade.spi.TableCode;
import dev.ade.spi.Watcher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Does one step: makes the data, profiles it, checks it. Thread-safe; steps of different datasets run side
/// by side.
final class StepRunner {
    private final Compiler.CompiledProject compiled;
    private final Stages stages;
    private final Draft draft;
    private final Journal journal;
    private final RunRequest request;
    private final Instant now;
    private final RunListener listener;
    private final Cancellation cancellation;
    private final Checks checks;
    private final Checked checked;
    private final List<String> prepared = new ArrayList<>();
    private final Declarer declarer;
    private final ProjectLineage projectLineage;
    private final BuiltLineage lineage;

    StepRunner(
            Compiler.CompiledProject compiled,
            Stages stages,
            Draft draft,
            Journal journal,
            RunRequest request,
            Instant now,
            RunListener listener,
            Cancellation cancellation) {
        this.compiled = compiled;
        this.stages = stages;
        this.draft = draft;
        this.journal = journal;
        this.request = request;
        this.now = now;
        this.listener = listener;
        this.cancellation = cancellation;
        this.declarer = new Declarer(compiled);
        Judge judge = new Judge(compiled, stages, draft, now, request.conduct().failures());
        DatasetChecks byDataset = DatasetChecks.of(compiled.project());
        this.checks = new Checks(compiled, byDataset, judge, journal, now);
        this.checked = new Checked(compiled.project(), byDataset);
        this.projectLineage = new ProjectLineage(compiled, stages.engine()::lineage, draft::state);
        this.lineage =
                new BuiltLineage(journal.run(), projectLineage, draft::state, draft.base()::state);
        cancellation.enter(checks.sessions());
    }

    Checks checks() {
        return checks;
    }

    /// What every session of every step runs first, from now on.
    void prepare(List<String> statements) {
        prepared.addAll(statements);
        checks.sessions().prepare(statements);
    }

    /// Never throws: what goes wrong is in the result.
    ///
    /// @param onMade told when the data is there, while its profile and its checks are still to come
    StepResult run(Step step, Runnable onMade) {
        long start = System.nanoTime();
        Sessions sessions = new Sessions(stages.engine());
        sessions.prepare(prepared);
        provideCode(step.dataset(), sessions);
        cancellation.enter(sessions);
        try (StepProgress progress = new StepProgress(step, sessions, listener)) {
            cancellation.throwIfAsked();
            listener.started(step);
            List<Checker.Result> tested = tested(step, sessions);
            if (tested.stream().anyMatch(Checks::stops)) {
                return finish(step, Made.nothing(State.WITHHELD), tested, since(start));
            }
            Made made = make(step, sessions, progress).noting(undated(step.dataset()));
            keepRetention(step.dataset());
            Owed.settle(step.dataset(), draft);
            if (!made.properties().isEmpty()) {
                draft.annotate(step.dataset(), made.properties());
            }
            onMade.run();
            progress.phase("profiling");
            List<String> seen = made.profile().apply(profiles(sessions));
            progress.phase("checking");
            return finish(step, made.noting(seen), tested, since(start));
        } catch (RuntimeException | Error e) {
            draft.withhold(step.dataset());
            return StepResults.without(
                    step, Runner.stateOf(e), Runner.explain(placed(step, e)), since(start));
        } finally {
            cancellation.leave(sessions);
        }
    }

    /// What the engine says is wrong is wrong in the model's file.
    private static Throwable placed(Step step, Throwable error) {
        return error instanceof AdeException known
                        && known.kind() == AdeException.Kind.USER
                        && known.location() == null
                        && step instanceof Step.Build build
                ? known.at(Location.of(build.model().file()))
                : error;
    }

    private void provideCode(TableName dataset, Sessions sessions) {
        Optional.ofNullable(compiled.project().models().get(dataset))
                .flatMap(compiled::code)
                .ifPresent(code -> sessions.provide(TableCode.name(dataset), code));
    }

    /// dbt tests a model's query before it is run.
    private List<Checker.Result> tested(Step step, Sessions sessions) {
        if (compiled.project().unitTests(step.dataset()).isEmpty()) {
            return List.of();
        }
        return new UnitChecks(compiled.project(), new UnitTests(compiled, draft, sessions))
                .due(step.dataset(), draft.base().state(step.dataset()));
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private Made make(Step step, Sessions sessions, StepProgress progress) {
        return switch (step) {
            case Step.Load load -> load(load, sessions, progress);
            case Step.Build build -> build(build, sessions, progress);
            case Step.Check _ -> Made.nothing(State.DONE);
        };
    }

    private Made load(Step.Load step, Sessions sessions, StepProgress progress) {
        TableName name = step.dataset();
        Compiler.Hooks hooks = compiled.hooks(step.source());
        run(hooks.before(), sessions);
        Watcher watcher = stages.profiler().watcher();
        KeptCorrections corrections =
                new KeptCorrections(name, draft, request.corrected(), stages.vault());
        Loader.Loaded loaded;
        try (Sessions.Lease lease = sessions.open(draft)) {
            loaded =
                    stages.loader()
                            .load(
                                    step.source(),
                                    step.inbox(),
                                    new Loader.Context(
                                            lease.session(),
                                            draft,
                                            stages.privacy(),
                                            progress,
                                            now,
                                            refresh(),
                                            column -> before().words(name, column),
                                            corrections.corrections(),
                                            keeper(name),
                                            watcher));
        }
        corrections.keep();
        run(hooks.after(), sessions);
        Map<String, String> properties = new HashMap<>();
        properties.put("kind", Wording.of(step.source().origin()));
        loaded.decisions().forEach(decision -> Decisions.put(properties, decision));
        draft.annotate(name, properties);
        journal.hide(name, loaded.treatedOtherwise());
        boolean onlyAdded = step.inbox().changed().isEmpty() && step.inbox().gone().isEmpty();
        boolean isSame =
                loaded.read() == 0 && version(draft, name).equals(version(draft.base(), name));
        return new Made(
                isSame ? State.UNCHANGED : State.DONE,
                loaded.read(),
                loaded.landed(),
                loaded.rejected(),
                List.of(),
                loaded.decisions(),
                notes(corrections.remarking(loaded.drift(), step.inbox()), hooks),
                Map.of(),
                profiles ->
                        profiles.afterLoad(name, loaded, onlyAdded, watcher)
                                .map(change -> newValues(step.source(), loaded, change))
                                .orElse(List.of()));
    }

    private List<String> newValues(
            SourceTable source, Loader.Loaded loaded, Profiles.Change change) {
        return NewValues.of(
                        source,
                        compiled.project().checks(),
                        loaded.decisions(),
                        column -> before().words(source.name(), column))
                .words(change.before(), change.after());
    }

    /// Whom columns reach, as everything was published before this run.
    private ColumnReach before() {
        return new ColumnReach(
                new ProjectLineage(compiled, stages.engine()::lineage, draft.base()::state));
    }

    private Keeper keeper(TableName source) {
        VaultSpec spec = compiled.project().vaults().get(source);
        return spec == null
                ? Keeper.NONE
                : new VaultKeeper(source, spec, stages.vault(), draft, now);
    }

    private static Optional<Fingerprint> version(LakeView view, TableName name) {
        return view.state(name).map(DatasetState::version);
    }

    private Made build(Step.Build step, Sessions sessions, StepProgress progress) {
        progress.phase("building");
        Model model = step.model();
        Optional<DatasetState> before = draft.state(model.name());
        Compiler.Hooks hooks = compiled.hooks(model);
        run(hooks.before(), sessions);
        CompletableFuture<BuiltLineage.Result> followed = lineage.begin(model);
        Versions versions = new Versions(compiled.project(), draft);
        Watcher watcher = stages.profiler().watcher();
        Set<String> hidden = hidden(model, before, versions, followed);
        Builder builder =
                new Builder(
                        new BuildContext(
                                compiled,
                                model,
                                draft,
                                input -> versions.isTimed(model, input),
                                () -> TimedBy.of(BuiltLineage.end(followed).properties()),
                                now,
                                sessions,
                                hidden,
                                renewals(model, before, followed),
                                watcher));
        Optional<Built> built =
                model.kind().intervalGrain().isPresent()
                        ? fill(step, builder, versions, hidden)
                        : rebuild(step, builder, versions);
        if (built.isEmpty()) {
            return Made.nothing(State.UNCHANGED);
        }
        if (Versions.addsTo(model)) {
            draft.annotate(model.name(), Map.of(Versions.FOLLOWS, versions.follows(model).hex()));
        }
        run(hooks.after(), sessions);
        BuiltLineage.Result known = BuiltLineage.end(followed);
        known.rows().forEach(row -> journal.add(SystemTable.LINEAGE, row));
        journal.hide(model.name(), before.map(known::treatedOtherwise).orElse(Set.of()));
        return new Made(
                State.DONE,
                -1,
                built.get().rowsWritten(),
                0,
                built.get().changed().equals(Intervals.ALWAYS)
                        ? List.of()
                        : built.get().changed().list(),
                List.of(),
                notes(Words.treatedOtherwise(hidden), hooks),
                known.properties(),
                profiles -> {
                    profiles.afterBuild(model, built.get(), watcher);
                    return List.of();
                });
    }

    /// Of models that keep rows, columns that are treated otherwise from now on: who wants a value hidden wants it hidden in
    /// these rows too, and nobody may see it beside its pseudonym.
    ///
    /// @param before as it was published, under whichever name
    private Set<String> hidden(
            Model model,
            Optional<DatasetState> before,
            Versions versions,
            CompletableFuture<BuiltLineage.Result> followed) {
        boolean isKept =
                switch (model.kind()) {
                    case Kind.Incremental _, Kind.Custom _, Kind.Snapshot _ -> true;
                    case Kind.Dimension it -> it.history() == Kind.History.SLOWLY_CHANGING;
                    case Kind.Fact _, Kind.Day _ ->
                            draft.filled(model.name()).stream()
                                    .anyMatch(it -> versions.isRetained(model, it.interval()));
                    case Kind.View _, Kind.Table _ -> false;
                };
        return before.filter(_ -> isKept)
                .map(it -> BuiltLineage.end(followed).treatedOtherwise(it))
                .orElse(Set.of());
    }

    private Renewals renewals(
            Model model,
            Optional<DatasetState> before,
            CompletableFuture<BuiltLineage.Result> followed) {
        List<String> key =
                switch (model.kind()) {
                    case Kind.Incremental it -> it.uniqueKey();
                    case Kind.Snapshot it -> it.spec().uniqueKey();
                    case Kind.View _,
                            Kind.Table _,
                            Kind.Custom _,
                            Kind.Dimension _,
                            Kind.Fact _,
                            Kind.Day _ ->
                            List.of();
                };
        return key.isEmpty() || before.isEmpty()
                ? Renewals.NONE
                : new Renewals(
                        new TokenKeys(projectLineage, stages.privacy())
                                .renewals(model.name(), key, BuiltLineage.end(followed)));
    }

    private Compiler.Refresh refresh() {
        return request.refresh() == RunRequest.Refresh.FULL
                ? Compiler.Refresh.ASKED
                : Compiler.Refresh.NOT_ASKED;
    }

    private void run(List<Compiler.Hook> hooks, Sessions sessions) {
        sessions.prepare(HookRun.preparing(hooks));
        new HookRun(sessions, draft).read(hooks);
    }

    private static List<String> notes(List<String> others, Compiler.Hooks hooks) {
        List<String> notes = new ArrayList<>(others);
        notes.addAll(HookRun.notes(hooks.before()));
        notes.addAll(HookRun.notes(hooks.after()));
        return notes;
    }

    private Optional<Built> rebuild(Step.Build step, Builder builder, Versions versions) {
        Model model = step.model();
        Fingerprint version = versions.whole(model);
        boolean isSame =
                draft.state(model.name()).map(DatasetState::version).equals(Optional.of(version));
        if (request.refresh() == RunRequest.Refresh.FULL) {
            return Optional.of(builder.rebuild(versions.afresh(model)));
        }
        boolean isAskedFor =
                request.restate().isPresent()
                        || draft.state(model.name()).flatMap(Owed::of).isPresent();
        if (isSame && !isAskedFor) {
            return Optional.empty();
        }
        return Optional.of(
                builder.build(version, new Builder.History(step.kept(), versions::whole)));
    }

    private Optional<Built> fill(
            Step.Build step, Builder builder, Versions versions, Set<String> hidden) {
        Model model = step.model();
        NavigableMap<Interval, Fingerprint> wanted = versions.intervals(model, step.kept());
        List<FilledInterval> filled = draft.filled(model.name());
        boolean isThere =
                draft.state(model.name())
                        .map(DatasetState::definition)
                        .equals(Optional.of(model.definition()));
        List<Interval> stale =
                switch (step.work()) {
                    case Step.Work.Whole _ -> new ArrayList<>(wanted.keySet());
                    case Step.Work.Intervals some -> new ArrayList<>(some.intervals());
                    case Step.Work.AfterInputs _ -> new ArrayList<>(stale(step, wanted, filled));
                };
        stale.removeIf(interval -> versions.isRetained(model, interval));
        stale.forEach(interval ->
                wanted.computeIfPresent(interval, (_, _) -> versions.version(model, interval)));
        boolean hasNothing = stale.isEmpty() && isThere && hidden.isEmpty();
        return hasNothing ? Optional.empty() : Optional.of(builder.fill(stale, wanted));
    }

    private List<Interval> stale(
            Step.Build step,
            NavigableMap<Interval, Fingerprint> wanted,
            List<FilledInterval> filled) {
        List<Interval> stale = Planner.stale(wanted, filled);
        return draft.state(step.dataset())
                .flatMap(Owed::of)
                .map(owed -> Owed.with(stale, wanted.keySet(), owed))
                .orElse(stale);
    }

    /// What the plan could not know of a dataset that was not there yet.
    private List<String> undated(TableName dataset) {
        return draft.base().state(dataset).isPresent()
                ? List.of()
                : draft.state(dataset).stream()
                        .flatMap(state -> Aged.undated(compiled.project(), state).stream())
                        .map(AdeException::said)
                        .toList();
    }

    /// What follows from the dataset must know which of its rows were removed.
    private void keepRetention(TableName dataset) {
        draft.base()
                .state(dataset)
                .map(LostTime::kept)
                .filter(kept -> !kept.isEmpty())
                .ifPresent(kept -> draft.annotate(dataset, kept));
    }

    private Profiles profiles(Sessions sessions) {
        return new Profiles(compiled.project(), stages.profiler(), draft, journal, sessions, now);
    }

    private StepResult finish(Step step, Made made, List<Checker.Result> tested, Duration before) {
        long start = System.nanoTime();
        tested.forEach(checks::record);
        List<CheckSpec> early =
                isToBeChecked(step.dataset(), made.state(), draft)
                        ? checks.early(step.dataset())
                        : List.of();
        List<Checker.Result> results = new ArrayList<>(tested);
        results.addAll(checks.run(step.dataset(), early));
        boolean isGood = results.stream().noneMatch(Checks::stops);
        if (isGood) {
            if (step instanceof Step.Build build && !build.kept().isEmpty()) {
                draft.annotate(step.dataset(), Map.of(Versions.KEPT, Versions.text(build.kept())));
            }
            draft.declare(step.dataset(), declarer.declare(step.dataset()));
            UnitChecks.testedBy(compiled.project(), step.dataset())
                    .ifPresent(by ->
                            draft.annotate(step.dataset(), Map.of(UnitChecks.TESTED_BY, by.hex())));
        } else {
            draft.withhold(step.dataset());
        }
        return new StepResult(
                step,
                isGood ? made.state() : State.WITHHELD,
                made.rowsRead(),
                draft.state(step.dataset()).map(DatasetState::rows).orElse(-1L),
                made.rowsWritten(),
                made.rowsRejected(),
                made.intervals(),
                results,
                made.decisions(),
                isGood ? made.notes() : StepResults.withheld(step, made.notes(), draft.base()),
                isGood ? "" : Checks.message(results),
                before.plus(since(start)));
    }

    /// Whether checks have to say something about what a step came to: always about what is new, else where they are
    /// others than before, or read something else.
    ///
    /// @param there what they read
    boolean isToBeChecked(TableName dataset, State state, LakeView there) {
        return switch (state) {
            case DONE -> true;
            case UNCHANGED -> !checked.isDone(dataset, draft.base().state(dataset), there);
            case WITHHELD, FAILED, SKIPPED, CANCELLED -> false;
        };
    }

    /// Notes that datasets held by all their checks. Once it is known what is published, which is what they read.
    void noteChecked(List<TableName> datasets) {
        LakeView published = draft.outcome();
        datasets.forEach(
                it -> draft.annotate(it, Map.of(Checked.PROPERTY, checked.by(it, published))));
    }

    /// What a step did, before it was checked.
    ///
    /// @param properties small facts to keep with the dataset, which what is made from it reads
    /// @param profile what is left to be looked at; gives what to tell people of it
    private record Made(
            State state,
            long rowsRead,
            long rowsWritten,
            long rowsRejected,
            List<Interval> intervals,
            List<Privacy.Decision> decisions,
            List<String> notes,
            Map<String, String> properties,
            Function<Profiles, List<String>> profile) {
        static Made nothing(State state) {
            return new Made(
                    state, -1, 0, 0, List.of(), List.of(), List.of(), Map.of(), _ -> List.of());
        }

        Made noting(List<String> more) {
            List<String> all = new ArrayList<>(notes);
            all.addAll(more);
            return new Made(
                    state,
                    rowsRead,
                    rowsWritten,
                    rowsRejected,
                    intervals,
                    decisions,
                    all,
                    properties,
                    profile);
        }
    }
}
