package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Where a project is, of every command that opens one.
class FolderOptions {
    @Option(
            names = {"-p", "--project", "--project-dir"},
            paramLabel = "DIR",
            description = "The project's folder; this one by default.")
    private Path folder = Path.of(".");

    @Option(
            names = {"--var", "--vars"},
            paramLabel = "NAME=VALUE",
            description =
                    "A variable for var(); may be repeated. '{name: value}' of dbt works too.")
    private String[] vars = {};

    /// @param environment none means the project's default one
    final Ade.Options options(Optional<EnvironmentName> environment) {
        if (!Files.isDirectory(folder)) {
            throw AdeException.user(
                    "Cannot open the project %s: there is no such folder".formatted(folder),
                    "Give a folder with -p, or make a project with ade init");
        }
        return new Ade.Options(root(), environment, variables());
    }

    final Path root() {
        return folder.toAbsolutePath().normalize();
    }

    private Map<String, Object> variables() {
        Map<String, Object> variables = new LinkedHashMap<>();
        for (String assignment : vars) {
            if (Ade.Options.isYaml(assignment)) {
                variables.putAll(Ade.Options.yaml("--vars", assignment));
                continue;
            }
            int end = separator(assignment);
            variables.put(
                    assignment.substring(0, end).strip(),
                    typed(assignment.substring(end + 1).strip()));
        }
        return variables;
    }

    private static int separator(String assignment) {
        int equals = assignment.indexOf('=');
        int end = equals < 0 ? assignment.indexOf(':') : equals;
        if (end < 1) {
            throw AdeException.user(
                    "Cannot read a --var: it is not NAME=VALUE",
                    "Write it as --var since=2026-01-01");
        }
        return end;
    }

    /// As YAML would read it: whole numbers and truth values are that, all else is text.
    private static Object typed(String text) {
        return switch (text) {
            case "true", "True" -> true;
            case "false", "False" -> false;
            default -> text.matches("-?(0|[1-9][0-9]{0,17})") ? (Object) Long.valueOf(text) : text;
        };
    }
}
