package dev.ade.run.compare;

import dev.ade.model.AdeException;
import dev.ade.model.Aliases;
import dev.ade.model.Assertion;
import dev.ade.model.CheckSpec;
import dev.ade.model.Column;
import dev.ade.model.Field;
import dev.ade.model.Kind;
import dev.ade.model.Model;
import dev.ade.model.Schema;
import dev.ade.model.TableName;
import dev.ade.model.Type;
import dev.ade.run.compare.DatasetChange.ColumnChange;
import dev.ade.spi.Bound;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Engine;
import dev.ade.spi.LakeView;
import dev.ade.spi.Relation;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.spi.TableCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The columns that datasets will have: queries are bound, not run, over what is published and what was bound
/// before. Asked in an order in which inputs come first.
final class Columns implements Relations, AutoCloseable {
    /// Binding one takes a few milliseconds; a plan of a thousand new models is not worth a minute.
    private static final int BOUND_MAX = 1_000;

    private final LakeView published;
    private final Engine engine;
    private final Map<TableName, Schema> planned = new HashMap<>();
    private final Set<TableName> unknown = new HashSet<>();
    private final Set<TableName> asPublished = new HashSet<>();
    private @Nullable Session session;

    Columns(LakeView published, Engine engine) {
        this.published = published;
        this.engine = engine;
    }

    /// What binding a query showed.
    ///
    /// @param problem why it cannot be bound; empty where it can, or where nobody can tell yet or too many were asked
    record Bind(List<ColumnChange> changes, Optional<String> problem) {
        static final Bind UNKNOWN = new Bind(List.of(), Optional.empty());
    }

    /// Says that nobody knows a dataset's columns before it is loaded.
    void unknown(TableName dataset) {
        unknown.add(dataset);
    }

    /// Says what the columns of a published dataset are called elsewhere, or were called before.
    void rename(TableName dataset, Aliases aliases) {
        published
                .state(dataset)
                .map(DatasetState::schema)
                .filter(schema -> !aliases.own(schema).equals(schema))
                .ifPresent(schema -> planned.put(dataset, aliases.own(schema)));
    }

    Bind bind(Model model, String query) {
        boolean isTooMany = planned.size() >= BOUND_MAX;
        if (isTooMany || model.inputs().stream().anyMatch(unknown::contains)) {
            unknown.add(model.name());
            return Bind.UNKNOWN;
        }
        try {
            Schema schema = withOwn(model, session().describe(query));
            planned.put(model.name(), schema);
            if (asPublished.contains(model.name())) {
                close();
            }
            return new Bind(changes(model, schema), Optional.empty());
        } catch (AdeException e) {
            close();
            unknown.add(model.name());
            return new Bind(List.of(), Optional.ofNullable(e.getMessage()));
        }
    }

    /// The same for a model that is code, which says what it makes.
    Bind bind(Model model, TableCode code) {
        Schema schema = withOwn(model, code.schema());
        planned.put(model.name(), schema);
        if (asPublished.contains(model.name())) {
            close();
        }
        boolean isKnown = code.reads().stream().noneMatch(unknown::contains);
        return new Bind(changes(model, schema), isKnown ? problem(code) : Optional.empty());
    }

    private Optional<String> problem(TableCode code) {
        Map<TableName, Schema> read = new HashMap<>();
        for (TableName input : code.reads()) {
            find(input).ifPresent(relation -> read.put(input, relation.schema()));
        }
        try {
            code.lineage(read);
            return Optional.empty();
        } catch (AdeException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    /// A session keeps what a name stood for when it was first asked, so one serves until that changes or fails.
    private Session session() {
        if (session == null) {
            session = engine.open(this);
        }
        return session;
    }

    @Override
    public void close() {
        asPublished.clear();
        if (session != null) {
            session.close();
            session = null;
        }
    }

    /// The columns that ADE adds, where they are.
    private Schema withOwn(Model model, Schema query) {
        Optional<Schema> before = published.state(model.name()).map(DatasetState::schema);
        List<Column> columns = new ArrayList<>();
        switch (model.kind()) {
            case Kind.View _,
                    Kind.Table _,
                    Kind.Incremental _,
                    Kind.Custom _,
                    Kind.Fact _,
                    Kind.Day _ ->
                    columns.addAll(query.columns());
            case Kind.Dimension dimension -> {
                columns.add(new Column(dimension.surrogate(), Type.Simple.UUID));
                columns.addAll(query.columns());
                if (dimension.history() == Kind.History.SLOWLY_CHANGING) {
                    columns.add(new Column("valid_from", Type.Simple.TIMESTAMP));
                    columns.add(new Column("valid_to", Type.Simple.TIMESTAMP));
                    columns.add(new Column("is_current", Type.Simple.BOOLEAN));
                }
            }
            case Kind.Snapshot(var spec) -> {
                columns.addAll(query.columns());
                spec.columns()
                        .names()
                        .flatMap(name -> before.flatMap(it -> it.find(name)).stream())
                        .forEach(columns::add);
            }
        }
        return new Schema(columns);
    }

    private List<ColumnChange> changes(Model model, Schema after) {
        Optional<Schema> before = published.state(model.name()).map(DatasetState::schema);
        if (before.isEmpty()) {
            return List.of();
        }
        List<ColumnChange> changes = new ArrayList<>();
        for (Column column : before.get().columns()) {
            Optional<String> now = after.find(column.name()).map(it -> it.type().text());
            String was = column.type().text();
            if (!now.equals(Optional.of(was))) {
                changes.add(new ColumnChange(column.name(), Optional.of(was), now));
            }
        }
        for (Column column : after.columns()) {
            if (before.get().find(column.name()).isEmpty()) {
                changes.add(
                        new ColumnChange(
                                column.name(),
                                Optional.empty(),
                                Optional.of(column.type().text())));
            }
        }
        return changes;
    }

    /// How a dataset would break what its contract promises; empty where it would not.
    List<String> breaches(List<CheckSpec> checks, TableName dataset) {
        Schema schema = planned.get(dataset);
        List<String> breaches = new ArrayList<>();
        if (schema == null) {
            return breaches;
        }
        for (CheckSpec check : checks) {
            if (check.assertion() instanceof Assertion.Contract(var columns)) {
                columns.forEach(promised -> {
                    Optional<Type> type = schema.find(promised.name()).map(Column::type);
                    if (type.isEmpty()) {
                        breaches.add("its contract promises a column " + promised.name());
                    } else if (promised.type().isPresent() && !promised.type().equals(type)) {
                        breaches.add(
                                "its contract promises %s as %s, it would be %s"
                                        .formatted(
                                                promised.name(),
                                                promised.type().get().text(),
                                                type.get().text()));
                    }
                });
            }
        }
        return breaches;
    }

    @Override
    public Optional<Relation> find(TableName name, List<Bound> bounds) {
        Schema schema = planned.get(name);
        if (schema == null) {
            asPublished.add(name);
            return published.find(name, bounds);
        }
        return Optional.of(new Relation.Scan(fields(schema), List.of()));
    }

    private static List<Field> fields(Schema schema) {
        List<Field> fields = new ArrayList<>();
        for (Column column : schema.columns()) {
            fields.add(Field.of(fields.size() + 1, column.name(), column.type()));
        }
        return fields;
    }

    @Override
    public Collection<TableName> names() {
        Set<TableName> names = new HashSet<>(published.names());
        names.addAll(planned.keySet());
        return names;
    }
}
