package dev.ade.run.forget;

import dev.ade.model.Column;
import dev.ade.model.Project;
import dev.ade.model.Sql;
import dev.ade.model.TableName;
import dev.ade.spi.Cursor;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Draft;
import dev.ade.spi.Engine;
import dev.ade.spi.FileTarget;
import dev.ade.spi.FilledInterval;
import dev.ade.spi.Relation;
import dev.ade.spi.Session;
import dev.ade.spi.WrittenFile;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Takes rows out of the tables of a draft: files that hold some are written again without them. A table's version,
/// batches and intervals stay what they were, so that nothing above it is stale and nothing is loaded or filled again.
final class Cut {
    private static final int MOMENTS_MAX = 10_000_000;

    private final Engine engine;
    private final Project project;
    private final Draft draft;

    Cut(Engine engine, Project project, Draft draft) {
        this.engine = engine;
        this.project = project;
        this.draft = draft;
    }

    void rows(Target target) {
        TableName name = target.dataset();
        DatasetState state = draft.state(name).orElseThrow();
        Relation.Scan scan = new TableScan(engine).holding(draft, target);
        String condition = TableScan.condition(target, state);
        FileTarget files = draft.reopen(name);
        try (Session session = engine.open(TableScan.only(name, scan))) {
            requireAll(session, target, condition);
            String rest = "SELECT * FROM %s WHERE NOT (%s)".formatted(name.quoted(), condition);
            List<WrittenFile> written = session.write(rest, files);
            count(session, state, condition);
            draft.commit(
                    name,
                    new Draft.Change.Rewrite(paths(scan), written),
                    new Draft.Stamp(state.version(), state.definition(), state.properties()));
        }
    }

    /// What is in the table has to be in the files that were found.
    private void requireAll(Session found, Target target, String condition) {
        long there = new TableScan(engine).count(draft, target).getLast();
        String count =
                "SELECT count(*) FROM %s WHERE %s".formatted(target.dataset().quoted(), condition);
        try (Cursor cursor = found.query(count)) {
            Object rows = cursor.all(1).getFirst().getFirst();
            if (!(rows instanceof Number number) || number.longValue() != there) {
                throw new IllegalStateException(
                        "%s has %d rows to remove, its files %s"
                                .formatted(target.dataset(), there, rows));
            }
        }
    }

    static Set<String> paths(Relation.Scan scan) {
        return scan.groups().stream()
                .flatMap(group -> group.files().stream())
                .map(Relation.ScanFile::path)
                .collect(Collectors.toSet());
    }

    /// The ledger says how many rows each interval has.
    private void count(Session session, DatasetState state, String condition) {
        List<FilledInterval> filled = draft.filled(state.name());
        String time = project.eventTime(state.name()).orElse("");
        if (filled.isEmpty() || state.schema().find(time).map(Column::name).isEmpty()) {
            return;
        }
        Map<Instant, Long> gone = new TreeMap<>();
        String sql =
                "SELECT epoch_us(CAST(%s AS TIMESTAMPTZ)), count(*) FROM %s WHERE %s GROUP BY 1"
                        .formatted(Sql.quote(time), state.name().quoted(), condition);
        try (Cursor cursor = session.query(sql)) {
            for (List<@Nullable Object> row : cursor.all(MOMENTS_MAX)) {
                if (row.getFirst() instanceof Number micros) {
                    gone.merge(
                            Instant.EPOCH.plus(micros.longValue(), ChronoUnit.MICROS),
                            ((Number) Objects.requireNonNull(row.get(1))).longValue(),
                            Long::sum);
                }
            }
        }
        List<FilledInterval> left = new ArrayList<>();
        for (FilledInterval one : filled) {
            long of =
                    gone.entrySet().stream()
                            .filter(it -> one.interval().contains(it.getKey()))
                            .mapToLong(Map.Entry::getValue)
                            .sum();
            left.add(
                    new FilledInterval(
                            one.interval(), one.version(), Math.max(0, one.rows() - of)));
        }
        draft.recordFilled(state.name(), left);
    }
}
