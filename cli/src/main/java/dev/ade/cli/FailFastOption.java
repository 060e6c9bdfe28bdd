package dev.ade.cli;

import dev.ade.run.Conduct.OnFailure;
import picocli.CommandLine.Option;

/// What becomes of the rest once something failed.
final class FailFastOption {
    @Option(
            names = {"-x", "--fail-fast"},
            description = "Begin nothing more once something failed.")
    private boolean isFast;

    OnFailure onFailure() {
        return isFast ? OnFailure.BEGIN_NOTHING : OnFailure.GO_ON;
    }
}
