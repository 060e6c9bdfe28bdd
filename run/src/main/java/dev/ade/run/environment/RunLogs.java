package dev.ade.run.environment;

import dev.ade.model.Column;
import dev.ade.model.RunId;
import dev.ade.model.Sql;
import dev.ade.model.Wording;
import dev.ade.run.Discreet;
import dev.ade.spi.Cursor;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Draft;
import dev.ade.spi.Engine;
import dev.ade.spi.Lake;
import dev.ade.spi.LakeView;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.spi.SystemTable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What runs said about themselves goes where the datasets that they made go: steps, checks and profiles can be
/// asked for there as if the run had been there.
public final class RunLogs {
    private static final String STAGED = "ade$transfer";
    private static final int RUNS_MAX = 100_000;

    private final Engine engine;

    public RunLogs(Engine engine) {
        this.engine = engine;
    }

    /// Adds what runs left in `from` and the draft's environment does not know yet.
    Set<RunId> copy(LakeView from, Draft draft) {
        Set<RunId> runs = runs(from);
        runs.removeAll(runs(draft.base()));
        if (runs.isEmpty()) {
            return runs;
        }
        String list =
                runs.stream()
                        .map(run -> String.valueOf(run.number()))
                        .collect(Collectors.joining(", "));
        try (Session session = engine.open(from)) {
            for (SystemTable table : SystemTable.values()) {
                Optional<DatasetState> state = from.state(table.table());
                if (state.isPresent()) {
                    String select =
                            "select %s from %s where run_id in (%s)"
                                    .formatted(
                                            columns(table, state.get()),
                                            table.table().quoted(),
                                            list);
                    draft.appendLog(
                            table.table(),
                            session.write(select, draft.prepareLog(table.table(), table.schema())));
                }
            }
        }
        return runs;
    }

    private Set<RunId> runs(LakeView view) {
        Set<RunId> runs = new TreeSet<>();
        if (view.state(SystemTable.RUNS.table()).isEmpty()) {
            return runs;
        }
        try (Session session = engine.open(view);
                Cursor cursor = session.query("select distinct run_id from ade.runs")) {
            for (List<@Nullable Object> row : cursor.all(RUNS_MAX)) {
                runs.add(new RunId(((Number) Objects.requireNonNull(row.getFirst())).longValue()));
            }
        }
        return runs;
    }

    /// An older table may lack columns that were added since.
    private static String columns(SystemTable table, DatasetState state) {
        Set<String> there =
                state.schema().columns().stream().map(Column::name).collect(Collectors.toSet());
        return table.schema().columns().stream()
                .map(column ->
                        there.contains(column.name())
                                ? Sql.quote(column.name())
                                : "cast(null as %s) as %s"
                                        .formatted(column.type().sql(), Sql.quote(column.name())))
                .collect(Collectors.joining(", "));
    }

    /// Adds the run that the draft is.
    public void add(Draft draft, Draft.RunEnd end, Lake.RunStart start) {
        List<@Nullable Object> row =
                Arrays.asList(
                        draft.run().number(),
                        draft.environment().name(),
                        Wording.of(end.state()),
                        start.startedAt(),
                        end.endedAt(),
                        start.command(),
                        start.user(),
                        Discreet.message(end.message()));
        SystemTable table = SystemTable.RUNS;
        try (Session session = engine.open(Relations.none())) {
            session.stage(STAGED, table.schema(), List.of(row));
            draft.appendLog(
                    table.table(),
                    session.write(
                            "select * from " + Sql.quote(STAGED),
                            draft.prepareLog(table.table(), table.schema())));
        }
    }
}
