package dev.ade.project;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Attributes;
import dev.ade.jinja.Callable;
import dev.ade.jinja.None;
import dev.ade.jinja.Python;
import dev.ade.jinja.Undefined;
import dev.ade.model.Sql;
import dev.ade.model.TableName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A dataset as templates see it; prints as what SQL reads it by.
///
/// @param schema empty where it is left out
/// @param type `table`, `view`, `cte`, … or empty where that is not known
/// @param sql the quoted name, or a query in brackets for what is ephemeral
/// @param rendered is told when a template asks for its text, which says that it wants all of it
record RelationValue(String schema, String identifier, String type, String sql, Runnable rendered)
        implements Attributes {
    static final String DATABASE = "ade";

    RelationValue(String schema, String identifier, String type, String sql) {
        this(schema, identifier, type, sql, () -> {});
    }

    static RelationValue of(TableName name) {
        return new RelationValue(name.namespace(), name.name(), "", name.quoted());
    }

    /// One that is read by something else than its name.
    static RelationValue of(TableName name, String sql) {
        return new RelationValue(name.namespace(), name.name(), "", sql);
    }

    static RelationValue of(String schema, String identifier, String type) {
        return new RelationValue(schema, identifier, type, quoted(schema, identifier));
    }

    RelationValue typed(String other) {
        return new RelationValue(schema, identifier, other, sql, rendered);
    }

    RelationValue telling(Runnable listener) {
        return new RelationValue(schema, identifier, type, sql, listener);
    }

    /// The dataset of that name, if it can be one.
    Optional<TableName> name() {
        try {
            return Optional.of(TableName.of(schema, identifier));
        } catch (dev.ade.model.AdeException _) {
            return Optional.empty();
        }
    }

    private static String quoted(String schema, String identifier) {
        if (identifier.isEmpty()) {
            return schema.isEmpty() ? "" : Sql.quote(schema);
        }
        return schema.isEmpty()
                ? Sql.quote(identifier)
                : Sql.quote(schema) + "." + Sql.quote(identifier);
    }

    @Override
    public Object attribute(String attribute) {
        return switch (attribute) {
            case "identifier", "name", "table", "alias" -> noneIfEmpty(identifier);
            case "schema" -> noneIfEmpty(schema);
            case "database" -> DATABASE;
            case "type" -> noneIfEmpty(type);
            case "is_table" -> type.equals("table");
            case "is_view" -> type.equals("view");
            case "is_cte" -> type.equals("cte") || sql.startsWith("(");
            case "is_materialized_view", "is_pointer", "can_exchange" -> false;
            case "can_be_renamed", "can_be_replaced" -> false;
            case "quote_character" -> "\"";
            case "metadata" -> Map.of("type", "DuckDBRelation");
            case "quote_policy", "include_policy" ->
                    Map.of("database", false, "schema", true, "identifier", true);
            case "include" -> (Callable) this::include;
            case "quote" -> (Callable) this::quote;
            case "incorporate" -> (Callable) this::incorporate;
            case "replace_path" -> (Callable) this::path;
            case "without_identifier" -> (Callable) _ -> of(schema, "", "");
            case "information_schema" -> (Callable) RelationValue::informationSchema;
            case "information_schema_only" -> (Callable) _ -> "information_schema";
            case "matches" -> (Callable) this::matches;
            case "render" -> (Callable) _ -> render();
            case "__str__" -> (Callable) _ -> sql;
            case "create" -> (Callable) RelationValue::create;
            case "quoted" ->
                    (Callable)
                            arguments ->
                                    Sql.quote(String.valueOf(arguments.require(0, "identifier")));
            case "get" -> (Callable) this::get;
            case "add_ephemeral_prefix" ->
                    (Callable)
                            arguments -> "__dbt__cte__" + Python.text(arguments.require(0, "name"));
            case "Table" -> "table";
            case "View" -> "view";
            case "CTE" -> "cte";
            case "External" -> "external";
            default -> new Undefined(attribute, "a relation has no attribute '" + attribute + "'");
        };
    }

    @Override
    public boolean isMapping() {
        return true;
    }

    private String render() {
        rendered.run();
        return sql;
    }

    private static Object noneIfEmpty(String text) {
        return text.isEmpty() ? None.NONE : text;
    }

    private Object get(Arguments arguments) {
        Object value = attribute(String.valueOf(arguments.require(0, "key")));
        return value instanceof Undefined ? arguments.get(1, "default", None.NONE) : value;
    }

    /// The parts of the name that are wanted; the database never is one, as there is only one.
    private Object include(Arguments arguments) {
        arguments.allow("database", "schema", "identifier");
        String schemaPart = Python.isTrue(arguments.get(1, "schema", true)) ? schema : "";
        String name = Python.isTrue(arguments.get(2, "identifier", true)) ? identifier : "";
        return new RelationValue(schema, identifier, type, quoted(schemaPart, name));
    }

    private Object quote(Arguments arguments) {
        arguments.allow("database", "schema", "identifier");
        String schemaPart =
                Python.isTrue(arguments.get(1, "schema", true)) ? Sql.quote(schema) : schema;
        String name =
                Python.isTrue(arguments.get(2, "identifier", true))
                        ? Sql.quote(identifier)
                        : identifier;
        return new RelationValue(
                schema, identifier, type, schema.isEmpty() ? name : schemaPart + "." + name);
    }

    private Object incorporate(Arguments arguments) {
        arguments.allow("path", "type");
        Object typed = arguments.get(1, "type", noneIfEmpty(type));
        Object path = arguments.get(0, "path", Map.of());
        RelationValue moved =
                path instanceof Map<?, ?> parts && !parts.isEmpty() ? at(named(parts)) : this;
        return moved.typed(text(typed));
    }

    private Object path(Arguments arguments) {
        return at(arguments.named());
    }

    private RelationValue at(Map<String, Object> parts) {
        return of(
                text(parts.getOrDefault("schema", schema)),
                text(parts.getOrDefault("identifier", identifier)),
                type);
    }

    private static Map<String, Object> named(Map<?, ?> parts) {
        Map<String, Object> named = new LinkedHashMap<>();
        parts.forEach((key, value) -> named.put(String.valueOf(key), value));
        return named;
    }

    private static Object informationSchema(Arguments arguments) {
        Object view = arguments.get(0, "view_name", None.NONE);
        return view == None.NONE ? "information_schema" : "information_schema." + text(view);
    }

    private Object matches(Arguments arguments) {
        arguments.allow("database", "schema", "identifier");
        return same(schema, arguments.get(1, "schema", None.NONE))
                && same(identifier, arguments.get(2, "identifier", None.NONE));
    }

    private static boolean same(String part, Object wanted) {
        return wanted == None.NONE || part.equalsIgnoreCase(text(wanted));
    }

    /// `api.Relation.create(database=…, schema=…, identifier=…, type=…)`.
    static Object create(Arguments arguments) {
        return of(
                text(arguments.get(1, "schema", None.NONE)),
                text(arguments.get(2, "identifier", None.NONE)),
                text(arguments.get(3, "type", None.NONE)));
    }

    private static String text(Object value) {
        return value instanceof None || value instanceof Undefined ? "" : Python.text(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RelationValue relation
                && schema.equalsIgnoreCase(relation.schema)
                && identifier.equalsIgnoreCase(relation.identifier);
    }

    @Override
    public int hashCode() {
        return (schema + "." + identifier).toLowerCase(java.util.Locale.ROOT).hashCode();
    }

    @Override
    public String toString() {
        return sql;
    }
}
