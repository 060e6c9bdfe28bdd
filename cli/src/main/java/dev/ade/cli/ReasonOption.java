package dev.ade.cli;

import picocli.CommandLine.Option;

/// Why something is done that is written down.
final class ReasonOption {
    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Why, for the audit.")
    private String reason = "";

    String text() {
        return reason;
    }
}
