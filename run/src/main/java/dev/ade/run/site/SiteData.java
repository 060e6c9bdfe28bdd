package dev.ade.run.site;

import dev.ade.model.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the page shows, from a manifest and a catalog. Descriptions stay Markdown.
public final class SiteData {
    private static final Set<String> SHOWN =
            Set.of("model", "seed", "snapshot", "source", "exposure", "analysis");

    private final Tree manifest;
    private final Tree catalog;
    private final ColumnFacts facts;
    private final Map<String, Tree> nodes = new LinkedHashMap<>();
    private final Map<String, List<Map<String, @Nullable Object>>> tests = new HashMap<>();
    private final Map<TableName, String> ids = new HashMap<>();

    /// @param manifest dbt's `manifest.json`
    /// @param catalog dbt's `catalog.json`, the page's own or an empty one
    public SiteData(Map<String, ?> manifest, Map<String, ?> catalog, ColumnFacts facts) {
        this.manifest = new Tree(manifest);
        this.catalog = new Tree(catalog);
        this.facts = facts;
        for (String kind : List.of("nodes", "sources", "exposures")) {
            nodes.putAll(this.manifest.at(kind).entries());
        }
        nodes.forEach((id, node) -> table(node).ifPresent(name -> ids.put(name, id)));
        nodes.values().stream()
                .filter(node -> node.at("resource_type").text().equals("test"))
                .forEach(this::test);
        this.manifest.at("unit_tests").entries().values().forEach(this::unit);
    }

    /// @param environment whose datasets the catalog tells of
    public Map<String, @Nullable Object> of(String environment) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        Tree metadata = manifest.at("metadata");
        data.put("project", metadata.at("project_name").text());
        data.put("environment", environment);
        data.put("at", catalog.at("metadata").at("generated_at").text());
        data.put("overview", overview(metadata.at("project_name").text()));
        data.put(
                "nodes",
                nodes.entrySet().stream()
                        .filter(entry -> isShown(entry.getValue()))
                        .map(entry -> node(entry.getKey(), entry.getValue()))
                        .toList());
        return data;
    }

    private static boolean isShown(Tree node) {
        return SHOWN.contains(node.at("resource_type").text())
                && !Boolean.FALSE.equals(node.at("docs").at("show").value());
    }

    /// The block of documentation that the project, else a package of it, calls `__overview__`.
    private String overview(String project) {
        List<Tree> found =
                manifest.at("docs").entries().values().stream()
                        .filter(doc -> doc.at("name").text().equals("__overview__"))
                        .toList();
        return found.stream()
                .filter(doc -> doc.at("package_name").text().equals(project))
                .findFirst()
                .or(() -> found.stream().findFirst())
                .map(doc -> doc.at("block_contents").text())
                .orElse("");
    }

    private static Optional<TableName> table(Tree node) {
        boolean isTest = node.at("resource_type").text().equals("test");
        String type = node.at("resource_type").text().equals("source") ? "identifier" : "alias";
        String schema = node.at("schema").text();
        String name = node.at(type).text();
        return isTest || schema.isEmpty() || name.isEmpty()
                ? Optional.empty()
                : Optional.of(TableName.of(schema, name));
    }

    private Map<String, @Nullable Object> node(String id, Tree node) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("type", node.at("resource_type").text());
        json.put("name", node.at("name").text());
        json.put("table", table(node).map(TableName::toString).orElse(""));
        json.put("schema", node.at("schema").text());
        json.put("folders", folders(node));
        json.put("package", node.at("package_name").text());
        json.put("file", node.at("original_file_path").text());
        json.put("about", node.at("description").text());
        json.put("kind", node.at("config").at("materialized").text());
        json.put("tags", node.at("tags").texts());
        for (String key :
                List.of("group", "access", "version", "deprecation_date", "maturity", "url")) {
            json.put(key, node.at(key).text());
        }
        json.put("exposed", node.at("type").text());
        json.put("owner", owner(node));
        json.put("contract", node.at("contract").at("enforced").isTrue());
        json.put("language", node.at("language").text());
        json.put("code", node.at("raw_code").text());
        json.put("compiled", node.at("compiled_code").text());
        json.put("columns", columns(id, node));
        json.put("tests", tests.getOrDefault(id, List.of()));
        json.put("facts", published(id));
        json.put("up", neighbours("parent_map", id));
        json.put("down", neighbours("child_map", id));
        return json;
    }

    private static List<String> folders(Tree node) {
        List<String> fqn = node.at("fqn").texts();
        return fqn.isEmpty() ? fqn : fqn.subList(0, fqn.size() - 1);
    }

    private static String owner(Tree node) {
        Tree owner = node.at("owner");
        String email = owner.at("email").text();
        return (owner.at("name").text() + (email.isEmpty() ? "" : " <" + email + ">")).strip();
    }

    private List<String> neighbours(String map, String id) {
        return manifest.at(map).at(id).texts().stream()
                .filter(other -> nodes.containsKey(other) && isShown(nodes.get(other)))
                .toList();
    }

    private Tree entry(String id) {
        return catalog.at(id.startsWith("source.") ? "sources" : "nodes").at(id);
    }

    /// What the catalog counts, by its label.
    private Map<String, @Nullable Object> published(String id) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        Tree entry = entry(id);
        if (entry.value() != null) {
            facts.put("type", entry.at("metadata").at("type").text());
            entry.at("stats")
                    .entries()
                    .forEach((key, stat) -> {
                        if (stat.at("include").isTrue()) {
                            facts.put(key, stat.at("value").value());
                        }
                    });
        }
        return facts;
    }

    /// Those that are there, then those that are only described.
    private List<Map<String, @Nullable Object>> columns(String id, Tree node) {
        Map<String, Tree> described = new LinkedHashMap<>();
        node.at("columns").entries().forEach((name, column) -> described.put(key(name), column));
        List<Map<String, @Nullable Object>> columns = new ArrayList<>();
        Optional<TableName> table = table(node);
        entry(id)
                .at("columns")
                .entries()
                .forEach((name, known) -> {
                    Tree said =
                            Optional.ofNullable(described.remove(key(name))).orElse(new Tree(null));
                    columns.add(column(table, name, known.at("type").text(), said));
                });
        described
                .values()
                .forEach(said ->
                        columns.add(
                                column(
                                        table,
                                        said.at("name").text(),
                                        said.at("data_type").text(),
                                        said)));
        return columns;
    }

    private static String key(String column) {
        return column.toLowerCase(Locale.ROOT);
    }

    private Map<String, @Nullable Object> column(
            Optional<TableName> table, String name, String type, Tree said) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("type", type);
        json.put("about", said.at("description").text());
        json.put("tags", said.at("tags").texts());
        json.put("keys", said.at("constraints").items().stream().map(SiteData::key).toList());
        json.put("privacy", table.map(it -> facts.privacy(it, name)).orElse(""));
        json.put(
                "from",
                table.map(it -> facts.origins(it, name)).orElse(List.of()).stream()
                        .map(this::origin)
                        .toList());
        return json;
    }

    private static String key(Tree constraint) {
        return constraint.at("type").text().replace('_', ' ');
    }

    private Map<String, @Nullable Object> origin(ColumnFacts.Origin origin) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", ids.getOrDefault(origin.dataset(), ""));
        json.put("table", origin.dataset().toString());
        json.put("column", origin.column());
        return json;
    }

    private void test(Tree node) {
        Tree metadata = node.at("test_metadata");
        boolean isGeneric = !metadata.at("name").text().isEmpty();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", node.at("name").text());
        json.put("column", node.at("column_name").text());
        json.put("brief", isGeneric ? brief(metadata) : node.at("name").text());
        json.put("about", node.at("description").text());
        json.put("severity", key(node.at("config").at("severity").text()));
        json.put("sql", node.at("compiled_code").text());
        json.put("file", node.at("original_file_path").text());
        String attached = node.at("attached_node").text();
        List<String> on =
                attached.isEmpty() ? node.at("depends_on").at("nodes").texts() : List.of(attached);
        on.forEach(id -> tests.computeIfAbsent(id, _ -> new ArrayList<>()).add(json));
    }

    /// A generic test's name with what tells it from others of its kind: `accepted_values (open, paid)`.
    private static String brief(Tree metadata) {
        String space = metadata.at("namespace").text();
        String name = (space.isEmpty() ? "" : space + ".") + metadata.at("name").text();
        List<String> said = new ArrayList<>();
        metadata.at("kwargs")
                .entries()
                .forEach((key, value) -> {
                    if (!key.equals("model") && !key.equals("column_name")) {
                        said.add(
                                value.value() instanceof List<?>
                                        ? String.join(", ", value.texts())
                                        : key + ": " + value.text());
                    }
                });
        return said.isEmpty() ? name : "%s (%s)".formatted(name, String.join("; ", said));
    }

    private void unit(Tree node) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", node.at("name").text());
        json.put("brief", "unit test " + node.at("name").text());
        json.put("column", "");
        json.put("about", node.at("description").text());
        json.put("severity", "error");
        json.put("sql", "");
        json.put("file", node.at("original_file_path").text());
        node.at("depends_on")
                .at("nodes")
                .texts()
                .forEach(id -> tests.computeIfAbsent(id, _ -> new ArrayList<>()).add(json));
    }
}
