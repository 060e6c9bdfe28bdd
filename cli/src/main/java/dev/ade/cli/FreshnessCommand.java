package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.cli.console.Grid;
import dev.ade.cli.console.Json;
import dev.ade.cli.console.Words;
import dev.ade.model.Freshness;
import dev.ade.model.Wording;
import dev.ade.run.RunRequest;
import dev.ade.run.SourceAges;
import dev.ade.run.SourceAges.Age;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "freshness",
        description = "Says how old the newest rows of sources are.",
        footer = {
            "",
            "Examples:",
            "  ade source freshness               every source that declares freshness",
            "  ade source freshness source:shop --json",
            "",
            "Exit status: 0 none is too old, 1 one is, or it could not be found out."
        })
final class FreshnessCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Mixin private SelectionOptions selection = new SelectionOptions();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    FreshnessCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (Ade ade = shell.opener().apply(project.options())) {
            Ade.SourceFreshness found =
                    ade.freshness(selection.request(RunRequest.Refresh.CHANGED, shell.command()));
            if (json) {
                Json.print(shell.out(), out -> write(out, found));
            } else {
                print(found);
            }
            return found.ages().stream().anyMatch(age -> isBad(age.status())) ? 1 : 0;
        }
    }

    private static boolean isBad(SourceAges.Status status) {
        return switch (status) {
            case ERROR, UNKNOWN -> true;
            case PASS, WARN -> false;
        };
    }

    private void print(Ade.SourceFreshness found) {
        if (found.ages().isEmpty()) {
            shell.out().println("No source that is selected declares freshness.");
            return;
        }
        Grid grid =
                new Grid(
                                shell.screen(),
                                List.of(
                                        "",
                                        "source",
                                        "newest",
                                        "age",
                                        "warn after",
                                        "error after",
                                        "found"))
                        .openEnd();
        found.ages().forEach(age -> grid.row(cells(age, found.at())));
        shell.out().println();
        grid.print(shell.out());
        shell.out().println();
    }

    private List<String> cells(Age age, Instant at) {
        Freshness freshness = age.source().freshness().orElseThrow();
        return List.of(
                mark(age.status()),
                age.source().name().toString(),
                age.newest().map(it -> it.toString().replaceFirst("\\.\\d+Z$", "Z")).orElse(""),
                text(age.age(at)),
                text(freshness.warnAfter()),
                text(freshness.errorAfter()),
                age.message());
    }

    private static String text(Optional<Duration> duration) {
        return duration.map(Words::duration).orElse("");
    }

    private String mark(SourceAges.Status status) {
        return switch (status) {
            case PASS -> shell.screen().green("✓");
            case WARN -> shell.screen().yellow("!");
            case ERROR, UNKNOWN -> shell.screen().red("✗");
        };
    }

    private static void write(
            com.fasterxml.jackson.core.JsonGenerator out, Ade.SourceFreshness found)
            throws IOException {
        out.writeStartObject();
        out.writeStringField("at", found.at().toString());
        out.writeArrayFieldStart("sources");
        for (Age age : found.ages()) {
            out.writeStartObject();
            out.writeStringField("source", age.source().name().toString());
            out.writeStringField("status", Wording.of(age.status()));
            if (age.newest().isPresent()) {
                out.writeStringField("newest", age.newest().get().toString());
            } else {
                out.writeNullField("newest");
            }
            Json.figure(
                    out, "age_seconds", age.age(found.at()).map(Duration::toSeconds).orElse(-1L));
            out.writeStringField("message", age.message());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }
}
