package dev.ade.project;

import dev.ade.project.manifest.ConfigJson;
import dev.ade.project.manifest.TemplateText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Nodes of dbt's that are no datasets and no tests: what `on-run-start` and `on-run-end` do.
final class ManifestFiles {
    private final ManifestParts parts;
    private final ManifestReferences references;
    private final String target;
    private final Instant at;

    /// @param target name of the folder that dbt's files go to
    ManifestFiles(ManifestParts parts, ManifestReferences references, String target, Instant at) {
        this.parts = parts;
        this.references = references;
        this.target = target;
        this.at = at;
    }

    List<Map<String, @Nullable Object>> all() {
        List<Map<String, @Nullable Object>> nodes = new ArrayList<>();
        for (String key : List.of("on-run-start", "on-run-end")) {
            List<String> hooks = hooks(parts.basics().dbt().hook(key));
            for (int i = 0; i < hooks.size(); i++) {
                nodes.add(operation(key, i, hooks.get(i)));
            }
        }
        return nodes;
    }

    private static List<String> hooks(@Nullable Object said) {
        return switch (said) {
            case null -> List.of();
            case Collection<?> many -> {
                List<String> hooks = new ArrayList<>();
                many.forEach(one -> hooks.addAll(hooks(one)));
                yield hooks;
            }
            case Map<?, ?> map -> hooks(map.get("sql"));
            default -> List.of(said.toString());
        };
    }

    private Map<String, @Nullable Object> operation(String key, int index, String raw) {
        String owner = parts.basics().name();
        String name = "%s-%s-%d".formatted(owner, key, index);
        String path = "hooks/" + name + ".sql";
        ManifestNode node =
                new ManifestNode(
                        "operation",
                        ManifestIds.id("operation", owner, name),
                        name,
                        new ManifestNode.Origin(owner, path, "./dbt_project.yml"));
        node.put("fqn", List.of(owner, "hooks", name));
        node.put("database", RelationValue.DATABASE);
        node.put("schema", parts.basics().namespace());
        node.put("alias", name);
        node.put("relation_name", null);
        node.described(ConfigJson.node("view", Map.of("tags", List.of(key))), at);
        node.put("checksum", TemplateText.checksum(raw, path));
        node.compiled(raw, Optional.empty(), "%s/compiled/%s/%s".formatted(target, owner, path));
        node.put("refs", List.of());
        node.put("sources", List.of());
        node.dependsOn(references.macros(owner, raw), List.of());
        node.put("index", index);
        return node.json();
    }
}
