package dev.ade.project;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Attributes;
import dev.ade.jinja.Callable;
import dev.ade.jinja.Definition;
import dev.ade.jinja.None;
import dev.ade.jinja.Python;
import dev.ade.jinja.Tuple;
import dev.ade.jinja.Undefined;
import dev.ade.model.AdeException;
import dev.ade.model.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `adapter`: what templates ask of the database and of dbt's plugin for it.
record AdapterValue(Rendering rendering, Results results) implements Attributes {
    private static final List<String> CHANGES =
            List.of(
                    "drop_relation",
                    "rename_relation",
                    "truncate_relation",
                    "drop_schema",
                    "alter_column_type",
                    "alter_relation_add_remove_columns",
                    "submit_python_job");
    private static final List<String> NOTHING_TO_DO =
            List.of(
                    "create_schema",
                    "cache_added",
                    "cache_dropped",
                    "cache_renamed",
                    "expand_target_column_types",
                    "commit",
                    "commit_if_has_connection",
                    "clear_transaction",
                    "verify_database",
                    "pre_model_hook",
                    "post_model_hook",
                    "store_relation",
                    "warn_once");

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "dispatch" -> (Callable) this::dispatch;
            case "quote" ->
                    (Callable)
                            arguments -> Sql.quote(Python.text(arguments.require(0, "identifier")));
            case "quote_as_configured" ->
                    (Callable)
                            arguments -> Sql.quote(Python.text(arguments.require(0, "identifier")));
            case "quote_seed_column" -> (Callable) AdapterValue::seedColumn;
            case "type" -> (Callable) _ -> "duckdb";
            case "is_motherduck", "is_ducklake" -> (Callable) _ -> false;
            case "is_cancelable" -> (Callable) _ -> true;
            case "Relation" -> new RelationClass();
            case "Column" -> new ColumnValue.Maker();
            case "config" -> new Undefined(name, "adapter.config is not something ADE has");
            case "behavior" -> new Behavior();
            case "valid_incremental_strategies", "builtin_incremental_strategies" ->
                    (Callable) _ -> List.of("append", "delete+insert", "merge", "microbatch");
            case "execute", "add_query" -> (Callable) this::execute;
            case "get_incremental_strategy_macro" -> (Callable) this::strategy;
            case "run_sql_for_tests" -> (Callable) results::runQuery;
            default -> asking(name);
        };
    }

    private Object asking(String name) {
        Schemas schemas = new Schemas(rendering.setting().occasion());
        return switch (name) {
            case "get_columns_in_relation" ->
                    (Callable)
                            arguments ->
                                    schemas.columns(relation(arguments.require(0, "relation")));
            case "get_columns_in_table" ->
                    (Callable)
                            arguments ->
                                    schemas.columns(
                                            RelationValue.of(
                                                    Python.text(arguments.require(0, "schema")),
                                                    Python.text(arguments.require(1, "table")),
                                                    ""));
            case "get_relation" -> (Callable) schemas::relation;
            case "load_relation" ->
                    (Callable)
                            arguments -> schemas.found(relation(arguments.require(0, "relation")));
            case "list_relations" ->
                    (Callable)
                            arguments ->
                                    schemas.relations(Python.text(arguments.require(1, "schema")));
            case "list_relations_without_caching" ->
                    (Callable)
                            arguments ->
                                    schemas.relations(
                                            relation(arguments.require(0, "schema_relation"))
                                                    .schema());
            case "get_relations_by_pattern" ->
                    (Callable)
                            arguments ->
                                    schemas.like(
                                            Python.text(arguments.require(0, "schema_pattern")),
                                            Python.text(arguments.require(1, "table_pattern")),
                                            Python.text(arguments.get(2, "exclude", "")));
            case "list_schemas" -> (Callable) _ -> schemas.schemas();
            case "check_schema_exists" ->
                    (Callable)
                            arguments ->
                                    schemas.hasSchema(Python.text(arguments.require(1, "schema")));
            case "already_exists" -> (Callable) schemas::exists;
            case "get_missing_columns" ->
                    (Callable)
                            arguments ->
                                    schemas.missing(
                                            relation(arguments.require(0, "from_relation")),
                                            relation(arguments.require(1, "to_relation")));
            case "get_column_schema_from_query" ->
                    (Callable)
                            arguments ->
                                    schemas.columnsOf(Python.text(arguments.require(0, "sql")));
            default ->
                    rendering
                            .setting()
                            .occasion()
                            .scratch()
                            .flatMap(scratch -> ScratchAdapter.find(scratch, name))
                            .orElseGet(() -> refusal(name));
        };
    }

    private static Object refusal(String name) {
        if (NOTHING_TO_DO.contains(name)) {
            return (Callable) _ -> None.NONE;
        }
        if (CHANGES.contains(name)) {
            return (Callable)
                    _ -> {
                        throw AdeException.user(
                                "Cannot use adapter.%s: what is stored only changes by a run, as a whole"
                                        .formatted(name),
                                "Leave it out: ADE replaces datasets itself, and drops those that no file makes");
                    };
        }
        return new Undefined(name, "adapter." + name + " is not something ADE has");
    }

    static RelationValue relation(Object value) {
        return switch (value) {
            case RelationValue relation -> relation;
            case Undefined missing -> throw new IllegalArgumentException(missing.problem());
            case String text -> named(text);
            default ->
                    throw new IllegalArgumentException(
                            "a relation is wanted, was " + Python.repr(value));
        };
    }

    private static RelationValue named(String text) {
        List<String> parts = List.of(text.replace("\"", "").split("\\.", -1));
        String schema = parts.size() > 1 ? parts.get(parts.size() - 2) : "";
        return RelationValue.of(schema, parts.getLast(), "");
    }

    private static Object seedColumn(Arguments arguments) {
        String column = Python.text(arguments.require(0, "column"));
        return Python.isTrue(arguments.get(1, "quote_config", true)) ? Sql.quote(column) : column;
    }

    private Object execute(Arguments arguments) {
        Object table = results.runQuery(Arguments.of(arguments.require(0, "sql")));
        return Tuple.of("OK", table);
    }

    /// The macro that is a way to build incrementally.
    private Object strategy(Arguments arguments) {
        String name = Python.text(arguments.require(1, "strategy"));
        Object macro = rendering.find(Materializations.strategy(name));
        if (macro instanceof Undefined) {
            throw AdeException.user(
                    "Cannot build incrementally by %s: there is no macro %s"
                            .formatted(name, Materializations.strategy(name)),
                    "Define it, or use append, merge or delete+insert");
        }
        return macro;
    }

    private Object dispatch(Arguments arguments) {
        arguments.allow("macro_name", "macro_namespace", "packages");
        String name = Python.text(arguments.require(0, "macro_name"));
        Object namespace = arguments.get(1, "macro_namespace", arguments.get(2, "packages", ""));
        // Old packages name several, themselves last.
        Optional<String> within =
                (namespace instanceof List<?> many && !many.isEmpty() ? many.getLast() : namespace)
                                        instanceof String text
                                && !text.isEmpty()
                        ? Optional.of(text)
                        : Optional.empty();
        Macros macros = rendering.macros();
        List<String> words = new ArrayList<>(List.of(rendering.owner(), name));
        within.ifPresent(words::add);
        rendering.trace().add(new Question(Question.Kind.DISPATCHED, words));
        Optional<Definition> found = macros.dispatched(rendering.owner(), name, within);
        return found.map(rendering::bind)
                .orElseThrow(() ->
                        AdeException.user(
                                "Cannot dispatch '%s': there is none of %s"
                                        .formatted(
                                                name,
                                                macros.searchedFor(
                                                        rendering.owner(), name, within)),
                                "Define one of them"));
    }

    /// `adapter.Relation` and `api.Relation`.
    static final class RelationClass implements Attributes {
        @Override
        public Object attribute(String name) {
            return RelationValue.of("", "", "").attribute(name);
        }
    }

    /// dbt's switches for what it does otherwise than it once did: all are off.
    private static final class Behavior implements Attributes {
        @Override
        public Object attribute(String name) {
            return Map.of("no_warn", false, "setting", false);
        }
    }
}
