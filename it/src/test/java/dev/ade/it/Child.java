package dev.ade.it;

import java.nio.file.Path;
import java.util.List;

/// ADE in a process of its own, which can be killed.
final class Child {
    private Child() {}

    /// `ade run` of a project, not started yet.
    ///
    /// @param log what it prints goes there
    static ProcessBuilder run(Path project, Path log) {
        return new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.ade.cli.Main",
                                "run",
                                "-p",
                                project.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
    }
}
