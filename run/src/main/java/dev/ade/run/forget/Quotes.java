package dev.ade.run.forget;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Sql;
import dev.ade.run.lineage.ColumnId;
import dev.ade.run.lineage.PersonalColumns;
import dev.ade.run.lineage.ProjectLineage;
import dev.ade.spi.Cursor;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Engine;
import dev.ade.spi.LakeView;
import dev.ade.spi.Lineage.Role;
import dev.ade.spi.Session;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What else rows that go show of their people, so that it can be taken out of logs too: values of personal columns that
/// are not shared by design, as those of masks and coarse values are.
final class Quotes {
    /// Values of one column; with more, nobody could be told by one.
    private static final int VALUES_MAX = 100_000;

    private static final Set<String> OWN = Set.of("keep", "pseudonym", "token", "fpe");

    private final Engine engine;
    private final LakeView view;
    private final PersonalColumns personal;

    Quotes(Engine engine, ProjectLineage lineage, LakeView view) {
        this.engine = engine;
        this.view = view;
        this.personal = new PersonalColumns(lineage);
    }

    Map<ColumnId, Set<String>> of(List<Target> targets) {
        Map<ColumnId, Set<String>> quotes = new TreeMap<>();
        for (Target target : targets) {
            DatasetState state = view.state(target.dataset()).orElseThrow();
            String condition = TableScan.condition(target, state);
            for (Column column : state.schema().columns()) {
                if (!column.type().isNested() && isOwn(target, column)) {
                    Set<String> values = values(target, column, condition);
                    if (!values.isEmpty()) {
                        quotes.put(new ColumnId(target.dataset(), column.name()), values);
                    }
                }
            }
        }
        return quotes;
    }

    private boolean isOwn(Target target, Column column) {
        return personal.origins(target.dataset(), column).stream()
                .anyMatch(origin ->
                        OWN.contains(origin.treated().treatment())
                                && origin.how().compareTo(Role.TRANSFORM) <= 0);
    }

    /// None of a view that cannot be read: no log can quote it.
    private Set<String> values(Target target, Column column, String condition) {
        Set<String> values = new TreeSet<>();
        String sql =
                "SELECT DISTINCT CAST(%1$s AS VARCHAR) FROM %2$s WHERE (%3$s) AND %1$s IS NOT NULL LIMIT %4$d"
                        .formatted(
                                Sql.quote(column.name()),
                                target.dataset().quoted(),
                                condition,
                                VALUES_MAX);
        try (Session session = engine.open(view);
                Cursor cursor = session.query(sql)) {
            for (List<@Nullable Object> row : cursor.all(VALUES_MAX)) {
                values.add(String.valueOf(row.getFirst()));
            }
        } catch (AdeException e) {
            if (e.kind() != AdeException.Kind.USER) {
                throw e;
            }
        }
        return values;
    }
}
