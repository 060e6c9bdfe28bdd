package dev.ade.project;

import dev.ade.jinja.None;
import dev.ade.model.AdeException;
import dev.ade.project.manifest.ConfigJson;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How the nodes of two manifests differ, in the ways that dbt tells apart.
final class StateChanges {
    /// What of a config dbt leaves out of the comparison; of these some are compared as the relation.
    private static final Set<String> NOT_COMPARED =
            Set.of("alias", "schema", "database", "tags", "group", "docs", "access", "packages");

    /// Resources whose properties newer releases of dbt repeat in their config.
    private static final Set<String> NOT_BUILT = Set.of("source", "exposure", "unit_test");

    private static final List<String> OF_OTHERS =
            List.of(
                    "freshness",
                    "identifier",
                    "loaded_at_field",
                    "type",
                    "owner",
                    "url",
                    "maturity",
                    "given",
                    "expect",
                    "overrides",
                    "model");

    private final Map<String, Map<?, ?>> before;
    private final Map<String, Map<?, ?>> after;
    private final Map<?, ?> macrosBefore;
    private final Map<?, ?> macrosAfter;

    StateChanges(Map<?, ?> before, Map<?, ?> after) {
        this.before = nodes(before);
        this.after = nodes(after);
        this.macrosBefore = mapping(before.get("macros"));
        this.macrosAfter = mapping(after.get("macros"));
    }

    private static Map<String, Map<?, ?>> nodes(Map<?, ?> manifest) {
        Map<String, Map<?, ?>> all = new HashMap<>();
        for (String part : List.of("nodes", "sources", "exposures", "unit_tests")) {
            mapping(manifest.get(part))
                    .forEach((id, node) -> all.put(String.valueOf(id), mapping(node)));
        }
        return all;
    }

    /// @throws AdeException USER where there is no such state
    boolean is(String id, String state) {
        Map<?, ?> then = before.get(id);
        Map<?, ?> now = after.getOrDefault(id, Map.of());
        return switch (state) {
            case "new" -> then == null;
            case "old" -> then != null;
            case "unmodified" -> then != null && !isModified(then, now);
            case "modified" -> then == null || isModified(then, now);
            case "modified.body" -> then == null || hasOtherBody(then, now);
            case "modified.configs" -> then == null || hasOtherConfig(then, now);
            case "modified.relation" -> then == null || hasOtherRelation(then, now);
            case "modified.persisted_descriptions" -> then == null || isDescribedAnew(then, now);
            case "modified.macros" -> then == null || hasOtherMacros(now);
            case "modified.contract" -> then == null || hasOtherContract(then, now);
            default ->
                    throw AdeException.user(
                            "Cannot select by state:%s".formatted(state),
                            "Use state:new, old, unmodified, modified, or modified.body, .configs, .relation,"
                                    + " .persisted_descriptions, .macros, .contract");
        };
    }

    private boolean isModified(Map<?, ?> then, Map<?, ?> now) {
        return hasOtherBody(then, now)
                || hasOtherConfig(then, now)
                || hasOtherRelation(then, now)
                || isDescribedAnew(then, now)
                || hasOtherMacros(now)
                || hasOtherContract(then, now)
                || differs(then.get("fqn"), now.get("fqn"));
    }

    /// The text; of seeds the content; of what has neither, what it says. The id of a generic test says all of it.
    private static boolean hasOtherBody(Map<?, ?> then, Map<?, ?> now) {
        if (!mapping(now.get("test_metadata")).isEmpty()) {
            return differs(then.get("test_metadata"), now.get("test_metadata"));
        }
        String text = text(now.get("raw_code"));
        if (!text.isEmpty() || !text(then.get("raw_code")).isEmpty()) {
            return !text.equals(text(then.get("raw_code")));
        }
        return differs(
                        mapping(then.get("checksum")).get("checksum"),
                        mapping(now.get("checksum")).get("checksum"))
                || OF_OTHERS.stream().anyMatch(key -> differs(then.get(key), now.get(key)));
    }

    /// What one of the two does not say is dbt's default: releases of dbt differ in what they write.
    private static boolean hasOtherConfig(Map<?, ?> then, Map<?, ?> now) {
        Map<?, ?> config = mapping(then.get("config"));
        Map<?, ?> other = mapping(now.get("config"));
        Map<String, @Nullable Object> defaults =
                "test".equals(now.get("resource_type"))
                        ? ConfigJson.test(Map.of())
                        : ConfigJson.seed(Map.of());
        Set<Object> keys = new HashSet<>(config.keySet());
        keys.addAll(other.keySet());
        keys.removeAll(NOT_COMPARED);
        keys.removeIf(key -> isTemplate(mapping(then.get("unrendered_config")).get(key)));
        if (NOT_BUILT.contains(text(now.get("resource_type")))) {
            keys.retainAll(Set.of("enabled"));
        }
        return keys.stream()
                .anyMatch(key ->
                        differs(
                                folded(key, said(config, key, defaults)),
                                folded(key, said(other, key, defaults))));
    }

    /// What dbt took from a template depends on its target and is no change of the project.
    private static boolean isTemplate(@Nullable Object unrendered) {
        return switch (unrendered) {
            case String text -> text.contains("{{") || text.contains("{%");
            case Map<?, ?> map -> map.values().stream().anyMatch(StateChanges::isTemplate);
            case Collection<?> many -> many.stream().anyMatch(StateChanges::isTemplate);
            case null, default -> false;
        };
    }

    /// `warn` and `WARN` are the same.
    private static @Nullable Object folded(Object key, @Nullable Object value) {
        return "severity".equals(key) ? text(value).toUpperCase(Locale.ROOT) : value;
    }

    private static @Nullable Object said(
            Map<?, ?> config, Object key, Map<String, @Nullable Object> defaults) {
        Object otherwise = defaults.get(key);
        Object value = config.containsKey(key) ? config.get(key) : otherwise;
        if (!(value instanceof Map<?, ?> some) || !(otherwise instanceof Map<?, ?> all)) {
            return value;
        }
        Map<Object, @Nullable Object> filled = new HashMap<>(all);
        filled.putAll(some);
        return filled;
    }

    /// Where a name of the database is another, dbt wrote the one manifest and ADE the other, whose schemas are called
    /// otherwise.
    private static boolean hasOtherRelation(Map<?, ?> then, Map<?, ?> now) {
        return differs(then.get("alias"), now.get("alias"))
                || (!differs(then.get("database"), now.get("database"))
                        && differs(then.get("schema"), now.get("schema")));
    }

    /// Descriptions only matter where they are kept with the data.
    private static boolean isDescribedAnew(Map<?, ?> then, Map<?, ?> now) {
        boolean isKept =
                mapping(mapping(now.get("config")).get("persist_docs")).values().stream()
                        .anyMatch(Boolean.TRUE::equals);
        return isKept && differs(then.get("description"), now.get("description"));
    }

    private static boolean hasOtherContract(Map<?, ?> then, Map<?, ?> now) {
        boolean was = Boolean.TRUE.equals(mapping(then.get("contract")).get("enforced"));
        boolean is = Boolean.TRUE.equals(mapping(now.get("contract")).get("enforced"));
        return was != is || (is && !types(then).equals(types(now)));
    }

    private static Map<String, String> types(Map<?, ?> node) {
        Map<String, String> types = new HashMap<>();
        mapping(node.get("columns"))
                .forEach((name, column) ->
                        types.put(String.valueOf(name), text(mapping(column).get("data_type"))));
        return types;
    }

    /// Macros that it calls, and those that they call.
    private boolean hasOtherMacros(Map<?, ?> now) {
        Set<String> open = called(now);
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            Iterator<String> first = open.iterator();
            String id = first.next();
            first.remove();
            Map<?, ?> macro = mapping(macrosAfter.get(id));
            if (!macro.isEmpty() && seen.add(id)) {
                Map<?, ?> then = mapping(macrosBefore.get(id));
                if (!text(macro.get("macro_sql")).equals(text(then.get("macro_sql")))) {
                    return true;
                }
                open.addAll(called(macro));
            }
        }
        return false;
    }

    private static Set<String> called(Map<?, ?> node) {
        Set<String> called = new TreeSet<>();
        if (mapping(node.get("depends_on")).get("macros") instanceof Collection<?> macros) {
            macros.forEach(macro -> called.add(String.valueOf(macro)));
        }
        return called;
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text.replace("\r\n", "\n").strip() : "";
    }

    private static Map<?, ?> mapping(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    /// Nothing, in whatever way it is said, is the same.
    private static boolean differs(@Nullable Object one, @Nullable Object other) {
        return !plain(one).equals(plain(other));
    }

    private static Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case None _ -> "";
            case Map<?, ?> map -> {
                Map<String, Object> entries = new HashMap<>();
                map.forEach((key, item) -> {
                    Object plain = plain(item);
                    if (!plain.equals("")) {
                        entries.put(String.valueOf(key), plain);
                    }
                });
                yield entries.isEmpty() ? "" : entries;
            }
            case Collection<?> many ->
                    many.isEmpty() ? "" : many.stream().map(StateChanges::plain).toList();
            default -> value.toString();
        };
    }
}
