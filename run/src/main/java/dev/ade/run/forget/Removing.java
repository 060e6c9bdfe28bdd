package dev.ade.run.forget;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.RunId;
import dev.ade.model.Wording;
import dev.ade.run.environment.LastRun;
import dev.ade.run.environment.RunLogs;
import dev.ade.run.forget.Forgotten.Hit;
import dev.ade.spi.Draft;
import dev.ade.spi.Lake;
import dev.ade.spi.Suppression;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes the rows out of one environment after the other. What two of them share is written once. Used by one thread.
final class Removing {

    private static final int ATTEMPTS_MAX = 3;

    private final Forgetter.Parts parts;
    private final Survey survey;
    private final ForgetRequest request;
    private final Quotations quotable;
    private final Once once;

    /// @param quotable of all environments
    Removing(Forgetter.Parts parts, Survey survey, ForgetRequest request, Quotations quotable) {
        this.parts = parts;
        this.survey = survey;
        this.request = request;
        this.quotable = quotable;
        this.once = new Once(parts.lake());
    }

    record Removed(RunId run, List<Hit> hits) {}

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
            quotable.add(found.quotable());
            survey.addLogs(environment, draft, quotable, found);
            Cut cut = new Cut(parts.engine(), parts.compiled().project(), draft);
            once.abandoned();
            for (Target target : found.holding()) {
                if (!once.adopted(draft, target.dataset())) {
                    once.make(draft, target.dataset(), () -> cut.rows(target));
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
            once.published();
            return new Removed(draft.run(), found.hits());
        }
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
