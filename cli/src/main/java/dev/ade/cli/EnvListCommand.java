package dev.ade.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ade.app.Ade;
import dev.ade.app.AdeEnvironments.Role;
import dev.ade.app.AdeEnvironments.Summary;
import dev.ade.cli.console.Grid;
import dev.ade.cli.console.Json;
import dev.ade.cli.console.Words;
import dev.ade.model.Wording;
import dev.ade.spi.Lake;
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
        name = "list",
        description = "Lists environments, and how far each is from the one it was made from.",
        footer = {"", "Examples:", "  ade env list", "  ade env list --json"})
final class EnvListCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private FolderOptions project = new FolderOptions();

    @Option(names = "--json", description = "Print it as one JSON object.")
    private boolean json;

    EnvListCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (Ade ade = shell.opener().apply(project.options(Optional.empty()))) {
            List<Summary> all = ade.environments().list();
            if (json) {
                Json.print(shell.out(), out -> write(out, all));
            } else {
                print(all);
            }
        }
        return 0;
    }

    private void print(List<Summary> all) {
        Grid grid =
                new Grid(
                                shell.screen(),
                                List.of(
                                        "environment",
                                        "from",
                                        "datasets",
                                        "changed",
                                        "behind",
                                        "created",
                                        "last run"))
                        .right(2)
                        .right(3)
                        .right(4);
        for (Summary one : all) {
            boolean isDefault = one.role() == Role.DEFAULT;
            grid.row(
                    List.of(
                            one.name() + (isDefault ? " (default)" : ""),
                            one.origin().map(Object::toString).orElse(""),
                            Words.number(one.datasets()),
                            one.origin().isPresent() ? Words.number(one.changed()) : "",
                            one.origin().isPresent() ? Words.number(one.behind()) : "",
                            one.createdAt().map(this::ago).orElse("not yet"),
                            one.lastRun().map(this::words).orElse("")));
        }
        grid.print(shell.out());
    }

    private String words(Lake.RunRecord run) {
        return "%s %s, %s".formatted(run.run(), state(run).replace('_', ' '), ago(run.startedAt()));
    }

    private String ago(Instant then) {
        return Words.ago(Duration.between(then, shell.clock().instant()));
    }

    private static String state(Lake.RunRecord run) {
        return Wording.of(run.state());
    }

    private static void write(JsonGenerator out, List<Summary> all) throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart("environments");
        for (Summary one : all) {
            write(out, one);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    static void write(JsonGenerator out, Summary one) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", one.name().toString());
        out.writeBooleanField("default", one.role() == Role.DEFAULT);
        text(out, "from", one.origin());
        text(out, "created_at", one.createdAt());
        out.writeNumberField("datasets", one.datasets());
        out.writeNumberField("changed", one.changed());
        out.writeNumberField("behind", one.behind());
        Json.figure(out, "last_run_id", one.lastRun().map(it -> it.run().number()).orElse(-1L));
        text(out, "last_run_state", one.lastRun().map(EnvListCommand::state));
        out.writeEndObject();
    }

    private static void text(JsonGenerator out, String field, Optional<?> value)
            throws IOException {
        out.writeStringField(field, value.map(Object::toString).orElse(null));
    }
}
