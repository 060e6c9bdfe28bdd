package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.app.Ade.ReadPoint;
import dev.ade.app.AdeTemplates.Shown;
import dev.ade.cli.console.ResultFormat;
import dev.ade.model.AdeException;
import dev.ade.run.JsonText;
import dev.ade.run.RunRequest;
import dev.ade.spi.Compiler.Indirect;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        description = "Shows the first rows of what a model would be now. Publishes nothing.",
        footer = {
            "",
            "Examples:",
            "  ade show -s orders                           five rows, by the query as it is in the folder",
            "  ade show -s orders --limit 20 --output json",
            "  ade show --inline \"select status, count(*) from {{ ref('orders') }} group by all\"",
            "",
            "It reads what is published of what the model reads, and no more than ade sql may."
        })
final class ShowCommand implements Callable<Integer> {
    private static final int LIMIT = 5;

    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Mixin private SelectionOptions selection = new SelectionOptions();

    @Option(
            names = "--inline",
            paramLabel = "TEMPLATE",
            description = "Show the rows of this query.")
    private Optional<String> inline = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "How many rows; 5 by default, -1 for all.")
    private int limit = LIMIT;

    @Option(
            names = {"--output", "--format"},
            paramLabel = "FORMAT",
            description = "table (the default; text is the same), json, csv, ndjson or markdown.")
    private String output = "table";

    ShowCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        ResultFormat format = format();
        try (Ade ade = shell.opener().apply(project.options())) {
            Shown shown = shown(ade);
            String query =
                    "select * from (\n%s\n)%s"
                            .formatted(shown.sql(), limit < 0 ? "" : " limit " + limit);
            Query asked = new Query(shell, ade, new ReadPoint.Now());
            if (format == ResultFormat.JSON) {
                shell.out().print("{\"node\": %s, \"show\": ".formatted(JsonText.of(shown.name())));
                asked.print(query, format);
                shell.out().println("}");
            } else {
                asked.print(query, format);
            }
        }
        return 0;
    }

    private Shown shown(Ade ade) {
        if (inline.isPresent()) {
            return new Shown(
                    "inline_query", ade.templates(shell.err()::println).compile(inline.get()));
        }
        RunRequest request =
                selection
                        .request(RunRequest.Refresh.CHANGED, shell.command())
                        .choosing(Indirect.EMPTY);
        if (request.select().isEmpty()) {
            throw AdeException.user(
                    "Cannot show: nothing is selected",
                    "Try ade show -s MODEL, or ade show --inline \"select …\"");
        }
        return ade.templates(shell.err()::println).show(request);
    }

    private ResultFormat format() {
        return switch (output) {
            case "text", "table" -> ResultFormat.TABLE;
            case "json" -> ResultFormat.JSON;
            case "csv" -> ResultFormat.CSV;
            case "ndjson" -> ResultFormat.NDJSON;
            case "markdown" -> ResultFormat.MARKDOWN;
            default ->
                    throw AdeException.user(
                            "Cannot show rows as '%s'".formatted(output),
                            "Use table, json, csv, ndjson or markdown");
        };
    }
}
