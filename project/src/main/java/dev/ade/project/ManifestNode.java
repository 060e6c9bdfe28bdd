package dev.ade.project;

import dev.ade.model.TableName;
import dev.ade.project.manifest.ConfigJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A node of the manifest while it comes to be. What nobody says has dbt's default.
final class ManifestNode {
    private final Map<String, @Nullable Object> json = new LinkedHashMap<>();

    /// Where a node is declared.
    ///
    /// @param path of its file below the folder of its kind
    /// @param file relative to its package
    record Origin(String owner, String path, String file) {}

    ManifestNode(String type, String id, String name, Origin origin) {
        json.put("unique_id", id);
        json.put("name", name);
        json.put("resource_type", type);
        json.put("package_name", origin.owner());
        json.put("path", origin.path());
        json.put("original_file_path", origin.file());
    }

    ManifestNode put(String key, @Nullable Object value) {
        json.put(key, value);
        return this;
    }

    /// What every node has that may be in a database.
    ManifestNode relation(TableName name, boolean isStored) {
        put("database", RelationValue.DATABASE);
        put("schema", name.namespace());
        put("alias", name.name());
        return put("relation_name", isStored ? name.quoted() : null);
    }

    /// What is the same in all nodes, before what is known of this one.
    ManifestNode described(Map<String, @Nullable Object> config, Instant at) {
        put("config", config);
        put("tags", config.get("tags"));
        put("meta", config.get("meta"));
        put("group", config.get("group"));
        put("docs", config.getOrDefault("docs", ConfigJson.docs(null)));
        put("description", "");
        put("columns", Map.of());
        put("patch_path", null);
        put("build_path", null);
        put("unrendered_config", Map.of());
        return put("created_at", at.toEpochMilli() / 1000.0);
    }

    /// What a template has that became SQL.
    ///
    /// @param sql empty where it is not known without a database
    /// @param path of the file that dbt writes it to
    ManifestNode compiled(String raw, Optional<String> sql, String path) {
        put("language", "sql");
        put("raw_code", raw);
        put("compiled", sql.isPresent());
        put("compiled_code", sql.orElse(null));
        put("compiled_path", sql.isPresent() ? path : null);
        put("extra_ctes_injected", sql.isPresent());
        put("extra_ctes", List.of());
        put("metrics", List.of());
        return put("contract", contract(false));
    }

    static Map<String, @Nullable Object> contract(boolean isEnforced) {
        Map<String, @Nullable Object> contract = new LinkedHashMap<>();
        contract.put("enforced", isEnforced);
        contract.put("alias_types", true);
        contract.put("checksum", null);
        return contract;
    }

    ManifestNode dependsOn(Collection<String> macros, Collection<String> nodes) {
        Map<String, Object> on = new LinkedHashMap<>();
        on.put("macros", List.copyOf(macros));
        on.put("nodes", List.copyOf(nodes));
        return put("depends_on", on);
    }

    /// What the section of YAML that describes a node says.
    ManifestNode section(Section section, String patch) {
        section.text("description").ifPresent(text -> put("description", text));
        section.plain("meta").ifPresent(meta -> put("meta", ConfigJson.json(meta)));
        section.plain("docs").ifPresent(docs -> put("docs", ConfigJson.docs(docs)));
        put("columns", columns(section));
        return put("patch_path", patch);
    }

    static Map<String, @Nullable Object> columns(Section section) {
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        for (Section column : section.sections("columns")) {
            column.text("name").ifPresent(name -> columns.put(name, column(name, column)));
        }
        return columns;
    }

    private static Map<String, @Nullable Object> column(String name, Section column) {
        Map<?, ?> config = ManifestParts.mapping(column.plain("config").orElse(null));
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("description", column.text("description").orElse(""));
        json.put(
                "meta",
                ConfigJson.json(column.plain("meta").orElse(either(config.get("meta"), Map.of()))));
        json.put("data_type", column.text("data_type").orElse(null));
        json.put("constraints", constraints(column));
        json.put("quote", column.flag("quote").orElse(null));
        List<String> tags = new ArrayList<>(column.texts("tags"));
        if (config.get("tags") instanceof Collection<?> more) {
            more.forEach(tag -> tags.add(String.valueOf(tag)));
        }
        json.put("tags", tags);
        json.put("granularity", column.text("granularity").orElse(null));
        return json;
    }

    private static Object either(@Nullable Object value, Object otherwise) {
        return value == null ? otherwise : value;
    }

    /// dbt's constraints of a column, or of a model.
    static List<Object> constraints(Section section) {
        List<Object> all = new ArrayList<>();
        if (section.plain("constraints").orElse(null) instanceof Collection<?> declared) {
            for (Object one : declared) {
                Map<?, ?> said = ManifestParts.mapping(one);
                Map<String, @Nullable Object> json = new LinkedHashMap<>();
                json.put("type", String.valueOf(said.get("type")));
                for (String key : List.of("name", "expression", "to")) {
                    json.put(key, ConfigJson.json(said.get(key)));
                }
                for (String key : List.of("warn_unenforced", "warn_unsupported")) {
                    json.put(key, !Boolean.FALSE.equals(said.get(key)));
                }
                for (String key : List.of("columns", "to_columns")) {
                    if (said.get(key) instanceof Collection<?>) {
                        json.put(key, ConfigJson.json(said.get(key)));
                    }
                }
                all.add(json);
            }
        }
        return all;
    }

    Map<String, @Nullable Object> json() {
        return json;
    }
}
