package dev.ade.project;

import dev.ade.jinja.None;
import dev.ade.model.TableName;
import dev.ade.project.ProjectFiles.ProjectFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The resources of a project as templates see them: `model`, and `graph` with all of them, in dbt's words.
final class Nodes {
    private final Basics basics;
    private final Names names;

    Nodes(Basics basics, Names names) {
        this.basics = basics;
        this.names = names;
    }

    /// What templates call `model`.
    Map<Object, Object> model(ModelFile file) {
        Map<Object, Object> node = new LinkedHashMap<>();
        String owner = file.file().owner().orElse(basics.name());
        List<Object> fqn = new ArrayList<>(List.of(owner));
        fqn.addAll(file.file().folders());
        fqn.add(file.file().stem());
        node.put("unique_id", id(file));
        node.put("resource_type", type(file));
        node.put("name", file.file().stem());
        node.put("alias", file.name().name());
        node.put("schema", file.name().namespace());
        node.put("database", RelationValue.DATABASE);
        node.put("relation_name", file.name().quoted());
        node.put("package_name", owner);
        node.put("path", file.file().within());
        node.put("original_file_path", file.file().path());
        node.put("fqn", fqn);
        node.put("tags", Values.jinja(file.config().texts("tags")));
        node.put("config", config(file.config()));
        node.put(
                "meta",
                file.config().values().get("meta") == null
                        ? Map.of()
                        : Values.jinja(file.config().values().get("meta")));
        node.put(
                "description",
                file.properties().flatMap(one -> one.text("description")).orElse(""));
        node.put("columns", file.properties().map(Nodes::columns).orElse(Map.of()));
        node.put("raw_code", file.body().source().orElseGet(() -> basics.text(file.file())));
        node.put("language", file.file().isCode() ? "java" : "sql");
        node.put("depends_on", Map.of("nodes", List.of(), "macros", List.of()));
        node.put("refs", List.of());
        node.put("sources", List.of());
        return node;
    }

    private static String type(ModelFile file) {
        return file.file().role() == ProjectFiles.Role.SNAPSHOT ? "snapshot" : "model";
    }

    private String id(ModelFile file) {
        String owner = file.file().owner().orElse(basics.name());
        return type(file) + "." + owner + "." + file.file().stem();
    }

    private static Map<Object, Object> config(Config config) {
        Map<Object, Object> values = new LinkedHashMap<>();
        values.put("materialized", "view");
        values.put("enabled", true);
        config.values().forEach((key, value) -> values.put(key, Values.jinja(value)));
        return values;
    }

    private static Map<Object, Object> columns(Section section) {
        Map<Object, Object> columns = new LinkedHashMap<>();
        for (Section column : section.sections("columns")) {
            Map<Object, Object> one = new LinkedHashMap<>();
            String name = column.requireText("name");
            one.put("name", name);
            one.put("description", column.text("description").orElse(""));
            one.put(
                    "data_type",
                    column.text("data_type").<Object>map(type -> type).orElse(None.NONE));
            one.put("meta", column.plain("meta").map(Values::jinja).orElse(Map.of()));
            one.put("tags", Values.jinja(column.texts("tags")));
            one.put("quote", column.flag("quote").orElse(false));
            columns.put(name, one);
        }
        return columns;
    }

    /// What a generic test calls `model` in the context, beside its argument of that name.
    Map<Object, Object> check(ChecksReader.Call call, Optional<String> where) {
        Map<Object, Object> node = new LinkedHashMap<>();
        Map<Object, Object> config = new LinkedHashMap<>();
        where.ifPresent(condition -> config.put("where", condition));
        node.put("resource_type", "test");
        node.put("name", call.definition().name());
        node.put("package_name", call.owner());
        node.put("config", config);
        node.put("tags", List.of());
        return node;
    }

    /// What a template of no file calls `model`.
    Map<Object, Object> inline(String name, String type) {
        Map<Object, Object> node = new LinkedHashMap<>();
        node.put("unique_id", type + "." + basics.name() + "." + name);
        node.put("resource_type", type);
        node.put("name", name);
        node.put("package_name", basics.name());
        node.put("config", Map.of());
        node.put("tags", List.of());
        return node;
    }

    /// A seed before it has a name.
    Map<Object, Object> seed(ProjectFile file, Config config) {
        Map<Object, Object> node =
                dataset(
                        "seed",
                        TableName.of("unknown", "unknown"),
                        file.owner().orElse(basics.name()));
        node.put("name", file.stem());
        node.put("config", config(config));
        node.put("path", file.within());
        node.put("original_file_path", file.path());
        return node;
    }

    /// `graph`: all nodes by their ids.
    Map<Object, Object> graph() {
        Map<Object, Object> nodes = new LinkedHashMap<>();
        Map<TableName, String> ids = ids();
        for (ModelFile file : names.models()) {
            Map<Object, Object> node = model(file);
            node.put("access", file.config().word("access", "protected"));
            node.put("depends_on", dependsOn(file, ids));
            nodes.put(node.get("unique_id"), node);
        }
        names.seeds()
                .forEach((name, owner) -> {
                    Map<Object, Object> node = dataset("seed", name, owner.orElse(basics.name()));
                    nodes.put(node.get("unique_id"), node);
                });
        Map<Object, Object> sources = new LinkedHashMap<>();
        for (SourcesReader.Declared declared : names.sources()) {
            Map<Object, Object> node = source(declared);
            sources.put(node.get("unique_id"), node);
        }
        Map<Object, Object> graph = new LinkedHashMap<>();
        graph.put("nodes", nodes);
        graph.put("sources", sources);
        graph.put("exposures", new LinkedHashMap<>());
        graph.put("metrics", new LinkedHashMap<>());
        graph.put("groups", new LinkedHashMap<>());
        graph.put("semantic_models", new LinkedHashMap<>());
        return graph;
    }

    private Map<TableName, String> ids() {
        Map<TableName, String> ids = new HashMap<>();
        names.models().forEach(file -> ids.put(file.name(), id(file)));
        names.seeds()
                .forEach((name, owner) ->
                        ids.put(name, "seed." + owner.orElse(basics.name()) + "." + name.name()));
        names.sources().forEach(source -> ids.put(source.loaded().name(), id(source)));
        return ids;
    }

    private String id(SourcesReader.Declared source) {
        return "source.%s.%s.%s".formatted(basics.name(), source.source(), source.table());
    }

    private Map<Object, Object> dependsOn(ModelFile file, Map<TableName, String> ids) {
        List<Object> on = new ArrayList<>();
        new TreeSet<>(names.references(file.name()))
                .forEach(name -> Optional.ofNullable(ids.get(name)).ifPresent(on::add));
        return Map.of("nodes", on, "macros", List.of());
    }

    private static Map<Object, Object> dataset(String type, TableName name, String owner) {
        Map<Object, Object> node = new LinkedHashMap<>();
        node.put("unique_id", type + "." + owner + "." + name.name());
        node.put("resource_type", type);
        node.put("name", name.name());
        node.put("alias", name.name());
        node.put("identifier", name.name());
        node.put("schema", name.namespace());
        node.put("database", RelationValue.DATABASE);
        node.put("relation_name", name.quoted());
        node.put("package_name", owner);
        node.put("config", Map.of("enabled", true, "materialized", type));
        node.put("tags", List.of());
        node.put("columns", Map.of());
        node.put("description", "");
        node.put("meta", Map.of());
        return node;
    }

    private Map<Object, Object> source(SourcesReader.Declared declared) {
        Map<Object, Object> node = dataset("source", declared.loaded().name(), basics.name());
        node.put("unique_id", id(declared));
        node.put("source_name", declared.source());
        node.put("name", declared.table());
        node.put("description", declared.loaded().description());
        node.put("tags", Values.jinja(List.copyOf(declared.loaded().tags())));
        node.put("columns", columns(declared.properties()));
        return node;
    }

    /// What the whole project is like in one text: where a template looks at `graph`, it changes with it.
    String outline() {
        StringBuilder outline = new StringBuilder();
        names.models()
                .forEach(file ->
                        outline.append(file.name())
                                .append(file.file().path())
                                .append(file.config().values())
                                .append('\n'));
        names.sources().forEach(source -> outline.append(source.loaded().name()).append('\n'));
        return outline.toString();
    }
}
