package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The fields of dbt's manifest, version 12, as dbt 1.8 has them: later ones only added some, and the schema allows no
/// others.
final class DbtSchema {
    private static final List<String> RESOURCE =
            List.of(
                    "name",
                    "resource_type",
                    "package_name",
                    "path",
                    "original_file_path",
                    "unique_id");
    private static final List<String> NODE =
            with(RESOURCE, "database", "schema", "fqn", "alias", "checksum");
    private static final List<String> PARSED =
            with(
                    NODE,
                    "config",
                    "tags",
                    "description",
                    "columns",
                    "meta",
                    "group",
                    "docs",
                    "patch_path",
                    "build_path",
                    "unrendered_config",
                    "created_at",
                    "relation_name",
                    "raw_code");
    private static final List<String> COMPILED =
            with(
                    PARSED,
                    "language",
                    "refs",
                    "sources",
                    "metrics",
                    "depends_on",
                    "compiled_path",
                    "compiled",
                    "compiled_code",
                    "extra_ctes_injected",
                    "extra_ctes",
                    "contract");

    /// All fields of each kind; the first ones are required.
    private static final Map<String, List<String>> FIELDS =
            Map.ofEntries(
                    Map.entry(
                            "model",
                            with(
                                    COMPILED,
                                    "access",
                                    "constraints",
                                    "version",
                                    "latest_version",
                                    "deprecation_date",
                                    "time_spine",
                                    "primary_key")),
                    Map.entry("snapshot", COMPILED),
                    Map.entry("analysis", COMPILED),
                    Map.entry("operation", with(COMPILED, "index")),
                    Map.entry(
                            "test",
                            with(
                                    COMPILED,
                                    "column_name",
                                    "file_key_name",
                                    "attached_node",
                                    "test_metadata")),
                    Map.entry("seed", with(PARSED, "root_path", "depends_on")),
                    Map.entry(
                            "source",
                            with(
                                    RESOURCE,
                                    "database",
                                    "schema",
                                    "fqn",
                                    "source_name",
                                    "source_description",
                                    "loader",
                                    "identifier",
                                    "quoting",
                                    "loaded_at_field",
                                    "freshness",
                                    "external",
                                    "description",
                                    "columns",
                                    "meta",
                                    "source_meta",
                                    "tags",
                                    "config",
                                    "patch_path",
                                    "unrendered_config",
                                    "relation_name",
                                    "created_at")),
                    Map.entry(
                            "exposure",
                            with(
                                    RESOURCE,
                                    "fqn",
                                    "type",
                                    "owner",
                                    "description",
                                    "label",
                                    "maturity",
                                    "meta",
                                    "tags",
                                    "config",
                                    "unrendered_config",
                                    "url",
                                    "depends_on",
                                    "refs",
                                    "sources",
                                    "metrics",
                                    "created_at")),
                    Map.entry(
                            "macro",
                            with(
                                    RESOURCE,
                                    "macro_sql",
                                    "depends_on",
                                    "description",
                                    "meta",
                                    "docs",
                                    "patch_path",
                                    "arguments",
                                    "created_at",
                                    "supported_languages")),
                    Map.entry("doc", with(RESOURCE, "block_contents")),
                    Map.entry("group", with(RESOURCE, "owner")),
                    Map.entry(
                            "unit_test",
                            with(
                                    RESOURCE,
                                    "fqn",
                                    "model",
                                    "given",
                                    "expect",
                                    "description",
                                    "overrides",
                                    "depends_on",
                                    "config",
                                    "checksum",
                                    "schema",
                                    "created_at",
                                    "versions",
                                    "version")));

    private static final Map<JsonNodeType, Set<String>> TYPES =
            Map.of(
                    JsonNodeType.OBJECT,
                    Set.of(
                            "config",
                            "columns",
                            "depends_on",
                            "docs",
                            "contract",
                            "owner",
                            "expect"),
                    JsonNodeType.ARRAY,
                    Set.of("fqn", "tags", "refs", "constraints", "given", "arguments"),
                    JsonNodeType.NUMBER,
                    Set.of("created_at"),
                    JsonNodeType.BOOLEAN,
                    Set.of("compiled"));

    /// The maps of a manifest, each of which has to be there.
    static final List<String> MAPS =
            List.of(
                    "nodes",
                    "sources",
                    "macros",
                    "docs",
                    "exposures",
                    "metrics",
                    "groups",
                    "selectors",
                    "disabled",
                    "parent_map",
                    "child_map",
                    "group_map",
                    "saved_queries",
                    "semantic_models",
                    "unit_tests");

    private DbtSchema() {}

    private static List<String> with(List<String> some, String... more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all;
    }

    /// @param manifest whole
    static void check(JsonNode manifest) {
        assertThat(names(manifest)).containsAll(MAPS).contains("metadata");
        Set<String> known = new TreeSet<>();
        for (String map :
                List.of(
                        "nodes",
                        "sources",
                        "macros",
                        "docs",
                        "exposures",
                        "groups",
                        "unit_tests")) {
            manifest.path(map)
                    .properties()
                    .forEach(entry -> {
                        known.add(entry.getKey());
                        assertThat(entry.getValue().path("unique_id").asText())
                                .isEqualTo(entry.getKey());
                        resource(entry.getValue());
                    });
        }
        for (String edges : List.of("parent_map", "child_map", "group_map")) {
            manifest.path(edges)
                    .forEach(list -> list.forEach(id -> assertThat(known).contains(id.asText())));
        }
    }

    private static void resource(JsonNode node) {
        String id = node.path("unique_id").asText();
        String type = node.path("resource_type").asText();
        assertThat(id).startsWith(type + "." + node.path("package_name").asText() + ".");
        List<String> fields = FIELDS.getOrDefault(type, List.of());
        assertThat(fields).as(id).containsAll(names(node));
        assertThat(names(node)).as(id).containsAll(fields.subList(0, RESOURCE.size()));
        boolean isNode = Set.of("model", "seed", "snapshot", "test", "operation").contains(type);
        if (isNode) {
            assertThat(names(node)).as(id).containsAll(NODE);
            assertThat(names(node.path("checksum"))).as(id).containsExactly("checksum", "name");
        }
        RESOURCE.forEach(field -> assertThat(node.path(field).isTextual()).as(id).isTrue());
        TYPES.forEach((kind, names) ->
                names.stream()
                        .filter(node::has)
                        .filter(name -> !(name.equals("config") && type.equals("macro")))
                        .forEach(name ->
                                assertThat(node.path(name).getNodeType())
                                        .as(id + " " + name)
                                        .isEqualTo(kind)));
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
