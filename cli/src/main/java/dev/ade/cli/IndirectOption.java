package dev.ade.cli;

import dev.ade.spi.Compiler.Indirect;
import picocli.CommandLine.Option;

/// Which checks belong to what is selected.
final class IndirectOption {
    @Option(
            names = "--indirect-selection",
            paramLabel = "MODE",
            description =
                    "Which checks belong to what is selected: eager (any dataset they read is, the default), cautious"
                            + " (all are), buildable (all are, or are above), empty (none).")
    private Indirect indirect = Indirect.EAGER;

    Indirect indirect() {
        return indirect;
    }
}
