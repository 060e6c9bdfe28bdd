package dev.ade.run.forget;

import dev.ade.model.EnvironmentName;
import dev.ade.model.Project;
import dev.ade.model.Retention;
import dev.ade.model.TableName;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Lake;
import dev.ade.spi.LakeView;
import dev.ade.spi.Maintenance;
import dev.ade.spi.Maintenance.Archived;
import dev.ade.spi.Maintenance.Effect;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Moves files whose rows are old enough to the archive, where they are read as before: in every environment. Stopped
/// anywhere, it goes on when it is asked again.
public final class Archiver {
    private final Lake lake;
    private final Project project;
    private final Instant now;

    public Archiver(Lake lake, Project project, Clock clock) {
        this.lake = lake;
        this.project = project;
        this.now = clock.instant();
    }

    /// @param environment the first that reads the files; others may too
    /// @param until all rows of the files happened before
    public record Moved(
            EnvironmentName environment,
            TableName dataset,
            String column,
            Instant until,
            Archived files) {}

    /// @param asked is looked at with all others
    public List<Moved> apply(EnvironmentName asked, Effect effect) {
        List<Moved> all = new ArrayList<>();
        for (EnvironmentName environment : Aged.environments(lake, asked)) {
            LakeView view = lake.read(environment);
            for (Map.Entry<TableName, Retention> one :
                    new TreeMap<>(project.archives()).entrySet()) {
                view.state(one.getKey())
                        .filter(state -> state.kind() == DatasetState.Kind.TABLE)
                        .flatMap(state -> move(environment, state, one.getValue(), effect))
                        .ifPresent(all::add);
            }
        }
        return all;
    }

    private Optional<Moved> move(
            EnvironmentName environment, DatasetState state, Retention after, Effect effect) {
        Optional<String> column = Aged.column(state, after, project);
        if (column.isEmpty()) {
            return Optional.empty();
        }
        Maintenance.Cold cold = new Maintenance.Cold(state.name(), column.get(), after.until(now));
        Archived files = lake.maintenance().archive(environment, cold, effect);
        return files.files() == 0
                ? Optional.empty()
                : Optional.of(
                        new Moved(environment, state.name(), cold.column(), cold.before(), files));
    }
}
