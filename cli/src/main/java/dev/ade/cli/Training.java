package dev.ade.cli;

import java.util.List;

/// Does a little of everything in one JVM, so that the cache of classes that is written at its end knows
/// what commands need. Only the launcher starts it.
final class Training {
    private Training() {}

    public static void main(String[] arguments) {
        for (List<String> command : List.of(List.of("version"), List.of("--help"))) {
            new CommandTree(Main.shell(command)).execute();
        }
    }
}
