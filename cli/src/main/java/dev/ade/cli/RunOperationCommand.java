package dev.ade.cli;

import dev.ade.app.Ade;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description =
                "Calls a macro and prints what it logs. It may ask what is published, and changes nothing.",
        footer = {
            "",
            "Examples:",
            "  ade run-operation hello --args '{name: Ann}'",
            "  ade run-operation codegen.generate_base_model --args '{source_name: raw, table_name: orders}'"
        })
final class RunOperationCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Parameters(
            paramLabel = "MACRO",
            description = "Its name, or that of its package, a point and its name.")
    private String macro = "";

    @Option(names = "--args", paramLabel = "YAML", description = "Its arguments: '{name: value}'.")
    private Optional<String> arguments = Optional.empty();

    RunOperationCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Map<String, Object> given =
                arguments.map(text -> Ade.Options.yaml("--args", text)).orElseGet(Map::of);
        try (Ade ade = shell.opener().apply(project.options())) {
            ade.templates(shell.out()::println).call(macro, given);
            shell.out().flush();
        }
        return 0;
    }
}
