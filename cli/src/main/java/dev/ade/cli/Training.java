package dev.ade.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Does a little of everything in one JVM, so that the cache of classes that is written at its end knows
/// what commands need. Only the launcher starts it.
final class Training {
    private Training() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("ade-training");
        try {
            train(folder.resolve("shop").toString());
        } finally {
            delete(folder);
        }
    }

    private static void train(String project) {
        run("version");
        run("--help");
        run("init", project);
        run("plan", "-p", project);
        run("run", "-p", project);
        run("run", "-p", project);
        run("sql", "-p", project, "select 1");
        run("sql", "-p", project, "--format", "json", "select * from shop.order_f");
        run("status", "-p", project);
        run("profile", "-p", project, "shop.orders");
        run("check", "-p", project);
        run("privacy", "report", "-p", project);
        run("doctor", "-p", project);
    }

    /// What does not work here is no reason to train the rest less.
    private static void run(String... command) {
        Shell shell = Main.shell(List.of(command));
        new CommandTree(shell).execute();
        shell.out().flush();
        shell.err().flush();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
