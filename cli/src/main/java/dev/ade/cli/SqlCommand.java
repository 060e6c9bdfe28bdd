package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.app.Ade.ReadPoint;
import dev.ade.cli.console.ResultFormat;
import dev.ade.model.AdeException;
import dev.ade.model.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "sql",
        description = "Asks what is published: once, from a file or a pipe, or at a prompt.",
        footer = {
            "",
            "Examples:",
            "  ade sql                                         a prompt; \\? says what it knows",
            "  ade sql \"select count(*) from shop.orders\"",
            "  ade sql -f report.sql --format csv > report.csv",
            "  ade sql \"from shop.order_f\" -o orders.parquet",
            "  ade sql --at 2026-11-01 \"from shop.revenue_r\"   as it was then",
            "  ade sql --run 42 \"from shop.revenue_r\"          what run 42 made and did not publish",
            "  ade sql \"from ade.rejected limit 10\""
        })
final class SqlCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Parameters(paramLabel = "QUERY", arity = "0..1", description = "One or more statements.")
    private Optional<String> query = Optional.empty();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Read the statements from a file.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "${COMPLETION-CANDIDATES}. By default what the name of -o asks for, else table.")
    private Optional<ResultFormat> format = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the rows to a file.")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--at",
            paramLabel = "TIME|DATASET@SNAPSHOT",
            description = "As it was published at a time, or one dataset as of a snapshot.")
    private Optional<String> at = Optional.empty();

    @Option(names = "--run", paramLabel = "N", description = "What a run made and did not publish.")
    private Optional<Long> run = Optional.empty();

    SqlCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        ReadPoint point = readPoint();
        try (Ade ade = shell.opener().apply(project.options())) {
            Optional<String> text = text();
            if (text.isEmpty()) {
                new Prompt(shell, ade, point, Prompt.history(project.root())).talk();
                return 0;
            }
            List<String> statements = Statements.of(text.get()).all();
            if (statements.isEmpty()) {
                throw AdeException.user(
                        "Cannot ask: there is no statement",
                        "Try ade sql \"from ade.runs\", or ade sql for a prompt");
            }
            answer(new Query(shell, ade, point), statements);
        }
        return 0;
    }

    private void answer(Query asked, List<String> statements) {
        ResultFormat shape =
                format.or(() -> output.flatMap(path -> ResultFormat.ofFile(path.toString())))
                        .orElse(ResultFormat.TABLE);
        if (output.isEmpty()) {
            statements.forEach(statement -> asked.print(statement, shape));
        } else if (statements.size() == 1) {
            asked.save(statements.getFirst(), shape, output.get());
        } else {
            throw AdeException.user(
                    "Cannot write %d statements to one file".formatted(statements.size()),
                    "Run them one by one");
        }
    }

    private ReadPoint readPoint() {
        if (at.isPresent() && run.isPresent()) {
            throw AdeException.user("Cannot use --at and --run together", "Leave one of them out");
        }
        return run.<ReadPoint>map(number -> new ReadPoint.OfRun(new RunId(number)))
                .or(() -> at.map(text -> Moments.readPoint(text, shell.clock().getZone())))
                .orElseGet(ReadPoint.Now::new);
    }

    /// Empty where a person is to be asked.
    private Optional<String> text() {
        try {
            if (query.isPresent() && file.isPresent()) {
                throw AdeException.user(
                        "Cannot use a query and --file together", "Leave one of them out");
            }
            if (query.isPresent()) {
                return query;
            }
            if (file.isPresent()) {
                return Optional.of(Files.readString(file.get()));
            }
            return switch (shell.keyboard()) {
                case PERSON -> Optional.empty();
                case PIPE ->
                        Optional.of(new String(shell.in().readAllBytes(), StandardCharsets.UTF_8));
            };
        } catch (IOException e) {
            throw AdeException.user(
                            "Cannot read the query: " + e.getMessage(), "Check the file's name")
                    .causedBy(e);
        }
    }
}
