package dev.ade.run.build;

import dev.ade.model.AdeException;
import dev.ade.model.Location;
import dev.ade.model.Schema;
import dev.ade.model.SnapshotSpec;
import dev.ade.model.Sql;
import dev.ade.model.Type;
import dev.ade.model.Wording;
import dev.ade.spi.Compiler.Situation;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Draft;
import dev.ade.spi.FileTarget;
import dev.ade.spi.Session;
import dev.ade.spi.WrittenFile;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// dbt's snapshots: rows that changed are closed and written anew, rows that went are closed. A changed definition
/// goes on from what is there.
final class SnapshotBuild {
    private final BuildContext context;
    private final SnapshotSpec spec;

    SnapshotBuild(BuildContext context, SnapshotSpec spec) {
        this.context = context;
        this.spec = spec;
    }

    Built build(Draft.Stamp stamp) {
        String query = context.compiled().compile(context.model(), Situation.FROM_SCRATCH);
        try (Sessions.Lease lease = context.sessions().open(context.draft())) {
            return build(lease.session(), query, stamp);
        } catch (AdeException e) {
            throw e.location() == null ? e.at(Location.of(context.model().file())) : e;
        }
    }

    private Built build(Session session, String query, Draft.Stamp stamp) {
        Optional<Schema> stored =
                context.draft()
                        .state(context.model().name())
                        .map(DatasetState::schema)
                        .map(this::requireSnapshot);
        Optional<Joined> joined =
                stored.map(it -> new Joined(it, session.describe(query), context.hidden()));
        String seen = joined.map(it -> it.given(query)).orElse(query);
        context.renewals().register(session);
        session.execute(SnapshotSql.incoming(spec, context.renewals(), seen, now()));
        Schema incoming = session.describe("select * from " + Sql.quote(SnapshotSql.INCOMING));
        requireClock(incoming);
        SnapshotSql sql = new SnapshotSql(spec, context.renewals(), incoming, now());
        requireUniqueKeys(session, sql);
        String rows =
                joined.map(it -> sql.next(it.widened(), "(" + it.stored(table()) + ")"))
                        .orElseGet(sql::first);
        FileTarget target =
                context.draft()
                        .prepare(
                                context.model().name(),
                                session.describe(rows),
                                context.model().layout());
        List<WrittenFile> written = session.write(rows, target, context.watcher());
        context.draft().commit(context.model().name(), new Draft.Change.ReplaceAll(written), stamp);
        return Built.whole(target, written);
    }

    private String table() {
        return context.model().name().quoted();
    }

    private String now() {
        LocalDateTime time = LocalDateTime.ofInstant(context.now(), ZoneOffset.UTC);
        return "TIMESTAMP '" + time.toLocalDate() + " " + time.toLocalTime() + "'";
    }

    /// Rows that go end when that is seen, which no number of a version says.
    private void requireClock(Schema incoming) {
        Type updated = incoming.find(SnapshotSql.UPDATED).orElseThrow().type();
        if (updated.isNumeric() && spec.hardDeletes() != SnapshotSpec.HardDeletes.IGNORE) {
            throw AdeException.user(
                    "Cannot keep %s: rows that go end at a time, and its updated_at is a number (%s)"
                            .formatted(context.model().name(), updated.sql()),
                    "Give updated_at as a timestamp or date, or hard_deletes: ignore");
        }
    }

    private void requireUniqueKeys(Session session, SnapshotSql sql) {
        long repeated = Rows.number(session, sql.repeatedKeys());
        if (repeated > 0) {
            throw AdeException.data(
                    "Cannot keep %s: %s of its unique_key (%s) %s more than once"
                            .formatted(
                                    context.model().name(),
                                    Wording.count(repeated, "value"),
                                    String.join(", ", spec.uniqueKey()),
                                    repeated == 1 ? "comes" : "come"),
                    "Make the query give one row a key, or add columns to unique_key");
        }
    }

    /// A table that was something else before has no history to go on from.
    private Schema requireSnapshot(Schema stored) {
        SnapshotSpec.MetaColumns meta = spec.columns();
        for (String column : List.of(meta.scdId(), meta.validFrom(), meta.validTo())) {
            if (stored.find(column).isEmpty()) {
                throw AdeException.user(
                        "Cannot go on with %s: what is there has no column %s"
                                .formatted(context.model().name(), column),
                        "Give the snapshot another name, or snapshot_meta_column_names as they were");
            }
        }
        return stored;
    }
}
