package dev.ade.run.build;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Fingerprint;
import dev.ade.model.Kind;
import dev.ade.model.Location;
import dev.ade.model.Model;
import dev.ade.model.Schema;
import dev.ade.model.Sql;
import dev.ade.model.TableName;
import dev.ade.model.Type;
import dev.ade.spi.Compiler.Refresh;
import dev.ade.spi.Compiler.Situation;
import dev.ade.spi.Compiler.State;
import dev.ade.spi.Compiler.Workbench;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Draft;
import dev.ade.spi.FileTarget;
import dev.ade.spi.Relation;
import dev.ade.spi.Session;
import dev.ade.spi.WrittenFile;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a macro of the project makes, in a scratch of its own; what it leaves there are the dataset's new rows. A
/// changed definition starts over, as with incremental models.
final class CustomBuild {
    private static final TableName KEPT = TableName.of("ade$build", "kept");

    private final BuildContext context;
    private final Kind.Custom kind;

    CustomBuild(BuildContext context, Kind.Custom kind) {
        this.context = context;
        this.kind = kind;
    }

    Built build(Draft.Stamp stamp, Builder.History history) {
        requireNothingHidden();
        Optional<DatasetState> state = context.draft().state(context.model().name());
        boolean isKept =
                state.map(DatasetState::definition)
                        .filter(before -> isContinued(before, history))
                        .isPresent();
        return make(stamp, isKept ? State.EXISTING : State.NEW, Refresh.NOT_ASKED);
    }

    /// What a macro does with rows of before is its own affair.
    private void requireNothingHidden() {
        if (!context.hidden().isEmpty()) {
            throw AdeException.data(
                            "Cannot go on with %s: %s was treated otherwise in the rows that are there"
                                    .formatted(
                                            context.model().name(),
                                            String.join(", ", context.hidden())),
                            "Make all again: ade run --full-refresh " + context.model().name())
                    .at(Location.of(context.model().file()));
        }
    }

    private boolean isContinued(Fingerprint before, Builder.History history) {
        return kind.goesOn()
                || before.equals(context.model().definition())
                || history.kept().contains(before);
    }

    Built rebuild(Draft.Stamp stamp) {
        return kind.fullRefresh() == Kind.FullRefresh.NEVER
                ? build(stamp, Builder.History.NONE)
                : make(stamp, State.NEW, Refresh.ASKED);
    }

    private Built make(Draft.Stamp stamp, State state, Refresh refresh) {
        Model model = context.model();
        State seen = kind.isIncremental() ? state : State.NEW;
        Situation situation = new Situation(seen, Optional.empty());
        String query = context.compile(situation);
        Overlay relations = new Overlay(context.draft());
        Set<TableName> readable = new HashSet<>(model.inputs());
        Optional<Relation> rows =
                state == State.EXISTING ? context.draft().find(model.name()) : Optional.empty();
        rows.ifPresent(relation -> {
            relations.with(KEPT, relation);
            readable.add(KEPT);
        });
        try (Sessions.Lease lease =
                context.sessions().openScratch(relations, readable, model.name().namespace())) {
            Session session = lease.session();
            create(session, model.name(), rows);
            if (seen == State.EXISTING && rows.isPresent()) {
                widen(session, query);
            }
            String made =
                    context.compiled()
                            .materialize(
                                    model,
                                    new Workbench(
                                            query, situation, refresh, session, context.draft()));
            FileTarget target =
                    context.draft().prepare(model.name(), session.describe(made), model.layout());
            List<WrittenFile> written = session.write(made, target, context.watcher());
            context.draft().commit(model.name(), new Draft.Change.ReplaceAll(written), stamp);
            return Built.whole(target, written);
        }
    }

    private static void create(Session session, TableName name, Optional<Relation> rows) {
        if (rows.isPresent()) {
            session.execute(
                    "create table %s as select * from %s".formatted(name.quoted(), KEPT.quoted()));
        }
    }

    /// Rows that are added to a table of a narrower type would be rounded without a word.
    private void widen(Session session, String query) {
        Model model = context.model();
        String table = model.name().quoted();
        Schema stored = session.describe("select * from " + table);
        Schema fitting =
                new FittingTypes(model, session)
                        .of(stored, session.describe(query), "(%s)".formatted(query));
        for (Column column : fitting.columns()) {
            Type type = stored.find(column.name()).orElseThrow().type();
            if (!column.type().equals(type)) {
                session.execute(
                        "alter table %s alter %s type %s"
                                .formatted(table, Sql.quote(column.name()), column.type().sql()));
            }
        }
    }
}
