package dev.ade.project;

import dev.ade.project.Analyses.Analysis;
import dev.ade.project.ProjectFiles.ProjectFile;
import dev.ade.project.manifest.ConfigJson;
import dev.ade.project.manifest.TemplateText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Nodes of dbt's that are no datasets and no tests: what `on-run-start` and `on-run-end` do, and analyses, which are
/// compiled and never run.
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
        Analyses.of(parts).all().stream().map(this::analysis).forEach(nodes::add);
        return nodes;
    }

    private Map<String, @Nullable Object> analysis(Analysis analysis) {
        ProjectFile file = analysis.file();
        String path = parts.within(file.path());
        ManifestNode node =
                new ManifestNode(
                        "analysis",
                        ManifestIds.id("analysis", analysis.owner(), analysis.name()),
                        analysis.name(),
                        new ManifestNode.Origin(
                                analysis.owner(), "analysis/" + file.within(), path));
        node.put("fqn", analysis.path());
        unstored(node, analysis.name());
        Map<String, @Nullable Object> config = ConfigJson.node("view", analysis.config());
        config.put("tags", List.copyOf(analysis.tags()));
        node.described(config, at);
        analysis.section().ifPresent(it -> node.section(it, parts.patch(it.location().file())));
        node.put("checksum", TemplateText.checksum(analysis.raw(), path));
        node.compiled(
                analysis.raw(),
                analysis.told().sql(),
                "%s/compiled/%s/%s".formatted(target, analysis.owner(), path));
        references.put(
                node,
                analysis.told().inputs(),
                references.macros(analysis.owner(), analysis.raw()));
        return node.json();
    }

    private void unstored(ManifestNode node, String alias) {
        node.put("database", RelationValue.DATABASE);
        node.put("schema", parts.basics().namespace());
        node.put("alias", alias);
        node.put("relation_name", null);
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
        unstored(node, name);
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
