package dev.ade.run.build;

import dev.ade.model.Fingerprint;
import dev.ade.model.Interval;
import dev.ade.model.Kind;
import dev.ade.model.Model;
import dev.ade.spi.Draft;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.function.Function;

/// Makes a model's dataset in a draft.
public final class Builder {
    private final BuildContext context;

    public Builder(BuildContext context) {
        this.context = context;
    }

    /// Everything, or for incremental models what their strategy adds.
    ///
    /// @param version that the dataset will have
    public Built build(Fingerprint version) {
        return build(version, History.NONE);
    }

    /// Definitions whose rows a changed model keeps.
    ///
    /// @param follows the version of data that a model would have
    public record History(Set<Fingerprint> kept, Function<Model, Fingerprint> follows) {
        static final History NONE = new History(Set.of(), Model::definition);
    }

    /// The same for a model whose query changed, which keeps the rows of its earlier definitions.
    public Built build(Fingerprint version, History history) {
        Model model = context.model();
        Draft.Stamp stamp = stamp(version);
        return switch (model.kind()) {
            case Kind.View _ -> new ViewBuild(context).build(stamp);
            case Kind.Table _ -> new TableBuild(context).build(stamp);
            case Kind.Incremental incremental ->
                    new IncrementalBuild(context, incremental).build(stamp, history);
            case Kind.Custom custom -> new CustomBuild(context, custom).build(stamp, history);
            case Kind.Dimension dimension -> new DimensionBuild(context, dimension).build(stamp);
            case Kind.Snapshot snapshot -> new SnapshotBuild(context, snapshot.spec()).build(stamp);
            case Kind.Fact _, Kind.Day _ ->
                    throw new IllegalArgumentException(model.name() + " is filled by intervals");
        };
    }

    /// Everything from scratch, whatever the kind; but what a snapshot recorded nobody could tell again.
    public Built rebuild(Fingerprint version) {
        if (context.model().kind() instanceof Kind.Incremental incremental) {
            return new IncrementalBuild(context, incremental).rebuild(stamp(version));
        }
        if (context.model().kind() instanceof Kind.Custom custom) {
            return new CustomBuild(context, custom).rebuild(stamp(version));
        }
        return build(version);
    }

    /// Replaces intervals of a fact or day.
    ///
    /// @param stale intervals to replace
    /// @param wanted all intervals it should have, with their versions
    public Built fill(List<Interval> stale, NavigableMap<Interval, Fingerprint> wanted) {
        return new IntervalBuild(context).fill(stale, wanted);
    }

    private Draft.Stamp stamp(Fingerprint version) {
        return new Draft.Stamp(version, context.model().definition(), properties(context.model()));
    }

    static Map<String, String> properties(Model model) {
        return Map.of("kind", model.kind().word());
    }
}
