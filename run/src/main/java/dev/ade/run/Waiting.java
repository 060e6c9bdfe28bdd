package dev.ade.run;

import dev.ade.model.Exposure;
import dev.ade.model.Project;
import dev.ade.model.TableName;
import dev.ade.spi.Cursor;
import dev.ade.spi.Engine;
import dev.ade.spi.LakeView;
import dev.ade.spi.Session;
import dev.ade.spi.SystemTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Something outside that sees older data than it could, as what it is made from failed or was withheld.
///
/// @param datasets what failed or was withheld when it last ran, with how it ended: `failed` or `withheld`
public record Waiting(Exposure exposure, Map<TableName, String> datasets) {
    private static final String LAST =
            """
            select dataset, lower(arg_max(state, run_id)) as state from ade.steps group by dataset
            having state in ('failed', 'withheld')\
            """;

    public Waiting {
        datasets = Map.copyOf(datasets);
    }

    /// The exposures of a project that wait, in its order. Reads ADE's own log.
    public static List<Waiting> of(Project project, LakeView published, Engine engine) {
        boolean canTell = published.state(SystemTable.STEPS.table()).isPresent();
        if (project.exposures().isEmpty() || !canTell) {
            return List.of();
        }
        Map<TableName, String> held = held(published, engine);
        List<Waiting> waiting = new ArrayList<>();
        for (Exposure exposure : project.exposures()) {
            Set<TableName> made = new TreeSet<>(exposure.inputs());
            exposure.inputs().forEach(input -> made.addAll(project.above(input)));
            Map<TableName, String> of = new TreeMap<>(held);
            of.keySet().retainAll(made);
            if (!of.isEmpty()) {
                waiting.add(new Waiting(exposure, of));
            }
        }
        return waiting;
    }

    private static Map<TableName, String> held(LakeView published, Engine engine) {
        Map<TableName, String> held = new TreeMap<>();
        try (Session session = engine.open(published);
                Cursor rows = session.query(LAST)) {
            for (List<@Nullable Object> row = rows.next(); row != null; row = rows.next()) {
                held.put(
                        TableName.parse(String.valueOf(row.getFirst())),
                        String.valueOf(row.getLast()));
            }
        }
        return held;
    }
}
