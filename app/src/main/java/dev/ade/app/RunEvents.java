package dev.ade.app;

import dev.ade.model.EnvironmentName;
import dev.ade.model.RunId;
import dev.ade.model.Settings.OpenLineageSettings;
import dev.ade.model.TableName;
import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.run.lineage.ProjectLineage;
import dev.ade.run.openlineage.Metrics;
import dev.ade.run.openlineage.OpenLineageListener;
import dev.ade.spi.Cursor;
import dev.ade.spi.LakeView;
import dev.ade.spi.Session;
import dev.ade.spi.SystemTable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Sends events about runs to where the settings say, if they say anything.
final class RunEvents {
    private final Wiring wiring;
    private final Clock clock;

    RunEvents(Wiring wiring, Clock clock) {
        this.wiring = wiring;
        this.clock = clock;
    }

    /// Does the work, and tells others about it on the way. What could not be delivered is a note of the report.
    RunReport tell(
            EnvironmentName environment,
            RunListener listener,
            Function<RunListener, RunReport> work) {
        Optional<OpenLineageSettings> settings = wiring.settings().openLineage();
        if (settings.isEmpty()) {
            return work.apply(listener);
        }
        OpenLineageListener events =
                new OpenLineageListener(
                        listener,
                        settings.get(),
                        System::getenv,
                        context(environment, settings.get()),
                        clock);
        Optional<String> lost = Optional.empty();
        RunReport report;
        try {
            report = work.apply(events);
        } finally {
            lost = events.close();
        }
        return report.withNotes(lost.stream().toList());
    }

    private OpenLineageListener.Context context(
            EnvironmentName environment, OpenLineageSettings settings) {
        String project = wiring.compiled().project().name();
        String namespace = settings.namespace().orElse("ade:%s/%s".formatted(project, environment));
        return new OpenLineageListener.Context(
                namespace, project, () -> lineage(environment), run -> metrics(environment, run));
    }

    private ProjectLineage lineage(EnvironmentName environment) {
        LakeView view = wiring.lake().read(environment);
        return new ProjectLineage(wiring.compiled(), wiring.lineages(), view::state);
    }

    /// What a run profiled, by dataset.
    private Map<TableName, Metrics> metrics(EnvironmentName environment, RunId run) {
        LakeView view = wiring.lake().read(environment);
        Map<TableName, Metrics> metrics = new HashMap<>();
        if (view.state(SystemTable.PROFILES.table()).isEmpty()) {
            return metrics;
        }
        String select =
                """
                select dataset, column_name, "rows", nulls, distinct_values
                from ade.profiles
                where run_id = %d and interval_from is null
                order by dataset, column_name nulls first\
                """
                        .formatted(run.number());
        try (Session session = wiring.engine().open(view);
                Cursor cursor = session.query(select)) {
            for (List<@Nullable Object> row = cursor.next(); row != null; row = cursor.next()) {
                add(metrics, row);
            }
        }
        return metrics;
    }

    private static void add(Map<TableName, Metrics> metrics, List<@Nullable Object> row) {
        TableName dataset = TableName.parse(String.valueOf(row.getFirst()));
        Object column = row.get(1);
        Metrics known = metrics.getOrDefault(dataset, new Metrics(number(row.get(2)), List.of()));
        List<Metrics.OfColumn> columns = new ArrayList<>(known.columns());
        if (column != null) {
            columns.add(
                    new Metrics.OfColumn(
                            column.toString(), number(row.get(3)), number(row.get(4))));
        }
        metrics.put(dataset, new Metrics(known.rows(), columns));
    }

    private static long number(@Nullable Object value) {
        return value == null
                ? 0
                : Math.round(((Number) Objects.requireNonNull(value)).doubleValue());
    }
}
