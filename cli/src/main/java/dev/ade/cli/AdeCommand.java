package dev.ade.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `ade` without a command: says which there are.
@Command(
        name = "ade",
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Your whole data estate in one program, with personal data stopped at the door.",
        footer = {
            "",
            "Examples:",
            "  ade init my-project            make a small project that runs",
            "  ade run -p my-project          load, build, check and publish what has changed",
            "  ade sql -p my-project          ask, at a prompt",
            "",
            "Each command has --help with examples. Exit status: 0 well, 1 data is not as it should be,",
            "2 the project or the command is wrong, 3 a conflict, 4 the machine, 130 cancelled."
        })
final class AdeCommand implements Callable<Integer> {
    private final Shell shell;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Says this.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            description = "Says which version this is.")
    private boolean version;

    AdeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (version) {
            return new VersionCommand(shell).call();
        }
        spec.commandLine().usage(shell.out());
        return help ? 0 : 2;
    }
}
