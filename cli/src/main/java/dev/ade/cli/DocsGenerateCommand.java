package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.app.AdeDocs;
import dev.ade.run.RunRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        description =
                "Writes manifest.json, catalog.json and a page that shows them. Builds nothing.",
        footer = {
            "",
            "Examples:",
            "  ade docs generate",
            "  ade docs generate --static             target/static_index.html, one file to pass on",
            "  ade docs generate --empty-catalog      of the project's files only; no storage is opened"
        })
final class DocsGenerateCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Mixin private SelectionOptions selection = new SelectionOptions();

    @Option(
            names = "--no-compile",
            description = "Leave manifest.json and target/compiled as they are.")
    private boolean noCompile;

    @Option(
            names = "--empty-catalog",
            description = "Tell nothing of what is published: columns as declared, no sizes.")
    private boolean emptyCatalog;

    @Option(names = "--static", description = "Write the page as static_index.html, too.")
    private boolean isStatic;

    DocsGenerateCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        RunRequest request = selection.request(RunRequest.Refresh.CHANGED, shell.command());
        AdeDocs.Order order =
                new AdeDocs.Order(
                        request,
                        noCompile ? AdeDocs.Files.LEFT : AdeDocs.Files.WRITTEN,
                        emptyCatalog ? AdeDocs.Catalog.EMPTY : AdeDocs.Catalog.PUBLISHED,
                        isStatic ? AdeDocs.Page.STATIC : AdeDocs.Page.INDEX);
        try (Ade ade = shell.opener().apply(project.options())) {
            List<Path> written = ade.docs().generate(order);
            if (!shell.isQuiet()) {
                Path root = project.options().root();
                written.stream()
                        .map(file -> file.startsWith(root) ? root.relativize(file) : file)
                        .forEach(file -> shell.out().println("written " + file));
            }
        }
        return 0;
    }
}
