package dev.ade.project;

import dev.ade.jinja.None;
import dev.ade.model.TableName;
import dev.ade.project.ProjectFiles.ProjectFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The resources of a project as templates see them: `model`, and `graph` with all of them, in dbt's words.
final class Nodes {
    private final Basics basics;
    private final Names names;
    private volatile Supplier<Map<Object, Object>> whole = Map::of;

    Nodes(Basics basics, Names names) {
        this.basics = basics;
        this.names = names;
    }

    /// What templates call `model`.
    Map<Object, Object> model(ModelFile file) {
        Map<Object, Object> node = new LinkedHashMap<>();
        boolean isSeed = file.file().role() == ProjectFiles.Role.SEED;
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
        node.put("original_file_path", basics.within(file.file().path()));
        node.put("fqn", fqn);
        node.put("tags", Values.jinja(file.config().texts("tags")));
        node.put("config", config(file.config(), isSeed ? "seed" : "view"));
        node.put(
                "meta",
                file.config().values().get("meta") == null
                        ? Map.of()
                        : Values.jinja(file.config().values().get("meta")));
        node.put(
                "description",
                file.properties().flatMap(one -> one.text("description")).orElse(""));
        node.put("columns", file.properties().map(Nodes::columns).orElse(Map.of()));
        node.put(
                "raw_code",
                isSeed ? "" : file.body().source().orElseGet(() -> basics.text(file.file())));
        node.put("language", file.file().isCode() ? "java" : "sql");
        node.put("depends_on", Map.of("nodes", List.of(), "macros", List.of()));
        node.put("refs", List.of());
        node.put("sources", List.of());
        return node;
    }

    private static String type(ModelFile file) {
        return switch (file.file().role()) {
            case SNAPSHOT -> "snapshot";
            case SEED -> "seed";
            case MODEL, MACRO, CHECK, ANALYSIS, PROPERTIES, DOCS -> "model";
        };
    }

    private String id(ModelFile file) {
        String owner = file.file().owner().orElse(basics.name());
        return type(file) + "." + owner + "." + file.file().stem();
    }

    /// @param materialized where the config does not say how
    private static Map<Object, Object> config(Config config, String materialized) {
        Map<Object, Object> values = new LinkedHashMap<>();
        values.put("materialized", materialized);
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
        node.put("config", config(config, "seed"));
        node.put("path", file.within());
        node.put("original_file_path", basics.within(file.path()));
        return node;
    }

    /// Says where the whole project is known once it is read.
    void know(Supplier<Map<String, @Nullable Object>> flat) {
        whole = new Once<>(() -> mapping(flat.get()));
    }

    /// `graph`: all nodes by their ids, as the manifest tells them.
    Map<Object, Object> graph() {
        return whole.get();
    }

    private static Map<Object, Object> mapping(Map<String, @Nullable Object> plain) {
        Map<Object, Object> mapping = new LinkedHashMap<>();
        plain.forEach((key, value) -> mapping.put(key, Values.jinja(value)));
        return mapping;
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

    /// What the whole project is like in one text: where a template looks at `graph`, it changes with it.
    String outline() {
        StringBuilder outline = new StringBuilder(basics.outline().get());
        names.models()
                .forEach(file ->
                        outline.append(file.name())
                                .append(file.file().path())
                                .append(file.config().values())
                                .append('\n'));
        names.sourceItems().forEach(source -> outline.append(source.name()).append('\n'));
        return outline.toString();
    }
}
