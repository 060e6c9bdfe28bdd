package dev.ade.project;

import dev.ade.jinja.Callable;
import dev.ade.model.Location;
import dev.ade.project.manifest.TemplateText;
import dev.ade.spi.Compiler.Hook;
import dev.ade.spi.Compiler.Hooks;
import dev.ade.spi.Compiler.RunEnd;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// dbt's `on-run-start` and `on-run-end`. What asks how the run went is only known at its end.
final class RunHooks {
    private static final Location LOCATION = Location.of("dbt_project.yml");
    private static final Set<String> ENDED = Set.of("results", "schemas", "database_schemas");

    private final Basics basics;
    private final Queries queries;
    private final Macros macros;

    RunHooks(Basics basics, Queries queries, Macros macros) {
        this.basics = basics;
        this.queries = queries;
        this.macros = macros;
    }

    /// Those after the run are empty where they ask how it went.
    Hooks all() {
        return reader(Map.of()).read(start(), isAsking() ? null : end());
    }

    /// Those after the run where they ask how it went.
    List<Hook> asking(Supplier<RunEnd> ended) {
        return isAsking() ? reader(names(ended.get())).read(null, end()).after() : List.of();
    }

    private @Nullable Object start() {
        return basics.dbt().hook("on-run-start");
    }

    private @Nullable Object end() {
        return basics.dbt().hook("on-run-end");
    }

    private HooksReader reader(Map<String, Object> names) {
        return new HooksReader(
                template -> queries.text(template, LOCATION, names), "the project", LOCATION);
    }

    private boolean isAsking() {
        String text = String.valueOf(end());
        return ENDED.stream().anyMatch(text::contains)
                || macros.isReached(
                        TemplateText.calls(text, (_, name) -> Optional.of(name)), ENDED);
    }

    private Map<String, Object> names(RunEnd ended) {
        Object nodes = queries.nodes().graph().get("nodes");
        Map<?, ?> known = nodes instanceof Map<?, ?> all ? all : Map.of();
        List<Object> results = new ArrayList<>();
        ended.results().forEach(result -> results.add(result(result, known)));
        List<Object> places = new ArrayList<>();
        ended.schemas().forEach(schema -> places.add(List.of(RelationValue.DATABASE, schema)));
        return Map.of("results", results, "schemas", ended.schemas(), "database_schemas", places);
    }

    /// With its node, as dbt's has, and with `to_dict()`.
    private static Map<Object, Object> result(Map<String, @Nullable Object> told, Map<?, ?> nodes) {
        Map<Object, Object> result = new LinkedHashMap<>();
        told.forEach((key, value) -> result.put(key, Values.jinja(value)));
        String id = String.valueOf(told.get("unique_id"));
        Object node = nodes.get(id);
        result.put("node", node == null ? Map.of("unique_id", id) : node);
        Map<Object, Object> plain = new LinkedHashMap<>(result);
        result.put("to_dict", (Callable) _ -> plain);
        return result;
    }
}
