package dev.ade.run.forget;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.Project;
import dev.ade.model.Retention;
import dev.ade.model.TableName;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Environments.Environment;
import dev.ade.spi.Lake;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;

/// What is common to all that goes by the age of rows.
final class Aged {
    private Aged() {}

    /// The column that says when a row happened.
    static String column(DatasetState state, Retention retention, Project project) {
        TableName name = state.name();
        String by =
                retention
                        .by()
                        .or(() -> project.eventTime(name))
                        .orElseThrow(() ->
                                AdeException.user(
                                                "Cannot tell how old the rows of %s are: nothing says when they happened"
                                                        .formatted(name),
                                                "Add by: <column> to it, or event_time to the dataset")
                                        .at(retention.location()));
        boolean isTemporal =
                state.schema().find(by).filter(it -> it.type().isTemporal()).isPresent();
        if (!isTemporal) {
            throw AdeException.user(
                            "Cannot tell how old the rows of %s are: '%s' is no date or timestamp of it"
                                    .formatted(name, by),
                            "Name one: {by: …}")
                    .at(retention.location());
        }
        return by;
    }

    /// All environments, the one that is asked for also where it has nothing yet.
    static Set<EnvironmentName> environments(Lake lake, EnvironmentName asked) {
        Set<EnvironmentName> environments =
                new TreeSet<>(Comparator.comparing(EnvironmentName::name));
        environments.add(asked);
        lake.environments().list().stream().map(Environment::name).forEach(environments::add);
        return environments;
    }
}
