package dev.ade.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ade.app.Ade;
import dev.ade.app.Ade.ReadPoint;
import dev.ade.cli.console.Grid;
import dev.ade.cli.console.Json;
import dev.ade.cli.console.Screen;
import dev.ade.cli.console.Words;
import dev.ade.model.EnvironmentName;
import dev.ade.model.Project;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.run.Waiting;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Lake;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        description = "Lists datasets and the last runs.",
        footer = {"", "Examples:", "  ade status", "  ade status --json | jq '.datasets[].name'"})
final class StatusCommand implements Callable<Integer> {
    private static final int RUNS = 10;

    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Option(names = "--json", description = "Print it as one JSON object.")
    private boolean json;

    StatusCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (Ade ade = shell.opener().apply(project.options())) {
            List<DatasetState> states =
                    ade.datasets(new ReadPoint.Now()).stream()
                            .sorted(Comparator.comparing(DatasetState::name))
                            .toList();
            List<TableName> missing = missing(ade.project(), states);
            List<Lake.RunRecord> runs = ade.runs(RUNS);
            List<Waiting> waiting = ade.waiting();
            if (json) {
                Json.print(
                        shell.out(),
                        out -> {
                            out.writeStartObject();
                            write(out, ade.environment(), states, missing, runs);
                            write(out, waiting);
                            out.writeEndObject();
                        });
            } else {
                EnvironmentName environment = ade.environment();
                if (!environment.equals(ade.project().settings().environment())) {
                    shell.out().println("Environment " + environment);
                    shell.out().println();
                }
                print(states, missing, runs);
                print(waiting);
            }
        }
        return 0;
    }

    private static List<TableName> missing(Project project, List<DatasetState> states) {
        TreeSet<TableName> missing = new TreeSet<>(project.sources().keySet());
        missing.addAll(project.models().keySet());
        states.forEach(state -> missing.remove(state.name()));
        return List.copyOf(missing);
    }

    private void print(
            List<DatasetState> states, List<TableName> missing, List<Lake.RunRecord> runs) {
        Screen screen = shell.screen();
        Grid grid =
                new Grid(
                                screen,
                                List.of(
                                        "dataset",
                                        "kind",
                                        "rows",
                                        "size",
                                        "files",
                                        "published",
                                        "run"))
                        .right(2)
                        .right(3)
                        .right(4)
                        .right(6);
        states.forEach(state -> grid.row(cells(state)));
        missing.forEach(name ->
                grid.row(List.of(name.toString(), "", "", "", "", screen.yellow("not yet"), "")));
        if (states.isEmpty() && missing.isEmpty()) {
            shell.out()
                    .println("There is nothing yet. Declare a source (ade source add) or a model.");
        } else {
            grid.print(shell.out());
        }
        shell.out().println();
        printRuns(runs);
    }

    private List<String> cells(DatasetState state) {
        boolean table = state.kind() == DatasetState.Kind.TABLE;
        return List.of(
                state.name().toString(),
                kind(state),
                table ? Words.number(state.rows()) : "",
                table ? Words.bytes(state.bytes()) : "",
                table ? Words.number(state.files()) : "",
                ago(state.publishedAt()),
                state.run().toString());
    }

    private void printRuns(List<Lake.RunRecord> runs) {
        if (runs.isEmpty()) {
            shell.out().println("Nothing has run yet: ade run");
            return;
        }
        Grid grid =
                new Grid(
                                shell.screen(),
                                List.of("run", "state", "started", "took", "command", "message"))
                        .right(0)
                        .openEnd();
        for (Lake.RunRecord run : runs) {
            grid.row(
                    List.of(
                            run.run().toString(),
                            painted(run.state()),
                            ago(run.startedAt()),
                            run.endedAt()
                                    .map(end ->
                                            Words.duration(Duration.between(run.startedAt(), end)))
                                    .orElse(""),
                            run.command(),
                            run.message()));
        }
        grid.print(shell.out());
    }

    private String painted(Lake.RunState state) {
        String word = Wording.of(state).replace('_', ' ');
        return switch (state) {
            case PUBLISHED, NOTHING_TO_DO -> shell.screen().green(word);
            case RUNNING -> shell.screen().cyan(word);
            case PARTLY_PUBLISHED, CANCELLED -> shell.screen().yellow(word);
            case FAILED, CRASHED -> shell.screen().red(word);
        };
    }

    private String ago(Instant then) {
        return Words.ago(Duration.between(then, shell.clock().instant()));
    }

    private static String kind(DatasetState state) {
        return state.properties().getOrDefault("kind", Wording.of(state.kind()));
    }

    private static void write(
            JsonGenerator out,
            EnvironmentName environment,
            List<DatasetState> states,
            List<TableName> missing,
            List<Lake.RunRecord> runs)
            throws IOException {
        out.writeStringField("environment", environment.name());
        out.writeArrayFieldStart("datasets");
        for (DatasetState state : states) {
            write(out, state);
        }
        out.writeEndArray();
        Json.texts(out, "not_published", missing.stream().map(TableName::toString).toList());
        out.writeArrayFieldStart("runs");
        for (Lake.RunRecord run : runs) {
            write(out, run);
        }
        out.writeEndArray();
    }

    /// Who sees older data than could be there.
    private static void write(JsonGenerator out, List<Waiting> waiting) throws IOException {
        out.writeArrayFieldStart("exposures_waiting");
        for (Waiting one : waiting) {
            out.writeStartObject();
            out.writeStringField("name", one.exposure().name());
            out.writeStringField("label", one.exposure().label());
            out.writeObjectFieldStart("datasets");
            for (var held : new TreeMap<>(one.datasets()).entrySet()) {
                out.writeStringField(held.getKey().toString(), held.getValue());
            }
            out.writeEndObject();
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void print(List<Waiting> waiting) {
        if (waiting.isEmpty()) {
            return;
        }
        shell.out().println();
        Grid grid =
                new Grid(shell.screen(), List.of("exposure", "has older data because")).openEnd();
        for (Waiting one : waiting) {
            grid.row(
                    List.of(
                            one.exposure().label(),
                            new TreeMap<>(one.datasets())
                                    .entrySet().stream()
                                            .map(it -> it.getKey() + " " + it.getValue())
                                            .collect(Collectors.joining(", "))));
        }
        grid.print(shell.out());
    }

    private static void write(JsonGenerator out, DatasetState state) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", state.name().toString());
        out.writeStringField("kind", kind(state));
        Json.figure(out, "rows", state.rows());
        Json.figure(out, "bytes", state.bytes());
        Json.figure(out, "files", state.files());
        Json.figure(out, "snapshot_id", state.snapshotId().orElse(-1));
        out.writeStringField("version", state.version().toString());
        out.writeNumberField("run_id", state.run().number());
        out.writeStringField("published_at", state.publishedAt().toString());
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, Lake.RunRecord run) throws IOException {
        out.writeStartObject();
        out.writeNumberField("run_id", run.run().number());
        out.writeStringField("state", Wording.of(run.state()));
        out.writeStringField("started_at", run.startedAt().toString());
        if (run.endedAt().isPresent()) {
            out.writeStringField("ended_at", run.endedAt().get().toString());
        } else {
            out.writeNullField("ended_at");
        }
        out.writeStringField("command", run.command());
        out.writeStringField("user", run.user());
        out.writeStringField("message", run.message());
        out.writeEndObject();
    }
}
