package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.app.AdeDocs;
import dev.ade.model.AdeException;
import dev.ade.run.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jline.utils.Signals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        description = "Shows the documentation in a browser of this machine, until Ctrl-C.",
        footer = {
            "",
            "Examples:",
            "  ade docs serve                 at http://127.0.0.1:8080",
            "  ade docs serve --port 0        at a port that is free",
            "",
            "It shows what ade docs generate wrote, and generates it where that was not done yet. To show it to",
            "others, put target/static_index.html on a web server."
        })
final class DocsServeCommand implements Callable<Integer> {
    private static final int PORT = 8080;

    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "8080 by default; 0 means any that is free.")
    private int port = PORT;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "Only this machine: localhost, 127.0.0.1.")
    private String host = "127.0.0.1";

    DocsServeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!host.equals("127.0.0.1") && !host.equals("localhost")) {
            throw AdeException.user(
                    "Cannot serve documentation at %s: it is shown to this machine only"
                            .formatted(host),
                    "Put target/static_index.html on a web server: ade docs generate --static");
        }
        Path folder = folder();
        try (DocsServer server = DocsServer.start(folder, port)) {
            shell.out().println("Documentation at " + server.address() + "  (Ctrl-C ends it)");
            shell.out().flush();
            CountDownLatch end = new CountDownLatch(1);
            Object signal = Signals.register("INT", end::countDown);
            end.await();
            Signals.unregister("INT", signal);
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot serve documentation at port %d: %s"
                                    .formatted(port, e.getMessage()),
                            "Take another one: ade docs serve --port 0")
                    .causedBy(e);
        }
        return 0;
    }

    private Path folder() {
        try (Ade ade = shell.opener().apply(project.options())) {
            AdeDocs docs = ade.docs();
            if (!Files.isRegularFile(docs.folder().resolve(DocsServer.PAGE))) {
                docs.generate(
                        new AdeDocs.Order(
                                RunRequest.everything(shell.command()),
                                AdeDocs.Files.WRITTEN,
                                AdeDocs.Catalog.PUBLISHED,
                                AdeDocs.Page.INDEX));
            }
            return docs.folder();
        }
    }
}
