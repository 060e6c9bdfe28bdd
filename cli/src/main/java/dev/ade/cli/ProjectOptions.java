package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.model.EnvironmentName;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Options of every command that looks at one environment of a project.
final class ProjectOptions extends FolderOptions {
    /// `CommandTree` gives it the value of `ADE_ENV` where it is not given.
    static final String ENVIRONMENT = "--env";

    @Option(
            names = {"-e", ENVIRONMENT, "-t", "--target"},
            paramLabel = "NAME",
            description =
                    "The environment; else what ADE_ENV says, else environment in ade.yml, else prod.")
    private Optional<String> environment = Optional.empty();

    Ade.Options options() {
        return options(environment.map(EnvironmentName::new));
    }
}
