package dev.ade.project;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Attributes;
import dev.ade.jinja.Callable;
import dev.ade.jinja.Definition;
import dev.ade.jinja.Python;
import dev.ade.model.AdeException;
import dev.ade.model.Kind;
import dev.ade.spi.Compiler.Refresh;
import dev.ade.spi.Compiler.Workbench;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A macro that makes a model, at its step.
final class Making {
    private final Definition definition;
    private final ModelFile file;
    private final Workbench bench;
    private final Scratch scratch;

    Making(Basics basics, Macros macros, ModelFile file, Kind.Custom kind, Workbench bench) {
        this.definition = Materializations.definition(file, kind.materialization(), macros, basics);
        this.file = file;
        this.bench = bench;
        this.scratch = new Scratch(bench.session());
    }

    /// What templates call `model`, which is compiled by now.
    Map<Object, Object> node(Map<Object, Object> node) {
        node.put("compiled", true);
        node.put("compiled_code", bench.query());
        node.put("compiled_sql", bench.query());
        return node;
    }

    /// @return what it left, as a query
    String run(Rendering rendering) {
        rendering.put("sql", bench.query());
        rendering.put("compiled_code", bench.query());
        rendering.put("compiled_sql", bench.query());
        rendering.put("pre_hooks", Materializations.hooks(file.config().values().get("pre_hook")));
        rendering.put(
                "post_hooks", Materializations.hooks(file.config().values().get("post_hook")));
        if (bench.refresh() == Refresh.ASKED) {
            rendering.put("flags", new Refreshing((Attributes) rendering.find("flags")));
        }
        Object returned = rendering.bind(definition).call(new Arguments(List.of(), Map.of()));
        return "select * from " + chosen(returned).sql();
    }

    /// dbt's flags where somebody asked to start over.
    private record Refreshing(Attributes flags) implements Attributes {
        @Override
        public Object attribute(String name) {
            return switch (name.toUpperCase(Locale.ROOT)) {
                case "FULL_REFRESH" -> true;
                case "GET" ->
                        (Callable)
                                arguments -> attribute(Python.text(arguments.require(0, "name")));
                default -> flags.attribute(name);
            };
        }
    }

    /// Of what the macro returned, the relation of the model's name, or else the only one.
    private RelationValue chosen(Object returned) {
        RelationValue self = RelationValue.of(file.name());
        List<RelationValue> relations = relations(returned);
        RelationValue wanted =
                relations.size() == 1 && !relations.contains(self) ? relations.getFirst() : self;
        return scratch.find(wanted).orElseThrow(() -> missing(wanted));
    }

    private AdeException missing(RelationValue wanted) {
        return AdeException.user(
                        "Cannot build %s: its materialization %s (%s) left no table or view %s"
                                .formatted(
                                        file.name(),
                                        definition.name(),
                                        definition.location(),
                                        wanted),
                        "Make it, and end with {{ return({'relations': [this]}) }}")
                .at(file.config().location());
    }

    private static List<RelationValue> relations(Object returned) {
        Object relations =
                returned instanceof Map<?, ?> map
                        ? Objects.requireNonNullElse(map.get("relations"), List.of())
                        : returned;
        return relations instanceof Collection<?> many
                ? many.stream()
                        .flatMap(one ->
                                one instanceof RelationValue relation
                                        ? Optional.of(relation).stream()
                                        : Optional.<RelationValue>empty().stream())
                        .toList()
                : List.of();
    }
}
