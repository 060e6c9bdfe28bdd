package dev.ade.cli;

import dev.ade.model.AdeException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// A flag of dbt that scripts pass along, and that ADE has no work for. One that could change what comes out is never
/// passed over: either it is told what happens instead, or the command is refused.
///
/// @param names every spelling
/// @param text what a person has to know; empty where there is nothing
record DbtFlag(List<String> names, Shape shape, Meaning meaning, String text) {
    private enum Shape {
        FLAG,
        VALUE
    }

    private enum Meaning {
        /// It changes nothing that comes out.
        NOTHING,
        /// What comes out is the same or nearly so, for a reason.
        TOLD,
        /// Something else would come out.
        REFUSED
    }

    private static final String DEFERRED =
            "an environment reads what it has not made itself from the one it was created from (ade env create), so there"
                    + " is nothing to defer; --state says what to compare with, and no table is read by it";
    private static final String FAVORED =
            "what an environment has made itself comes first; make a new one of the other to read only that (ade env"
                    + " create)";
    private static final String COMPARED =
            "this command compares with what is published in the environment, not with a folder of artifacts";
    private static final String PROFILED =
            "data is kept in ADE's own storage; templates see the profiles.yml of the project's folder";
    private static final String GUARDED =
            "every check of what is built runs, because what fails one is not published";
    private static final String RESTATED =
            "fill intervals again with ade run --restate DATASET --from TIME --to TIME";

    static final List<DbtFlag> ALL =
            Stream.of(
                            Stream.of(
                                            "debug",
                                            "quiet",
                                            "print",
                                            "browser",
                                            "use-colors",
                                            "use-colors-file",
                                            "partial-parse",
                                            "partial-parse-file-diff",
                                            "populate-cache",
                                            "cache-selected-only",
                                            "version-check",
                                            "send-anonymous-usage-stats",
                                            "static-parser",
                                            "use-experimental-parser",
                                            "use-fast-test-edges",
                                            "introspect",
                                            "macro-debugging",
                                            "single-threaded",
                                            "inject-ephemeral-ctes",
                                            "show-resource-report",
                                            "log-cache-events",
                                            "upload-to-artifacts-ingest-api",
                                            "show-all-deprecations")
                                    .map(DbtFlag::harmless),
                            Stream.of("-d", "-q").map(name -> of(Meaning.NOTHING, "", name)),
                            Stream.of(
                                            "--threads",
                                            "--printer-width",
                                            "--log-format",
                                            "--log-format-file",
                                            "--log-level",
                                            "--log-level-file",
                                            "--log-path",
                                            "--log-file-max-bytes",
                                            "--record-timing-info")
                                    .map(name -> valued(Meaning.NOTHING, "", name)),
                            Stream.of(
                                    of(Meaning.NOTHING, "", "--no-defer", "--no-favor-state"),
                                    of(Meaning.NOTHING, "", "--no-store-failures"),
                                    of(Meaning.NOTHING, "", "--no-fail-fast", "--no-warn-error"),
                                    of(Meaning.NOTHING, "", "--no-empty", "--write-json"),
                                    of(
                                            Meaning.TOLD,
                                            "files are written; say flags: {write_json: false} in dbt_project.yml",
                                            "--no-write-json"),
                                    of(Meaning.TOLD, DEFERRED, "--defer"),
                                    of(Meaning.TOLD, FAVORED, "--favor-state"),
                                    valued(Meaning.TOLD, DEFERRED, "--defer-state"),
                                    valued(Meaning.TOLD, COMPARED, "--state"),
                                    valued(Meaning.TOLD, PROFILED, "--profiles-dir", "--profile"),
                                    valued(Meaning.TOLD, GUARDED, "--indirect-selection"),
                                    of(
                                            Meaning.TOLD,
                                            "rows that fail are kept by runs: ade build --store-failures",
                                            "--store-failures"),
                                    valued(
                                            Meaning.TOLD,
                                            "files go where target-path of dbt_project.yml says",
                                            "--target-path"),
                                    of(
                                            Meaning.REFUSED,
                                            "ade plan binds every query and reads no rows",
                                            "--empty"),
                                    valued(
                                            Meaning.REFUSED,
                                            "runs read all rows; try a change out in an environment (ade env create)",
                                            "--sample"),
                                    valued(
                                            Meaning.REFUSED,
                                            RESTATED,
                                            "--event-time-start",
                                            "--event-time-end"),
                                    of(
                                            Meaning.REFUSED,
                                            "give checks severity: error in the project",
                                            "--warn-error"),
                                    valued(
                                            Meaning.REFUSED,
                                            "give checks severity: error in the project",
                                            "--warn-error-options")))
                    .flatMap(part -> part)
                    .toList();

    private static DbtFlag harmless(String word) {
        return of(Meaning.NOTHING, "", "--" + word, "--no-" + word);
    }

    private static DbtFlag of(Meaning meaning, String text, String... names) {
        return new DbtFlag(List.of(names), Shape.FLAG, meaning, text);
    }

    private static DbtFlag valued(Meaning meaning, String text, String... names) {
        return new DbtFlag(List.of(names), Shape.VALUE, meaning, text);
    }

    /// Lets a command take every flag that it has no option for.
    static void addTo(CommandSpec command) {
        for (DbtFlag flag : ALL) {
            boolean isKnown = flag.names().stream().anyMatch(command.optionsMap()::containsKey);
            if (!isKnown) {
                command.addOption(flag.option());
            }
        }
    }

    private OptionSpec option() {
        OptionSpec.Builder option =
                OptionSpec.builder(names.toArray(String[]::new)).hidden(true).userObject(this);
        return switch (shape) {
            case FLAG -> option.arity("0").type(boolean.class).build();
            case VALUE -> option.arity("1").type(String.class).build();
        };
    }

    /// What is worth a word of the flags that were given.
    ///
    /// @throws AdeException USER where one would change what comes out
    static List<String> notes(ParseResult command) {
        return command.matchedOptions().stream()
                .filter(option -> option.userObject() instanceof DbtFlag)
                .distinct()
                .flatMap(option -> ((DbtFlag) option.userObject()).note().stream())
                .toList();
    }

    private Optional<String> note() {
        return switch (meaning) {
            case NOTHING -> Optional.empty();
            case TOLD -> Optional.of("%s: %s".formatted(names.getFirst(), text));
            case REFUSED ->
                    throw AdeException.user(
                            "Cannot use %s: ADE has no such thing".formatted(names.getFirst()),
                            "Instead: " + text);
        };
    }
}
