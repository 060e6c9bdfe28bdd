package dev.ade.cli;

import picocli.CommandLine.Option;

/// What every command has.
final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Says this.")
    private boolean help;

    boolean isAsked() {
        return help;
    }
}
