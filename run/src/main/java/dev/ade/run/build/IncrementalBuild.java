package dev.ade.run.build;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Field;
import dev.ade.model.Fingerprint;
import dev.ade.model.Intervals;
import dev.ade.model.Kind;
import dev.ade.model.Location;
import dev.ade.model.Model;
import dev.ade.model.Schema;
import dev.ade.model.Sql;
import dev.ade.model.TableName;
import dev.ade.model.Widening;
import dev.ade.model.Wording;
import dev.ade.spi.Compiler;
import dev.ade.spi.Compiler.Situation;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Draft;
import dev.ade.spi.FileTarget;
import dev.ade.spi.Session;
import dev.ade.spi.WrittenFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// dbt's incremental models: one run of the query is added to what is there, by strategy. A changed
/// definition starts over, so that the dataset is always what its definition says, unless config says otherwise.
final class IncrementalBuild {
    private static final String INCOMING = "ade$incoming";

    private final BuildContext context;
    private final Kind.Incremental kind;

    IncrementalBuild(BuildContext context, Kind.Incremental kind) {
        this.context = context;
        this.kind = kind;
    }

    Built build(Draft.Stamp stamp, Builder.History history) {
        Model model = context.model();
        Optional<DatasetState> state = context.draft().state(model.name());
        if (state.isEmpty()) {
            return scratch(stamp);
        }
        Fingerprint before = state.get().definition();
        boolean isHiding = !context.hidden().isEmpty() && (history.kept().isEmpty() || hidesKey());
        if (isHiding && !kind.goesOn()) {
            return scratch(stamp);
        }
        if (before.equals(model.definition()) || kind.goesOn()) {
            return add(stamp, state.get(), kind.onSchemaChange());
        }
        if (!history.kept().contains(before)) {
            return scratch(stamp);
        }
        Kind.SchemaChange change = Kind.SchemaChange.APPEND_NEW_COLUMNS;
        boolean isInputSame =
                history.follows().apply(model.withDefinition(before)).equals(state.get().version());
        return isInputSame ? evolve(stamp, state.get(), change) : add(stamp, state.get(), change);
    }

    /// No row would come in the place of one without a key.
    private boolean hidesKey() {
        return kind.uniqueKey().stream()
                .anyMatch(key -> context.hidden().stream().anyMatch(key::equalsIgnoreCase));
    }

    /// Only the columns: nothing came that the new query could add.
    private Built evolve(Draft.Stamp stamp, DatasetState state, Kind.SchemaChange change) {
        Model model = context.model();
        String query =
                context.compiled()
                        .compile(model, new Situation(Compiler.State.EXISTING, Optional.empty()));
        try (Sessions.Lease lease = context.sessions().open(context.draft())) {
            Schema schema = evolve(state.schema(), lease.session().describe(query), change);
            FileTarget target = context.draft().prepare(model.name(), schema, model.layout());
            context.draft().commit(model.name(), new Draft.Change.Nothing(), stamp);
            return built(target, List.of(), 0);
        }
    }

    Built rebuild(Draft.Stamp stamp) {
        return kind.fullRefresh() == Kind.FullRefresh.NEVER
                ? build(stamp, Builder.History.NONE)
                : scratch(stamp);
    }

    private Built scratch(Draft.Stamp stamp) {
        return new TableBuild(context).build(stamp);
    }

    private Built add(Draft.Stamp stamp, DatasetState state, Kind.SchemaChange change) {
        Model model = context.model();
        String query = context.compile(new Situation(Compiler.State.EXISTING, Optional.empty()));
        Files files = Files.of(context.draft(), model.name(), List.of());
        Overlay relations = new Overlay(context.draft());
        if (!files.isEmpty()) {
            relations.with(Kept.NAME, files.scan());
        }
        try (Sessions.Lease lease = context.sessions().open(relations)) {
            Session session = lease.session();
            session.execute("create temp table %s as %s".formatted(Sql.quote(INCOMING), query));
            requireKeys(session);
            Schema incoming = session.describe("select * from " + Sql.quote(INCOMING));
            Schema schema = evolve(state.schema(), incoming, change);
            if (change == Kind.SchemaChange.FAIL) {
                requireTypes(schema, incoming);
            }
            schema = new FittingTypes(model, session).of(schema, incoming, Sql.quote(INCOMING));
            FileTarget target = context.draft().prepare(model.name(), schema, model.layout());
            List<WrittenFile> added = session.write(added(schema, incoming), target);
            return commit(session, files, target, added, stamp);
        }
    }

    private Built commit(
            Session session,
            Files files,
            FileTarget target,
            List<WrittenFile> added,
            Draft.Stamp stamp) {
        TableName name = context.model().name();
        Kept kept = new Kept(context.model(), files.scan().fields(), target, context.hidden());
        boolean replaces = kind.strategy() != Kind.Strategy.APPEND && Built.rows(added) > 0;
        if (files.isEmpty() || !(replaces || kept.isRewritten())) {
            context.draft().commit(name, new Draft.Change.Append(added), stamp);
            return built(target, added, Built.rows(added));
        }
        kept.requireExact(session);
        context.renewals().register(session);
        FileTarget keptTarget =
                context.draft().prepare(name, Field.schema(target.fields()), target.layout());
        List<WrittenFile> all = new ArrayList<>(added);
        all.addAll(session.write(replaces ? others(kept) : kept.query(), keptTarget));
        context.draft().commit(name, new Draft.Change.Rewrite(files.paths(), all), stamp);
        return built(target, all, Built.rows(added));
    }

    /// Rows whose key did not come again.
    private String others(Kept kept) {
        String sameKey =
                kind.uniqueKey().stream()
                        .map(column -> compared(column, "i") + " = " + compared(column, "k"))
                        .collect(Collectors.joining(" and "));
        return "select * from (%s) as k where not exists (select 1 from %s as i where %s)"
                .formatted(kept.query(), Sql.quote(INCOMING), sameKey);
    }

    private String compared(String column, String rows) {
        return context.renewals().compared(column, rows + "." + Sql.quote(column));
    }

    private void requireKeys(Session session) {
        if (kind.strategy() != Kind.Strategy.MERGE) {
            return;
        }
        String key = kind.uniqueKey().stream().map(Sql::quote).collect(Collectors.joining(", "));
        long duplicates =
                Rows.number(
                        session,
                        "select count(*) from (select 1 from %s group by %s having count(*) > 1)"
                                .formatted(Sql.quote(INCOMING), key));
        if (duplicates > 0) {
            throw AdeException.data(
                            "Cannot merge into %s: %s of its unique_key (%s) %s more than once"
                                    .formatted(
                                            context.model().name(),
                                            Wording.count(duplicates, "value"),
                                            String.join(", ", kind.uniqueKey()),
                                            duplicates == 1 ? "comes" : "come"),
                            "Make the query give one row a key, or use delete+insert")
                    .at(Location.of(context.model().file()));
        }
    }

    private Schema evolve(Schema stored, Schema incoming, Kind.SchemaChange change) {
        List<Column> added =
                incoming.columns().stream()
                        .filter(column -> stored.find(column.name()).isEmpty())
                        .toList();
        boolean same =
                added.isEmpty()
                        && stored.columns().stream()
                                .allMatch(column -> incoming.find(column.name()).isPresent());
        return switch (change) {
            case IGNORE -> stored;
            case SYNC_ALL_COLUMNS -> same ? stored : incoming;
            case APPEND_NEW_COLUMNS -> {
                List<Column> all = new ArrayList<>(stored.columns());
                all.addAll(added);
                yield new Schema(all);
            }
            case FAIL -> {
                if (!same) {
                    throw schemaChanged(stored, incoming);
                }
                yield stored;
            }
        };
    }

    private void requireTypes(Schema stored, Schema incoming) {
        boolean isHeld =
                stored.columns().stream()
                        .allMatch(column ->
                                Widening.holds(
                                        column.type(),
                                        incoming.find(column.name()).orElseThrow().type()));
        if (!isHeld) {
            throw schemaChanged(stored, incoming);
        }
    }

    private AdeException schemaChanged(Schema stored, Schema incoming) {
        return AdeException.data(
                        "Cannot add to %s: its query gives columns %s, the dataset has %s"
                                .formatted(context.model().name(), typed(incoming), typed(stored)),
                        "Set on_schema_change, or rebuild it: ade run --full-refresh "
                                + context.model().name())
                .at(Location.of(context.model().file()));
    }

    private static String typed(Schema schema) {
        return schema.columns().stream()
                .map(column -> column.name() + " " + column.type().text())
                .collect(Collectors.joining(", "));
    }

    private static String added(Schema schema, Schema incoming) {
        return schema.columns().stream()
                .map(column -> Kept.fitted(column, incoming))
                .collect(Collectors.joining(", ", "select ", " from " + Sql.quote(INCOMING)));
    }

    private static Built built(FileTarget target, List<WrittenFile> files, long rows) {
        return new Built(
                Optional.of(target), files, Built.Coverage.PART, rows, Intervals.ALWAYS, List.of());
    }
}
