package dev.ade.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command line, as a process of its own.
record CommandLine(Path command) {
    /// Runs it in `project` and gives what it printed.
    String run(Path project, String... arguments) throws IOException, InterruptedException {
        List<String> line =
                new ArrayList<>(
                        List.of(command.toString(), arguments[0], "-p", project.toString()));
        line.addAll(List.of(arguments).subList(1, arguments.length));
        return run(new ProcessBuilder(line), String.join(" ", arguments));
    }

    static String run(ProcessBuilder builder, String what)
            throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status != 0) {
            throw new IllegalStateException(
                    "'%s' ended with %d:%n%s".formatted(what, status, output));
        }
        return output;
    }
}
