package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.model.Treatment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "reveal",
        description = {
            "Gives the value behind a token to who may read the keys. Every reveal leaves a line in keys.audit: who,"
                    + " when, which token and why, but not the value."
        },
        footer = {
            "",
            "Example:",
            "  ade privacy reveal t1.8Pls3SFs5ie8IBeAMv0h4N… --reason \"refund 4711\""
        })
final class RevealCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Parameters(paramLabel = "TOKEN", description = "As it is in the dataset: t1.…")
    private String token = "";

    @Mixin private ReasonOption reason = new ReasonOption();

    @Option(
            names = "--realm",
            paramLabel = "NAME",
            description = "The realm of the column; ${DEFAULT-VALUE} by default.")
    private String realm = Treatment.DEFAULT_REALM;

    RevealCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (Ade ade = shell.opener().apply(project.options())) {
            shell.out().println(ade.reveal(realm, token, reason.text()));
        }
        return 0;
    }
}
