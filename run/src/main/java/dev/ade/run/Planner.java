package dev.ade.run;

import dev.ade.model.AdeException;
import dev.ade.model.CheckSpec;
import dev.ade.model.Fingerprint;
import dev.ade.model.Interval;
import dev.ade.model.Intervals;
import dev.ade.model.LoadSpec;
import dev.ade.model.Model;
import dev.ade.model.Project;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import dev.ade.run.compare.Declarer;
import dev.ade.run.compare.Gone;
import dev.ade.run.compare.PrivacyChanges;
import dev.ade.run.forget.Aged;
import dev.ade.run.rejected.GivenCorrections;
import dev.ade.spi.Batch;
import dev.ade.spi.DatasetState;
import dev.ade.spi.FilledInterval;
import dev.ade.spi.LakeView;
import dev.ade.spi.Loader;
import dev.ade.spi.Succession;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Compares what is declared with what is published and says what has to happen. Pure but for
/// `Loader.look`, which lists files: it changes nothing and reads no data.
public final class Planner {
    private static final String RESTATED = "a restatement was asked for";

    private static final String OWED = "a restatement of what it is made from has not reached it";

    private static final String FORWARD = "its definition changed; its history stays";

    private final Project project;
    private final Declarer declarer;
    private final Map<TableName, Set<Fingerprint>> kept;
    private final List<Decision> decisions;
    private final Map<TableName, TableName> former;
    private final Loader loader;

    public Planner(Settled settled, Loader loader) {
        this.project = settled.compiled().project();
        this.declarer = new Declarer(settled.compiled());
        this.kept = settled.kept();
        this.decisions = settled.decisions();
        this.former = settled.former();
        this.loader = loader;
    }

    /// @param selected datasets that may change
    /// @param published what readers see now, under the project's names
    public Plan plan(RunRequest request, Set<TableName> selected, LakeView published) {
        request.restate().map(RunRequest.Restatement::dataset).ifPresent(this::requireThere);
        Draught draught = new Draught(request, published);
        List<TableName> rest = new ArrayList<>();
        for (TableName dataset : Topology.order(project)) {
            if (selected.contains(dataset) && !draught.consider(dataset)) {
                rest.add(dataset);
            }
        }
        rest.forEach(draught::considerChecks);
        return draught.plan();
    }

    private void requireThere(TableName restated) {
        if (!project.sources().containsKey(restated) && !project.models().containsKey(restated)) {
            throw AdeException.user(
                    "Cannot restate %s: there is no such dataset".formatted(restated),
                    "ade ls lists what the project has");
        }
    }

    /// A plan in the making.
    private final class Draught {
        private final RunRequest request;
        private final LakeView published;
        private final Versions versions;
        private final List<Step> steps = new ArrayList<>();
        private final List<Plan.Current> current = new ArrayList<>();
        private final Set<TableName> changing = new HashSet<>();
        private final DatasetChecks checks;
        private final Checked checked;

        Draught(RunRequest request, LakeView published) {
            this.request = request;
            this.published = published;
            this.versions = new Versions(project, published);
            this.checks = DatasetChecks.of(project);
            this.checked = new Checked(project, checks);
        }

        Plan plan() {
            Set<TableName> built = new HashSet<>();
            steps.forEach(step -> built.add(step.dataset()));
            boolean isWhole = request.refresh() == RunRequest.Refresh.FULL;
            return new Plan(
                    steps,
                    current,
                    warnings(),
                    decisions.stream()
                            .filter(decision -> !isWhole && built.contains(decision.dataset()))
                            .toList());
        }

        /// Whether there is something to do.
        boolean consider(TableName dataset) {
            SourceTable source = project.sources().get(dataset);
            Optional<Step> step =
                    source != null
                            ? load(source)
                            : build(Objects.requireNonNull(project.models().get(dataset)));
            if (step.isPresent()) {
                steps.add(step.get());
                changing.add(dataset);
            }
            return step.isPresent();
        }

        private Optional<Step> load(SourceTable source) {
            Optional<DatasetState> state = published.state(source.name());
            List<GivenCorrections> corrected =
                    request.corrected().stream()
                            .filter(it -> it.file().dataset().equals(source.name()))
                            .toList();
            Loader.Inbox inbox =
                    loader.look(
                            source,
                            Loader.Known.of(
                                    published,
                                    source.name(),
                                    corrected.stream().map(GivenCorrections::file).toList()));
            corrected.forEach(it -> it.requireThere(inbox));
            if (request.refresh() == RunRequest.Refresh.FULL) {
                return Optional.of(
                        new Step.Load(source, Inboxes.all(inbox), "a full refresh was asked for"));
            }
            Optional<Interval> restated = restated(source.name());
            if (restated.isPresent()) {
                return Optional.of(again(source, inbox, restated.get()));
            }
            boolean isCurrent =
                    inbox.isEmpty()
                            && state.map(DatasetState::version)
                                    .equals(Optional.of(inbox.version()));
            return isCurrent
                    ? Optional.empty()
                    : Optional.of(
                            new Step.Load(source, inbox, Inboxes.reason(inbox, state.isPresent())));
        }

        private Step again(SourceTable source, Loader.Inbox inbox, Interval interval) {
            List<Batch> known = published.batches(source.name());
            Set<Fingerprint> rejected =
                    request.restate().map(RunRequest.Restatement::batches).orElse(Set.of());
            Set<Fingerprint> batches =
                    rejected.isEmpty() ? Inboxes.overlapping(known, interval) : rejected;
            if (source.load().mode() == LoadSpec.Mode.MERGE) {
                Succession succession = new Succession(known);
                batches = succession.since(batches, inbox);
                succession.requireWhole(source, inbox, batches);
            }
            return new Step.Load(
                    source,
                    Inboxes.of(inbox, batches),
                    rejected.isEmpty() ? RESTATED : "a replay of rejected rows was asked for");
        }

        private Optional<Step> build(Model model) {
            if (request.refresh() == RunRequest.Refresh.FULL) {
                return whole(model, "a full refresh was asked for");
            }
            List<TableName> changed =
                    model.inputs().stream().filter(changing::contains).sorted().toList();
            if (!changed.isEmpty()) {
                return Optional.of(
                        new Step.Build(
                                model,
                                new Step.Work.AfterInputs(),
                                kept(model),
                                Words.changes(changed)));
            }
            Optional<DatasetState> state = published.state(model.name());
            Optional<Interval> restated = restated(model.name());
            if (restated.isPresent() && state.isPresent()) {
                Interval all = restated.get();
                return restate(model, Owed.of(state.get()).map(all::span).orElse(all));
            }
            return model.kind().intervalGrain().isPresent() ? fill(model) : rebuild(model);
        }

        private Optional<Step> whole(Model model, String reason) {
            return Optional.of(new Step.Build(model, new Step.Work.Whole(), reason));
        }

        private Optional<Step> rebuild(Model model) {
            Optional<DatasetState> state = published.state(model.name());
            if (state.isEmpty()) {
                return whole(model, "it is not built yet");
            }
            if (!state.get().definition().equals(model.definition())) {
                return kept.containsKey(model.name()) || model.kind().goesOn()
                        ? Optional.of(
                                new Step.Build(
                                        model, new Step.Work.AfterInputs(), kept(model), FORWARD))
                        : whole(model, "its definition changed");
            }
            if (!state.get().version().equals(versions.whole(model))) {
                return whole(model, "its inputs were published anew");
            }
            return Owed.of(state.get()).flatMap(_ -> whole(model, OWED));
        }

        private Optional<Step> fill(Model model) {
            Optional<DatasetState> state = published.state(model.name());
            if (state.isEmpty()) {
                return whole(model, "it is not built yet");
            }
            boolean isSame = state.get().definition().equals(model.definition());
            if (!isSame && !kept.containsKey(model.name())) {
                return whole(model, "its definition changed");
            }
            NavigableMap<Interval, Fingerprint> wanted = versions.intervals(model, kept(model));
            List<Interval> stale = stale(wanted, published.filled(model.name()));
            Optional<Interval> owed = Owed.of(state.get());
            if (owed.isPresent() && isSame) {
                List<Interval> again = Owed.with(stale, wanted.keySet(), owed.get());
                return again.isEmpty() ? Optional.empty() : intervals(model, again, OWED);
            }
            String reason = isSame ? Words.stale(stale.size(), wanted.size()) : FORWARD;
            return stale.isEmpty() && isSame ? Optional.empty() : intervals(model, stale, reason);
        }

        private Optional<Step> intervals(Model model, List<Interval> some, String reason) {
            return Optional.of(
                    new Step.Build(model, new Step.Work.Intervals(some), kept(model), reason));
        }

        /// Where nothing is to be made again, what there is: who asked would take it for done.
        private Optional<String> missed(RunRequest.Restatement asked) {
            TableName dataset = asked.dataset();
            Model model = project.models().get(dataset);
            boolean isWhole = model != null && model.kind().intervalGrain().isEmpty();
            if (isWhole || published.state(dataset).isEmpty()) {
                return Optional.empty();
            }
            Intervals there =
                    model == null
                            ? published.batches(dataset).stream()
                                    .map(Batch::eventTimes)
                                    .reduce(Intervals.NONE, Intervals::union)
                            : Intervals.of(versions.intervals(model).keySet());
            return there.overlaps(asked.interval())
                    ? Optional.empty()
                    : Optional.of(Words.missed(asked, there));
        }

        private Optional<Step> restate(Model model, Interval interval) {
            if (model.kind().intervalGrain().isEmpty()) {
                return whole(model, RESTATED);
            }
            List<Interval> again =
                    versions.intervals(model).keySet().stream().filter(interval::overlaps).toList();
            return again.isEmpty() ? Optional.empty() : intervals(model, again, RESTATED);
        }

        /// Definitions whose rows stay: decided now, or when the published definition came.
        private Set<Fingerprint> kept(Model model) {
            return published
                    .state(model.name())
                    .filter(state -> state.definition().equals(model.definition()))
                    .map(Versions::kept)
                    .orElseGet(() -> kept.getOrDefault(model.name(), Set.of()));
        }

        /// The interval to restate of a dataset: of the one that was named, and of everything below it.
        private Optional<Interval> restated(TableName dataset) {
            return request.restate()
                    .filter(restate ->
                            restate.dataset().equals(dataset)
                                    || Topology.isBelow(project, dataset, restate.dataset()))
                    .map(RunRequest.Restatement::interval);
        }

        /// Of a dataset that stays as it is: its checks may be others, or read what changes.
        void considerChecks(TableName dataset) {
            List<CheckSpec> own = checks.of(dataset);
            Optional<DatasetState> state = published.state(dataset);
            TableName before = former.get(dataset);
            if (before != null) {
                steps.add(new Step.Check(dataset, own, "it was called " + before));
                return;
            }
            if (state.isPresent() && isDeclaredOtherwise(dataset)) {
                String reason = "what is declared of it changed, and none of its rows";
                steps.add(new Step.Check(dataset, own, reason));
                return;
            }
            boolean hasAny = !own.isEmpty() || !project.unitTests(dataset).isEmpty();
            if (state.isEmpty() || !hasAny) {
                current.add(new Plan.Current(dataset, Words.current(state)));
                return;
            }
            List<TableName> others =
                    checked.others(dataset).stream().filter(changing::contains).sorted().toList();
            if (!others.isEmpty()) {
                String reason = Words.changes(others) + ", which its checks read";
                steps.add(new Step.Check(dataset, own, reason));
            } else if (!checked.isDone(dataset, state, published)) {
                steps.add(new Step.Check(dataset, own, "its checks, or what they read, changed"));
            } else {
                current.add(new Plan.Current(dataset, Words.current(state)));
            }
        }

        /// Whether a change is still to be put down for which no row has to be made.
        private boolean isDeclaredOtherwise(TableName dataset) {
            return published
                    .declaration(dataset)
                    .filter(before -> declarer.isOther(dataset, before))
                    .isPresent();
        }

        private List<String> warnings() {
            List<String> warnings = new ArrayList<>(project.warnings());
            request.restate().flatMap(this::missed).ifPresent(warnings::add);
            steps.forEach(step -> warnings.addAll(privacyChanges(step, published)));
            Aged.undated(project, published).forEach(e -> warnings.add(e.said()));
            Gone.of(project, published).stream()
                    .map(DatasetState::name)
                    .forEach(name ->
                            warnings.add(
                                    name
                                            + " is published, but the project no longer has"
                                            + " it; it stays as it is until: ade drop "
                                            + name));
            return warnings;
        }
    }

    private static List<String> privacyChanges(Step step, LakeView published) {
        return step instanceof Step.Load load
                ? published
                        .declaration(load.dataset())
                        .map(before -> PrivacyChanges.of(load.source(), before))
                        .orElse(List.of())
                : List.of();
    }

    /// Intervals whose version is not the wanted one, and those that are filled but no longer wanted.
    static List<Interval> stale(Map<Interval, Fingerprint> wanted, List<FilledInterval> filled) {
        Set<Interval> stale = new HashSet<>(wanted.keySet());
        for (FilledInterval there : filled) {
            Fingerprint version = wanted.get(there.interval());
            if (there.version().equals(version)) {
                stale.remove(there.interval());
            } else {
                stale.add(there.interval());
            }
        }
        return stale.stream().sorted().toList();
    }
}
