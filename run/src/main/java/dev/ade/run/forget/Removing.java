package dev.ade.run.forget;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.Fingerprint;
import dev.ade.model.RunId;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.run.environment.LastRun;
import dev.ade.run.environment.RunLogs;
import dev.ade.run.forget.Forgotten.Hit;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Draft;
import dev.ade.spi.Lake;
import dev.ade.spi.LakeView;
import dev.ade.spi.Suppression;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// Takes the rows out of one environment after the other. What two of them share is written once. Used by one thread.
final class Removing {

    private static final int ATTEMPTS_MAX = 3;

    private final Forgetter.Parts parts;
    private final Survey survey;
    private final ForgetRequest request;
    private final Map<Shared, Made> made = new HashMap<>();

    Removing(Forgetter.Parts parts, Survey survey, ForgetRequest request) {
        this.parts = parts;
        this.survey = survey;
        this.request = request;
    }

    record Removed(RunId run, List<Hit> hits) {}

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

    Removed from(EnvironmentName environment) {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(environment);
            } catch (AdeException e) {
                if (e.kind() != AdeException.Kind.CONFLICT || attempt == ATTEMPTS_MAX) {
                    throw e;
                }
            }
        }
    }

    private Removed attempt(EnvironmentName environment) {
        Lake.RunStart start = start();
        try (Draft draft = parts.lake().begin(environment, start)) {
            Survey.Found found = survey.of(request, environment, draft);
            Cut cut = new Cut(parts.engine(), parts.compiled().project(), draft);
            Map<Shared, Made> own = new HashMap<>();
            for (Target target : found.holding()) {
                Shared shared = Shared.of(draft.state(target.dataset()).orElseThrow());
                if (!isAdopted(draft, shared)) {
                    cut.rows(target);
                    own.put(shared, new Made(environment, draft.run()));
                }
            }
            draft.suppress(found.suppressions());
            long rows =
                    found.hits().stream()
                            .filter(hit -> hit.column().isEmpty())
                            .mapToLong(Hit::rows)
                            .sum();
            String message =
                    LastRun.FORGOT
                            + "%s: %s of %s"
                                    .formatted(
                                            Wording.count(request.keys().size(), "key"),
                                            Wording.count(rows, "row"),
                                            Wording.count(found.holding().size(), "dataset"));
            publish(draft, start, message);
            made.putAll(own);
            return new Removed(draft.run(), found.hits());
        }
    }

    private boolean isAdopted(Draft draft, Shared shared) {
        Made before = made.get(shared);
        if (before == null) {
            return false;
        }
        LakeView there = parts.lake().read(before.environment());
        boolean isStill =
                there.state(shared.dataset())
                        .filter(state -> state.run().equals(before.run()))
                        .isPresent();
        if (isStill) {
            draft.adopt(shared.dataset(), there);
        }
        return isStill;
    }

    /// Where no environment held them any more, only old files did.
    void suppress(Set<Suppression> suppressions, Set<EnvironmentName> done) {
        if (done.isEmpty()) {
            Lake.RunStart start = start();
            try (Draft draft = parts.lake().begin(request.environment(), start)) {
                draft.suppress(suppressions);
                publish(draft, start, LastRun.FORGOT + Wording.count(request.keys().size(), "key"));
            }
        }
    }

    private Lake.RunStart start() {
        return new Lake.RunStart(parts.clock().instant(), request.command(), parts.user());
    }

    private void publish(Draft draft, Lake.RunStart start, String message) {
        Draft.RunEnd end =
                new Draft.RunEnd(parts.clock().instant(), Lake.RunState.PUBLISHED, message);
        new RunLogs(parts.engine()).add(draft, end, start);
        draft.publish(end, Map.of());
    }
}
