package dev.ade.run.forget;

import dev.ade.model.EnvironmentName;
import dev.ade.model.Fingerprint;
import dev.ade.model.RunId;
import dev.ade.model.TableName;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Draft;
import dev.ade.spi.Lake;
import dev.ade.spi.LakeView;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/// Writes once what several environments share. Used by one thread.
final class Once {
    private final Lake lake;
    private final Map<Shared, Made> made = new HashMap<>();
    private final Map<Shared, Made> drafted = new HashMap<>();

    Once(Lake lake) {
        this.lake = lake;
    }

    /// The same data with the same facts.
    private record Shared(
            TableName dataset,
            OptionalLong snapshot,
            Fingerprint version,
            Fingerprint definition,
            Map<String, String> properties) {
        static Shared of(DatasetState state) {
            return new Shared(
                    state.name(),
                    state.snapshotId(),
                    state.version(),
                    state.definition(),
                    state.properties());
        }
    }

    private record Made(EnvironmentName environment, RunId run) {}

    /// Takes over what another environment published of the same data, where there is such.
    boolean adopted(Draft draft, TableName name) {
        Made before = made.get(Shared.of(draft.state(name).orElseThrow()));
        if (before == null) {
            return false;
        }
        LakeView there = lake.read(before.environment());
        boolean isStill =
                there.state(name).filter(state -> state.run().equals(before.run())).isPresent();
        if (isStill) {
            draft.adopt(name, there);
        }
        return isStill;
    }

    /// Remembers what `work` makes of a dataset, once the draft is published.
    void make(Draft draft, TableName name, Runnable work) {
        Shared shared = Shared.of(draft.state(name).orElseThrow());
        work.run();
        drafted.put(shared, new Made(draft.environment(), draft.run()));
    }

    void published() {
        made.putAll(drafted);
        drafted.clear();
    }

    /// The draft was not published: what it made is nobody's.
    void abandoned() {
        drafted.clear();
    }
}
