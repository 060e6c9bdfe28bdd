package dev.ade.run.forget;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.Project;
import dev.ade.model.Retention;
import dev.ade.model.TableName;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Environments.Environment;
import dev.ade.spi.Lake;
import dev.ade.spi.LakeView;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What is common to all that goes by the age of rows.
public final class Aged {
    private Aged() {}

    /// The column that says when a row happened; empty where what is declared is no time of the dataset.
    static Optional<String> column(DatasetState state, Retention retention, Project project) {
        return retention
                .by()
                .or(() -> project.eventTime(state.name()))
                .filter(by -> isTime(state, by));
    }

    static boolean isTime(DatasetState state, String column) {
        return state.schema().find(column).filter(it -> it.type().isTemporal()).isPresent();
    }

    /// Why rows of datasets are not as old as the project would have them: nothing in their tables says how old they are.
    public static List<AdeException> undated(Project project, LakeView view) {
        return Stream.concat(
                        project.retentions().keySet().stream(),
                        project.archives().keySet().stream())
                .sorted()
                .distinct()
                .flatMap(name -> view.state(name).stream())
                .flatMap(state -> undated(project, state).stream())
                .toList();
    }

    /// The same of one dataset.
    public static List<AdeException> undated(Project project, DatasetState state) {
        TableName name = state.name();
        return Stream.of(project.retentions().get(name), project.archives().get(name))
                .flatMap(Stream::ofNullable)
                .filter(_ -> state.kind() == DatasetState.Kind.TABLE)
                .filter(retention -> column(state, retention, project).isEmpty())
                .map(retention -> unknown(name, retention, project))
                .toList();
    }

    private static AdeException unknown(TableName name, Retention retention, Project project) {
        String cannot = "Cannot tell how old the rows of %s are: ".formatted(name);
        return retention
                .by()
                .or(() -> project.eventTime(name))
                .map(by ->
                        AdeException.user(
                                cannot + "'%s' is no date or timestamp of it".formatted(by),
                                "Name one: {by: …}"))
                .orElseGet(() ->
                        AdeException.user(
                                cannot + "nothing says when they happened",
                                "Add by: <column> to it, or event_time to the dataset"))
                .at(retention.location());
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
