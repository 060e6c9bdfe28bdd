package dev.ade.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Where to write something that only its owner may read.
final class NewFileOption {
    @Option(
            names = "--to",
            required = true,
            paramLabel = "FILE",
            description = "A file that is not there yet.")
    private Path to = Path.of("");

    Path path() {
        return to;
    }
}
