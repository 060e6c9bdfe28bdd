package dev.ade.project.manifest;

import dev.ade.jinja.None;
import dev.ade.jinja.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The config of a node as dbt writes it: everything that may be said, with dbt's default where nobody said it.
public final class ConfigJson {
    private ConfigJson() {}

    /// Of seeds.
    public static Map<String, @Nullable Object> seed(Map<String, ? extends @Nullable Object> said) {
        Map<String, @Nullable Object> config = node("seed", said);
        config.putIfAbsent("delimiter", ",");
        config.putIfAbsent("quote_columns", null);
        return config;
    }

    /// Of models, snapshots and analyses.
    ///
    /// @param materialized where the config does not say
    /// @param said in the project
    public static Map<String, @Nullable Object> node(
            String materialized, Map<String, ? extends @Nullable Object> said) {
        Map<String, @Nullable Object> config = common();
        config.put("materialized", materialized);
        config.put("incremental_strategy", null);
        config.put("batch_size", null);
        config.put("lookback", 1);
        config.put("begin", null);
        config.put("persist_docs", Map.of());
        config.put("post-hook", List.of());
        config.put("pre-hook", List.of());
        config.put("quoting", Map.of());
        config.put("column_types", Map.of());
        config.put("full_refresh", null);
        config.put("unique_key", null);
        config.put("on_schema_change", "ignore");
        config.put("on_configuration_change", "apply");
        config.put("grants", Map.of());
        config.put("packages", List.of());
        config.put("docs", docs(null));
        config.put("contract", contract(null));
        config.put("event_time", null);
        config.put("concurrent_batches", null);
        said.forEach((key, value) -> put(config, key, value));
        return config;
    }

    /// Of tests.
    public static Map<String, @Nullable Object> test(Map<String, ? extends @Nullable Object> said) {
        Map<String, @Nullable Object> config = common();
        config.put("schema", "dbt_test__audit");
        config.put("materialized", "test");
        config.put("severity", "ERROR");
        config.put("store_failures", null);
        config.put("store_failures_as", null);
        config.put("where", null);
        config.put("limit", null);
        config.put("fail_calc", "count(*)");
        config.put("warn_if", "!= 0");
        config.put("error_if", "!= 0");
        said.forEach((key, value) -> put(config, key, value));
        return config;
    }

    private static Map<String, @Nullable Object> common() {
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        config.put("enabled", true);
        config.put("alias", null);
        config.put("schema", null);
        config.put("database", null);
        config.put("tags", List.of());
        config.put("meta", Map.of());
        config.put("group", null);
        return config;
    }

    /// What is null says nothing where dbt wants a value.
    private static void put(
            Map<String, @Nullable Object> config, String key, @Nullable Object said) {
        Object value = json(said);
        switch (key) {
            case "pre_hook", "pre-hook" -> config.put("pre-hook", hooks(value));
            case "post_hook", "post-hook" -> config.put("post-hook", hooks(value));
            case "docs" -> config.put(key, docs(value));
            case "contract" -> config.put(key, contract(value));
            case "grants" -> config.put(key, grants(value));
            case "severity" -> config.put(key, String.valueOf(value).toUpperCase(Locale.ROOT));
            case "alias", "schema", "database", "group", "fail_calc", "warn_if", "error_if" ->
                    config.put(key, value == null ? config.get(key) : value.toString());
            default -> {
                if (value != null || config.get(key) == null) {
                    config.put(key, value);
                }
            }
        }
    }

    private static List<Object> hooks(@Nullable Object said) {
        List<Object> hooks = new ArrayList<>();
        switch (said) {
            case null -> {}
            case Collection<?> many -> many.forEach(one -> hooks.addAll(hooks(one)));
            case Map<?, ?> map -> hooks.add(hook(String.valueOf(map.get("sql"))));
            default -> hooks.add(hook(said.toString()));
        }
        return hooks;
    }

    private static Map<String, @Nullable Object> hook(String sql) {
        Map<String, @Nullable Object> hook = new LinkedHashMap<>();
        hook.put("sql", sql);
        hook.put("transaction", true);
        hook.put("index", null);
        return hook;
    }

    /// Who may do what, always as lists; a `+` only says that a list adds to that of the folder.
    private static Map<String, Object> grants(@Nullable Object said) {
        Map<String, Object> grants = new LinkedHashMap<>();
        if (said instanceof Map<?, ?> privileges) {
            privileges.forEach((privilege, whom) ->
                    grants.put(
                            String.valueOf(privilege).replaceFirst("^\\+", ""),
                            whom instanceof Collection<?> many
                                    ? many.stream().map(String::valueOf).toList()
                                    : List.of(String.valueOf(whom))));
        }
        return grants;
    }

    /// @param said a mapping with `show` and `node_color`
    public static Map<String, @Nullable Object> docs(@Nullable Object said) {
        Map<String, @Nullable Object> docs = new LinkedHashMap<>();
        docs.put("show", !Boolean.FALSE.equals(of(said, "show")));
        docs.put("node_color", of(said, "node_color"));
        return docs;
    }

    private static Map<String, @Nullable Object> contract(@Nullable Object said) {
        Map<String, @Nullable Object> contract = new LinkedHashMap<>();
        contract.put("enforced", Boolean.TRUE.equals(of(said, "enforced")));
        contract.put("alias_types", !Boolean.FALSE.equals(of(said, "alias_types")));
        return contract;
    }

    private static @Nullable Object of(@Nullable Object map, String key) {
        return map instanceof Map<?, ?> values ? values.get(key) : null;
    }

    /// A value of the project as JSON has it: maps with texts as keys, lists, texts, numbers, truth values, null.
    public static @Nullable Object json(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case None _ -> null;
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> json = new LinkedHashMap<>();
                map.forEach((key, item) -> json.put(String.valueOf(key), json(item)));
                yield json;
            }
            case Tuple tuple -> list(tuple.items());
            case Collection<?> many -> list(many);
            case Number _, Boolean _, String _ -> value;
            default -> value.toString();
        };
    }

    private static List<@Nullable Object> list(Collection<?> many) {
        List<@Nullable Object> json = new ArrayList<>();
        many.forEach(item -> json.add(json(item)));
        return json;
    }
}
