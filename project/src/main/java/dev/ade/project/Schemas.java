package dev.ade.project;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.None;
import dev.ade.jinja.Python;
import dev.ade.model.Schema;
import dev.ade.model.TableName;
import dev.ade.spi.Compiler.Database;
import dev.ade.spi.DatasetState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What datasets there are and what columns they have, as a step sees it. While a project is only read, nothing.
final class Schemas {
    private final Occasion occasion;

    Schemas(Occasion occasion) {
        this.occasion = occasion;
    }

    List<Object> columns(RelationValue relation) {
        Optional<Database> database = occasion.ask("look at the columns of " + relation);
        if (database.isEmpty()) {
            return new ArrayList<>();
        }
        Optional<RelationValue> made = occasion.scratch().flatMap(it -> it.find(relation));
        if (made.isPresent()) {
            return columns(occasion.scratch().orElseThrow().schema(made.get()));
        }
        Optional<DatasetState> state =
                relation.name().flatMap(name -> database.get().datasets().state(name));
        if (state.isPresent()) {
            return columns(state.get().schema());
        }
        return relation.sql().startsWith("(")
                ? columns(database.get().session().describe("select * from " + relation.sql()))
                : new ArrayList<>();
    }

    List<Object> columnsOf(String sql) {
        return occasion.ask("look at the columns of a query")
                .map(database -> columns(database.session().describe(sql)))
                .orElseGet(ArrayList::new);
    }

    private static List<Object> columns(Schema schema) {
        List<Object> columns = new ArrayList<>();
        schema.columns()
                .forEach(column -> columns.add(ColumnValue.of(column.name(), column.type().sql())));
        return columns;
    }

    /// `adapter.get_relation(database, schema, identifier)`.
    Object relation(Arguments arguments) {
        arguments.allow("database", "schema", "identifier");
        return found(
                RelationValue.of(
                        Python.text(arguments.require(1, "schema")),
                        Python.text(arguments.require(2, "identifier")),
                        ""));
    }

    Object found(RelationValue relation) {
        Optional<Database> database = occasion.ask("look for " + relation);
        if (database.isEmpty()) {
            return None.NONE;
        }
        if (occasion.scratch().isPresent()) {
            return occasion.scratch().get().find(relation).<Object>map(it -> it).orElse(None.NONE);
        }
        return relation.name()
                .flatMap(name -> database.get().datasets().state(name))
                .<Object>map(Schemas::value)
                .orElse(None.NONE);
    }

    Object exists(Arguments arguments) {
        RelationValue relation =
                RelationValue.of(
                        Python.text(arguments.require(0, "schema")),
                        Python.text(arguments.require(1, "name")),
                        "");
        return found(relation) != None.NONE;
    }

    List<Object> relations(String schema) {
        return occasion.scratch()
                .map(it -> it.relations(schema).stream().<Object>map(one -> one).toList())
                .orElseGet(() -> states(schema).stream().<Object>map(Schemas::value).toList());
    }

    /// Relations whose names match patterns of SQL's LIKE.
    List<Object> like(String schemaPattern, String tablePattern, String exclude) {
        Pattern schema = like(schemaPattern);
        Pattern table = like(tablePattern);
        Pattern excluded = like(exclude);
        return occasion.ask("look for relations").stream()
                .flatMap(database -> database.datasets().states().stream())
                .filter(state -> schema.matcher(state.name().namespace()).matches())
                .filter(state -> table.matcher(state.name().name()).matches())
                .filter(state -> !excluded.matcher(state.name().name()).matches())
                .<Object>map(Schemas::value)
                .toList();
    }

    private static Pattern like(String pattern) {
        StringBuilder regex = new StringBuilder();
        pattern.chars()
                .forEach(c ->
                        regex.append(
                                switch (c) {
                                    case '%' -> ".*";
                                    case '_' -> ".";
                                    default -> Pattern.quote(Character.toString(c));
                                }));
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    boolean hasSchema(String schema) {
        return occasion.scratch()
                .map(it -> it.schemas().contains(schema.toLowerCase(Locale.ROOT)))
                .orElseGet(() -> !states(schema).isEmpty());
    }

    List<Object> schemas() {
        TreeSet<String> names = new TreeSet<>();
        occasion.ask("look for schemas")
                .ifPresent(database ->
                        database.datasets()
                                .states()
                                .forEach(state -> names.add(state.name().namespace())));
        return new ArrayList<>(names);
    }

    private List<DatasetState> states(String schema) {
        String wanted = schema.toLowerCase(Locale.ROOT);
        return occasion.ask("look into schema " + schema).stream()
                .flatMap(database -> database.datasets().states().stream())
                .filter(state -> state.name().namespace().equals(wanted))
                .toList();
    }

    private static RelationValue value(DatasetState state) {
        TableName name = state.name();
        return RelationValue.of(name).typed(state.kind().name().toLowerCase(Locale.ROOT));
    }

    /// Columns that one relation has and the other lacks.
    List<Object> missing(RelationValue from, RelationValue to) {
        List<String> there = columns(to).stream().map(Schemas::lower).toList();
        return columns(from).stream().filter(column -> !there.contains(lower(column))).toList();
    }

    private static String lower(Object column) {
        return ((ColumnValue) column).name().toLowerCase(Locale.ROOT);
    }
}
