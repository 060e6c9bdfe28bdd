package dev.ade.cli;

import java.util.List;
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

    List<String> select() {
        return positional.isEmpty() ? named : concat(positional, named);
    }

    List<String> exclude() {
        return exclude;
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return java.util.stream.Stream.concat(first.stream(), second.stream()).toList();
    }
}
