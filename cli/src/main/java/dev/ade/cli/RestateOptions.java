package dev.ade.cli;

import dev.ade.model.AdeException;
import dev.ade.model.Interval;
import dev.ade.model.TableName;
import dev.ade.run.RunRequest;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Intervals that are filled again on purpose.
final class RestateOptions {
    @Option(
            names = "--restate",
            paramLabel = "DATASET",
            description = "Fill intervals of a fact or day model again, with everything below.")
    private Optional<String> restate = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Where the restatement starts; UTC.")
    private Optional<String> from = Optional.empty();

    @Option(names = "--to", paramLabel = "TIME", description = "Where it ends, exclusively; UTC.")
    private Optional<String> to = Optional.empty();

    Optional<RunRequest.Restatement> restatement() {
        if (restate.isEmpty() && from.isEmpty() && to.isEmpty()) {
            return Optional.empty();
        }
        if (restate.isEmpty() || from.isEmpty() || to.isEmpty()) {
            throw AdeException.user(
                    "Cannot restate: --restate, --from and --to belong together",
                    "Try ade run --restate shop.order_f --from 2026-01-01 --to 2026-01-08");
        }
        Interval interval =
                new Interval(Moments.eventTime(from.get()), Moments.eventTime(to.get()));
        return Optional.of(new RunRequest.Restatement(TableName.parse(restate.get()), interval));
    }
}
