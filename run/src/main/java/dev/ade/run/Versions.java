package dev.ade.run;

import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import dev.ade.model.Grain;
import dev.ade.model.Interval;
import dev.ade.model.Intervals;
import dev.ade.model.Kind;
import dev.ade.model.Model;
import dev.ade.model.Project;
import dev.ade.model.TableName;
import dev.ade.run.forget.LostTime;
import dev.ade.run.lineage.TimedBy;
import dev.ade.spi.Batch;
import dev.ade.spi.DatasetState;
import dev.ade.spi.FilledInterval;
import dev.ade.spi.LakeView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the data of a model should follow from, given what its inputs are in a view.
///
/// Versions form a Merkle tree: a model's hashes its definition and its inputs' versions; an interval's
/// hashes only those parts of its inputs that lie in the interval. So a late batch changes the versions of
/// exactly the intervals it touches, and of what is built from them.
final class Versions {
    /// ADE's own datasets grow with every run; a model that reads them is not stale because of that.
    private static final String OWN_NAMESPACE = "ade";

    /// The property under which a dataset that adds to its rows keeps what they follow from.
    static final String FOLLOWS = "follows";

    /// The property under which a renamed dataset keeps what it was first called.
    static final String IDENTITY = "identity";

    /// The property under which a dataset keeps the definitions whose rows it kept.
    static final String KEPT = "kept_definitions";

    private final Project project;
    private final LakeView view;
    private final Map<TableName, List<Part>> parts = new HashMap<>();
    private final Map<TableName, Intervals> lost = new HashMap<>();

    /// Whether facts and days are filled by intervals at all, which follows from all that is above them.
    private final Map<TableName, Boolean> splits = new HashMap<>();

    Versions(Project project, LakeView view) {
        this.project = project;
        this.view = view;
    }

    /// The version of all of a model's data. A snapshot's follows from every version it had before, too.
    Fingerprint whole(Model model) {
        Fingerprint now = follows(model);
        Optional<DatasetState> state = view.state(model.name()).filter(_ -> addsTo(model));
        boolean isThat =
                state.filter(it -> now.hex().equals(it.properties().get(FOLLOWS))).isPresent();
        if (isThat) {
            return state.get().version();
        }
        return model.kind() instanceof Kind.Snapshot
                ? state.map(it -> Fingerprint.of("after", it.version(), now)).orElse(now)
                : now;
    }

    /// The same where all of it is made from scratch: the rows may be others than those that earlier runs had added.
    Fingerprint afresh(Model model) {
        Fingerprint version = whole(model);
        return view.state(model.name())
                .filter(_ -> addsTo(model) && !(model.kind() instanceof Kind.Snapshot))
                .map(state -> Fingerprint.of("afresh", state.version(), version))
                .orElse(version);
    }

    /// Whether what a run makes depends on what earlier runs left there.
    static boolean addsTo(Model model) {
        return switch (model.kind()) {
            case Kind.Incremental _, Kind.Custom _, Kind.Snapshot _ -> true;
            case Kind.View _, Kind.Table _, Kind.Dimension _, Kind.Fact _, Kind.Day _ -> false;
        };
    }

    /// What a model's query says and reads now, whatever it said and read before.
    Fingerprint follows(Model model) {
        List<Object> from = new ArrayList<>();
        from.add(model.definition());
        for (TableName input : inputs(model)) {
            from.add(first(input));
            from.add(require(model, input));
        }
        return Fingerprint.of(from);
    }

    /// In an order that renaming does not change.
    private List<TableName> inputs(Model model) {
        return model.inputs().stream()
                .sorted(Comparator.comparing(this::first).thenComparing(name -> name))
                .toList();
    }

    private TableName first(TableName name) {
        return view.state(name).map(Versions::identity).orElse(name);
    }

    /// What a dataset was first called.
    static TableName identity(DatasetState state) {
        String first = state.properties().get(IDENTITY);
        return first == null ? state.name() : TableName.parse(first);
    }

    /// Definitions whose rows a dataset keeps beside those of its own.
    static Set<Fingerprint> kept(DatasetState state) {
        String hex = state.properties().getOrDefault(KEPT, "");
        return hex.isEmpty()
                ? Set.of()
                : Stream.of(hex.split(",", -1)).map(Fingerprint::new).collect(Collectors.toSet());
    }

    static String text(Set<Fingerprint> kept) {
        return kept.stream().sorted().map(Fingerprint::hex).collect(Collectors.joining(","));
    }

    /// The same, where what is filled by one of the definitions in `kept` is as good as new.
    NavigableMap<Interval, Fingerprint> intervals(Model model, Set<Fingerprint> kept) {
        NavigableMap<Interval, Fingerprint> wanted = intervals(model);
        for (FilledInterval filled : view.filled(model.name())) {
            Interval interval = filled.interval();
            boolean isKept =
                    wanted.containsKey(interval)
                            && kept.stream()
                                    .map(one -> version(model.withDefinition(one), interval))
                                    .anyMatch(filled.version()::equals);
            if (isKept) {
                wanted.put(interval, filled.version());
            }
        }
        return wanted;
    }

    /// Every interval that a model should be filled by, with its version.
    NavigableMap<Interval, Fingerprint> intervals(Model model) {
        Grain grain = model.kind().intervalGrain().orElseThrow();
        NavigableMap<Interval, Fingerprint> wanted = new TreeMap<>();
        for (Interval interval : span(model, grain)) {
            if (!isRetained(model, interval)) {
                wanted.put(interval, version(model, interval));
            }
        }
        for (FilledInterval filled : view.filled(model.name())) {
            if (isRetained(model, filled.interval())) {
                wanted.put(filled.interval(), filled.version());
            }
        }
        return wanted;
    }

    /// True for intervals of which rows were removed, here or where they come from, because they were kept long enough:
    /// nothing can make them whole again, so they stay as they are.
    boolean isRetained(Model model, Interval interval) {
        return !interval.equals(Interval.ALWAYS)
                && (isCut(Stream.of(model.name()), interval)
                        || isCut(stored(model), Reach.of(model, interval)));
    }

    private boolean isCut(Stream<TableName> names, Interval interval) {
        return names.map(this::lost).anyMatch(lost -> lost.overlaps(interval));
    }

    private Intervals lost(TableName name) {
        return lost.computeIfAbsent(
                name, it -> view.state(it).map(LostTime::of).orElse(Intervals.NONE));
    }

    /// What a model reads by event time, with what views among that read.
    private Stream<TableName> stored(Model model) {
        return model.inputs().stream().filter(input -> isTimed(model, input)).flatMap(this::stored);
    }

    private Stream<TableName> stored(TableName timed) {
        return Optional.ofNullable(project.models().get(timed))
                .filter(it -> it.kind() instanceof Kind.View)
                .map(view -> view.inputs().stream().flatMap(this::stored))
                .orElseGet(() -> Stream.of(timed));
    }

    private List<Interval> span(Model model, Grain grain) {
        Intervals covered = Intervals.NONE;
        boolean anyTimed = false;
        for (TableName input : model.inputs()) {
            if (isTimed(model, input)) {
                anyTimed = true;
                List<Interval> times = new ArrayList<>();
                parts(input).forEach(part -> times.addAll(part.times().list()));
                covered = covered.union(Intervals.of(times));
            }
        }
        if (!anyTimed) {
            return List.of(Interval.ALWAYS);
        }
        Interval since =
                new Interval(model.kind().begin().orElse(Interval.BEGINNING), Interval.END);
        return lookedBackAt(model, covered).intersect(Intervals.of(since)).split(grain);
    }

    /// With what comes after: rows may be made there of what a lookback lets in.
    private static Intervals lookedBackAt(Model model, Intervals covered) {
        Grain grain = model.kind().intervalGrain().orElseThrow();
        return Intervals.of(
                covered.widen(grain).list().stream()
                        .map(it -> new Interval(it.from(), Reach.end(model, it)))
                        .toList());
    }

    /// The version of one interval, made by the model as it is now.
    Fingerprint version(Model model, Interval interval) {
        Interval reach = Reach.of(model, interval);
        List<Object> from = new ArrayList<>();
        from.add(model.definition());
        for (TableName input : inputs(model)) {
            from.add(first(input));
            if (isTimed(model, input)) {
                from.add(
                        parts(input).stream()
                                .filter(part -> part.times().overlaps(reach))
                                .map(Part::version)
                                .sorted()
                                .toList());
            } else {
                from.add(require(model, input));
            }
        }
        return Fingerprint.of(from);
    }

    /// True for what a model sees only through the interval that it fills.
    boolean isTimed(Model reader, TableName input) {
        return isTimed(reader, input, reader.kind().intervalGrain());
    }

    private boolean isTimed(Model reader, TableName input, Optional<Grain> intervals) {
        return !reader.whole().contains(input) && isTimed(input, intervals);
    }

    /// True for datasets whose rows can be told apart by event time: what reads them by interval sees only
    /// the rows of the interval.
    private boolean isTimed(TableName dataset, Optional<Grain> intervals) {
        if (project.eventTime(dataset).isEmpty()) {
            return false;
        }
        Model model = project.models().get(dataset);
        if (model == null) {
            return true;
        }
        return switch (model.kind()) {
            case Kind.Fact _, Kind.Day _ -> isSplit(model);
            case Kind.View _ ->
                    model.inputs().stream().allMatch(input -> isTimed(model, input, intervals))
                            && isTimedByInputs(model, intervals);
            case Kind.Table _,
                    Kind.Incremental _,
                    Kind.Custom _,
                    Kind.Dimension _,
                    Kind.Snapshot _ ->
                    false;
        };
    }

    /// Of one that sees all its inputs whole nobody knows when its rows changed.
    private boolean isSplit(Model model) {
        Boolean known = splits.get(model.name());
        if (known == null) {
            known = model.inputs().stream().anyMatch(input -> isTimed(model, input));
            splits.put(model.name(), known);
        }
        return known;
    }

    /// Whether a view has its rows where its inputs have those they are made from. Of one that is not made yet nobody knows.
    private boolean isTimedByInputs(Model model, Optional<Grain> intervals) {
        Optional<DatasetState> made = view.state(model.name());
        return made.isEmpty()
                || TimedBy.of(made.get().properties())
                        .followsAll(
                                project.eventTimes(model.inputs()), intervals.orElse(Grain.HOUR));
    }

    /// The pieces of a timed dataset that change on their own.
    private List<Part> parts(TableName dataset) {
        List<Part> known = parts.get(dataset);
        if (known == null) {
            known = findParts(dataset);
            parts.put(dataset, known);
        }
        return known;
    }

    private List<Part> findParts(TableName dataset) {
        Model model = project.models().get(dataset);
        if (model == null) {
            return view.batches(dataset).stream().map(Part::of).toList();
        }
        if (model.kind() instanceof Kind.View) {
            return model.inputs().stream()
                    .flatMap(input -> parts(input).stream())
                    .map(part -> part.through(model))
                    .toList();
        }
        return view.filled(dataset).stream().map(Part::of).toList();
    }

    private Fingerprint require(Model model, TableName input) {
        if (input.namespace().equals(OWN_NAMESPACE)) {
            return Fingerprint.of(OWN_NAMESPACE);
        }
        return view.state(input)
                .map(DatasetState::version)
                .orElseThrow(() ->
                        AdeException.user(
                                "Cannot build %s: it reads %s, which is not there yet"
                                        .formatted(model.name(), input),
                                "Build it too: ade run +" + model.name()));
    }

    /// @param times event time it has rows in
    private record Part(Intervals times, Fingerprint version) {
        static Part of(Batch batch) {
            return new Part(batch.eventTimes(), Fingerprint.of(batch.id(), batch.contract()));
        }

        static Part of(FilledInterval filled) {
            return new Part(Intervals.of(filled.interval()), filled.version());
        }

        Part through(Model view) {
            return new Part(times, Fingerprint.of(view.definition(), version));
        }
    }
}
