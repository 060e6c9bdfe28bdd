package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.app.AdeTemplates.Compiled;
import dev.ade.cli.console.Json;
import dev.ade.model.Wording;
import dev.ade.run.RunRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        description =
                "Writes the SQL that templates become into target/compiled; prints that of a single model. Builds nothing.",
        footer = {
            "",
            "Examples:",
            "  ade compile                                  all models, snapshots and tests",
            "  ade compile -s orders                        and print it",
            "  ade compile --inline \"select * from {{ ref('orders') }}\"",
            "",
            "What templates ask the database, they ask what is published in the environment."
        })
final class CompileCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Mixin private SelectionOptions selection = new SelectionOptions();

    @Mixin private IndirectOption indirect = new IndirectOption();

    @Option(
            names = {"--full-refresh", "-f"},
            description = "As if nothing were published: is_incremental() is false.")
    private boolean fullRefresh;

    @Option(
            names = "--inline",
            paramLabel = "TEMPLATE",
            description = "Compile this instead, and print it.")
    private Optional<String> inline = Optional.empty();

    @Option(
            names = "--output",
            paramLabel = "FORM",
            description = "What is printed: text (the default) or json.")
    private Form form = Form.TEXT;

    private enum Form {
        TEXT,
        JSON;

        @Override
        public String toString() {
            return Wording.of(this);
        }
    }

    CompileCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (Ade ade = shell.opener().apply(project.options())) {
            if (inline.isPresent()) {
                print("inline_query", ade.templates(shell.err()::println).compile(inline.get()));
            } else {
                compile(ade);
            }
        }
        return 0;
    }

    private void compile(Ade ade) {
        RunRequest.Refresh refresh =
                fullRefresh ? RunRequest.Refresh.FULL : RunRequest.Refresh.CHANGED;
        List<Compiled> all =
                ade.templates(shell.err()::println)
                        .compile(
                                selection
                                        .request(refresh, shell.command())
                                        .choosing(indirect.indirect()));
        List<Compiled> plain = all.stream().filter(one -> !one.resource().type().isTest()).toList();
        List<Compiled> meant = plain.isEmpty() ? all : plain;
        if (meant.size() == 1) {
            print(meant.getFirst().resource().name(), meant.getFirst().sql());
        }
        ade.docs().manifest().ifPresent(it -> shell.err().println("note: " + it));
        if (!shell.isQuiet()) {
            shell.err().println(written(all));
        }
    }

    private static String written(List<Compiled> all) {
        String files = Wording.count(all.size(), "file") + " written";
        return switch (all.size()) {
            case 0 -> files;
            case 1 -> files + ": " + all.getFirst().file();
            default -> files + ", such as " + all.getFirst().file();
        };
    }

    private void print(String name, String sql) {
        switch (form) {
            case TEXT -> shell.out().println(sql);
            case JSON ->
                    Json.print(
                            shell.out(),
                            json -> {
                                json.writeStartObject();
                                json.writeStringField("node", name);
                                json.writeStringField("compiled", sql);
                                json.writeEndObject();
                            });
        }
        shell.out().flush();
    }
}
