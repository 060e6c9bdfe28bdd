package dev.ade.run;

import dev.ade.model.Fingerprint;
import dev.ade.model.TableName;
import dev.ade.spi.Compiler;
import dev.ade.spi.Cursor;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Engine;
import dev.ade.spi.LakeView;
import dev.ade.spi.Session;
import dev.ade.spi.SystemTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is published, and how the last run went, for selectors. Used by one thread.
public final class PastRuns implements Compiler.Past {
    private final LakeView published;
    private final Engine engine;
    private Optional<Map<String, String>> results = Optional.empty();

    public PastRuns(LakeView published, Engine engine) {
        this.published = published;
        this.engine = engine;
    }

    @Override
    public Optional<Fingerprint> definition(TableName dataset) {
        return published.state(dataset).map(DatasetState::definition);
    }

    @Override
    public Optional<String> result(String name) {
        if (results.isEmpty()) {
            results = Optional.of(lastResults());
        }
        return Optional.ofNullable(results.get().get(name));
    }

    private Map<String, String> lastResults() {
        if (published.state(SystemTable.STEPS.table()).isEmpty()) {
            return Map.of();
        }
        Map<String, String> last = new HashMap<>();
        try (Session session = engine.open(published)) {
            add(
                    last,
                    session,
                    """
                    select dataset, case lower(state) when 'done' then 'success' when 'unchanged' then 'success'
                      when 'withheld' then 'fail' when 'failed' then 'error' else 'skipped' end
                    from ade.steps where run_id = (select max(run_id) from ade.steps)\
                    """);
            if (published.state(SystemTable.CHECKS.table()).isPresent()) {
                add(
                        last,
                        session,
                        """
                        select 'test ' || check_name, lower(outcome) from ade.checks
                        where run_id = (select max(run_id) from ade.steps)\
                        """);
            }
        }
        return last;
    }

    private static void add(Map<String, String> all, Session session, String sql) {
        try (Cursor rows = session.query(sql)) {
            for (List<@Nullable Object> row = rows.next(); row != null; row = rows.next()) {
                all.put(String.valueOf(row.getFirst()), String.valueOf(row.getLast()));
            }
        }
    }
}
