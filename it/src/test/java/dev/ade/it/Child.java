package dev.ade.it;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// ADE in a process of its own, which can be killed.
final class Child {
    private Child() {}

    /// `ade run` of a project, not started yet.
    ///
    /// @param log what it prints goes there
    static ProcessBuilder run(Path project, Path log) {
        return of(log, "dev.ade.cli.Main", "run", "-p", project.toString());
    }

    /// `ade sql` where the clocks are those of `zone`.
    static ProcessBuilder sql(Path project, Path log, ZoneId zone, String query) {
        return of(
                log,
                "-Duser.timezone=" + zone,
                "dev.ade.cli.Main",
                "sql",
                "-p",
                project.toString(),
                "--format",
                "csv",
                query);
    }

    private static ProcessBuilder of(Path log, String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path")));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    }
}
