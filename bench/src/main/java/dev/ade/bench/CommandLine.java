package dev.ade.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The command line, as a process of its own.
///
/// @param environment beside that of this process
record CommandLine(Path command, Map<String, String> environment) {
    CommandLine(Path command) {
        this(command, Map.of());
    }

    /// @param output what it printed
    /// @param cpuSeconds that it and its children worked
    record Ended(String output, double cpuSeconds) {}

    /// Runs it in `project`.
    Ended run(Path project, String... arguments) throws IOException, InterruptedException {
        List<String> line =
                new ArrayList<>(
                        List.of(command.toString(), arguments[0], "-p", project.toString()));
        line.addAll(List.of(arguments).subList(1, arguments.length));
        return run(line, environment);
    }

    static Ended run(List<String> line) throws IOException, InterruptedException {
        return run(line, Map.of());
    }

    /// Bash says on its last line how long the processors worked.
    private static Ended run(List<String> line, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> timed =
                new ArrayList<>(List.of("bash", "-c", "TIMEFORMAT='%U %S'; time \"$@\"", "bash"));
        timed.addAll(line);
        ProcessBuilder builder = new ProcessBuilder(timed).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int status = process.waitFor();
        if (status != 0) {
            throw new IllegalStateException(
                    "'%s' ended with %d:%n%s".formatted(String.join(" ", line), status, output));
        }
        int last = output.lastIndexOf('\n') + 1;
        String[] seconds = output.substring(last).split(" ", -1);
        return new Ended(
                output.substring(0, last),
                Double.parseDouble(seconds[0]) + Double.parseDouble(seconds[1]));
    }
}
