package dev.ade.cli;

import dev.ade.run.RunRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which datasets are meant, in dbt's words.
final class SelectionOptions {
    @Parameters(
            paramLabel = "SELECTOR",
            arity = "0..*",
            description = {
                "What to select, as in dbt: a name, a path, tag:nightly, +model (with what it is made from),"
                        + " model+ (with what is made from it). Everything by default."
            })
    private List<String> positional = List.of();

    @Option(
            names = {"-s", "--select", "-m", "--models"},
            paramLabel = "SELECTOR",
            arity = "1..*",
            description = "The same, as dbt spells it.")
    private List<String> named = List.of();

    @Option(
            names = "--exclude",
            paramLabel = "SELECTOR",
            arity = "1..*",
            description = "What to leave alone.")
    private List<String> exclude = List.of();

    @Option(names = "--selector", paramLabel = "NAME", description = "A selector of selectors.yml.")
    private List<String> saved = List.of();

    @Option(
            names = "--state",
            paramLabel = "FOLDER",
            description = {
                "Compare state:, result: and source_status: with dbt's files in this folder, not with what is published."
            })
    private @Nullable Path state;

    /// What is asked for of the datasets that are meant.
    ///
    /// @param command as it was typed
    RunRequest request(RunRequest.Refresh refresh, String command) {
        List<String> select =
                Stream.of(
                                positional.stream(),
                                named.stream(),
                                saved.stream().map(name -> "selector:" + name))
                        .flatMap(part -> part)
                        .toList();
        return new RunRequest(select, exclude, refresh, Optional.empty(), command)
                .comparedWith(Optional.ofNullable(state));
    }
}
