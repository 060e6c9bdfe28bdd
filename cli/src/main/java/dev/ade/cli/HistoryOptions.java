package dev.ade.cli;

import dev.ade.model.AdeException;
import dev.ade.run.HistoryChoice;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What becomes of rows that are there, where the query of a model with history changed.
final class HistoryOptions {
    @Option(
            names = "--restate-changed",
            paramLabel = "SELECTOR,…",
            arity = "0..1",
            fallbackValue = "",
            description =
                    "Make all history again where a query changed; of these models, or of all.")
    private Optional<String> restate = Optional.empty();

    @Option(
            names = "--forward-only",
            paramLabel = "SELECTOR,…",
            arity = "0..1",
            fallbackValue = "",
            description =
                    "Keep the rows there are where a query changed; of these models, or of all. Only what"
                            + " comes from now on is made by the new query.")
    private Optional<String> forward = Optional.empty();

    HistoryChoice choice() {
        HistoryChoice choice = new HistoryChoice(selectors(restate), selectors(forward));
        boolean isBoth =
                choice.restate().equals(Optional.of(List.of()))
                        && choice.forward().equals(Optional.of(List.of()));
        if (isBoth) {
            throw AdeException.user(
                    "Cannot restate what changed and go forward only: both are asked of every model",
                    "Name models for one of them: --forward-only=order_f");
        }
        return choice;
    }

    private static Optional<List<String>> selectors(Optional<String> text) {
        return text.map(it -> it.isBlank() ? List.of() : List.of(it.split("\\s*,\\s*", -1)));
    }
}
