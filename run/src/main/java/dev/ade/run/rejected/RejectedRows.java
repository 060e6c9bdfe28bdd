package dev.ade.run.rejected;

import dev.ade.model.Column;
import dev.ade.model.Fingerprint;
import dev.ade.model.RunId;
import dev.ade.model.Schema;
import dev.ade.model.Sql;
import dev.ade.model.TableName;
import dev.ade.model.Type.Simple;
import dev.ade.run.rejected.RejectedGroup.Status;
import dev.ade.spi.Batch;
import dev.ade.spi.Cursor;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Engine;
import dev.ade.spi.LakeView;
import dev.ade.spi.Session;
import dev.ade.spi.Suppression;
import dev.ade.spi.SystemTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What became of the rows in `ade.rejected`: a row is still out as long as the dataset holds the very load of its file
/// that rejected it. So nothing is ever marked, and what a load brings in leaves the open rows in the same transaction.
public final class RejectedRows {
    /// Groups that are read; the newest.
    public static final int GROUPS_MAX = 10_000;

    /// Rows that are taken out at once.
    public static final int LEFT_MAX = 100_000;

    private static final String LOADS = "ade_loads";
    private static final Schema SCHEMA =
            Schema.of(
                    new Column("dataset", Simple.VARCHAR),
                    new Column("batch_id", Simple.VARCHAR),
                    new Column("origin", Simple.VARCHAR),
                    new Column("loaded_at", Simple.TIMESTAMPTZ));

    private static final String FOUND =
            """
            with last_load as (
              select dataset, origin, max(loaded_at) as loaded_at from ade_loads group by all
            ),
            loader as (select started_at, min(run_id) as run_id from ade.runs group by all),
            done as (select distinct run_id, dataset from ade.steps where state = 'done'),
            found as (
              select r.*, c.run_id as replayed_by,
                case
                  when b.batch_id is not null and r.reason = ? then 'forgotten'
                  when b.batch_id is not null then 'open'
                  when l.loaded_at > r.rejected_at then 'replayed'
                  when d.run_id is null
                    and r.run_id = max(r.run_id) over (partition by r.dataset, r.source) then 'not_loaded'
                  else 'gone'
                end as status
              from ade.rejected r
              left join ade_loads b on b.dataset = r.dataset and b.batch_id = r.batch_id
                and b.loaded_at = r.rejected_at
              left join last_load l on l.dataset = r.dataset and l.origin = r.source
              left join loader c on c.started_at = l.loaded_at
              left join done d on d.run_id = r.run_id and d.dataset = r.dataset
              where ? is null or r.dataset = ?
            )
            """;

    private static final String GROUPS =
            FOUND
                    + """
                    select dataset, batch_id, source, column_name, arg_min(value_class, line), reason, status,
                      count(distinct line), min(line), run_id, rejected_at,
                      case when status = 'replayed' then any_value(replayed_by) end
                    from found
                    group by dataset, batch_id, source, column_name, reason, status, run_id, rejected_at
                    order by dataset, rejected_at desc, source, column_name nulls first, reason
                    limit\
                    """;

    private static final String LEFT =
            FOUND
                    + """
                    select batch_id, source, line,
                      string_agg(distinct coalesce(column_name || ': ', '') || reason, '; '
                        order by coalesce(column_name || ': ', '') || reason)
                    from found
                    where status in ('open', 'not_loaded', 'forgotten')
                    group by batch_id, source, line
                    having not bool_or(reason = %s)
                    order by source, batch_id, line
                    limit\
                    """
                            .formatted(Sql.literal(Suppression.REASON));

    private final LakeView view;
    private final Engine engine;

    public RejectedRows(LakeView view, Engine engine) {
        this.view = view;
        this.engine = engine;
    }

    /// Of one dataset, or of all.
    public List<RejectedGroup> of(Optional<TableName> dataset) {
        return rows(GROUPS, GROUPS_MAX, dataset).stream().map(RejectedRows::group).toList();
    }

    /// Rows of a dataset about which something is left to be done, by file and line, without those of people who were
    /// forgotten; one more than `LEFT_MAX` where there
    /// are more.
    List<RejectedLine> left(TableName dataset) {
        return rows(LEFT, LEFT_MAX + 1, Optional.of(dataset)).stream()
                .map(row ->
                        new RejectedLine(
                                new RejectedPlace(
                                        new Fingerprint(text(row.get(0))), number(row.get(2))),
                                text(row.get(1)),
                                text(row.get(3))))
                .toList();
    }

    private List<List<@Nullable Object>> rows(
            String select, int rowsMax, Optional<TableName> dataset) {
        if (view.state(SystemTable.REJECTED.table()).isEmpty()) {
            return List.of();
        }
        try (Session session = engine.open(view)) {
            session.stage(LOADS, SCHEMA, loads(dataset));
            String name = dataset.map(TableName::toString).orElse(null);
            List<@Nullable Object> values = new ArrayList<>();
            values.add(Suppression.REASON);
            values.add(name);
            values.add(name);
            try (Cursor cursor = session.query(select + " " + rowsMax, values)) {
                return cursor.all(rowsMax);
            }
        }
    }

    private List<List<@Nullable Object>> loads(Optional<TableName> dataset) {
        List<TableName> names =
                dataset.map(List::of)
                        .orElseGet(() -> view.states().stream().map(DatasetState::name).toList());
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (TableName name : names) {
            for (Batch batch : view.batches(name)) {
                rows.add(
                        List.of(
                                name.toString(),
                                batch.id().hex(),
                                batch.origin(),
                                batch.loadedAt()));
            }
        }
        return rows;
    }

    private static RejectedGroup group(List<@Nullable Object> row) {
        return new RejectedGroup(
                TableName.parse(text(row.get(0))),
                new Fingerprint(text(row.get(1))),
                text(row.get(2)),
                Optional.ofNullable(row.get(3)).map(Object::toString),
                text(row.get(4)),
                text(row.get(5)),
                Status.valueOf(text(row.get(6)).toUpperCase(Locale.ROOT)),
                number(row.get(7)),
                number(row.get(8)),
                new RunId(number(row.get(9))),
                (Instant) Objects.requireNonNull(row.get(10)),
                Optional.ofNullable(row.get(11)).map(it -> new RunId(number(it))));
    }

    private static String text(@Nullable Object value) {
        return Objects.requireNonNull(value).toString();
    }

    private static long number(@Nullable Object value) {
        return ((Number) Objects.requireNonNull(value)).longValue();
    }
}
