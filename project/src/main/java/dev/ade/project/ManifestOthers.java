package dev.ade.project;

import dev.ade.jinja.Definition;
import dev.ade.jinja.Syntax;
import dev.ade.jinja.Template;
import dev.ade.model.Exposure;
import dev.ade.model.Freshness;
import dev.ade.project.ProjectFiles.ProjectFile;
import dev.ade.project.manifest.ConfigJson;
import dev.ade.project.manifest.TemplateText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Sources, exposures, macros, blocks of documentation and groups in dbt's words.
final class ManifestOthers {
    private final ManifestParts parts;
    private final ManifestReferences references;
    private final double at;
    private final ProjectFiles texts;

    ManifestOthers(ManifestParts parts, ManifestReferences references, Instant at) {
        this.parts = parts;
        this.references = references;
        this.at = at.toEpochMilli() / 1000.0;
        this.texts = new ProjectFiles(parts.basics().root(), ProjectFiles.Folders.DEFAULT);
    }

    Map<String, @Nullable Object> source(SourceItem source) {
        Section section = source.properties();
        String id = references.ids().of(source);
        String owner = id.split("\\.", -1)[1];
        String file = parts.within(section.location().file());
        ManifestNode node =
                new ManifestNode(
                        "source", id, source.table(), new ManifestNode.Origin(owner, file, file));
        node.put("fqn", sourceFqn(owner, file, source));
        node.put("source_name", source.source());
        node.put("source_description", source.whole().text("description").orElse(""));
        node.put("loader", loader(source));
        node.put("identifier", source.name().name());
        node.put("database", RelationValue.DATABASE);
        node.put("schema", source.name().namespace());
        node.put("relation_name", source.name().quoted());
        node.put("quoting", quoting());
        node.put("loaded_at_field", source.freshness().loadedAt().orElse(null));
        node.put("freshness", source.freshness().json());
        node.put("external", null);
        node.put("description", source.description());
        node.put("columns", ManifestNode.columns(section));
        node.put("meta", meta(Optional.of(section)));
        node.put("source_meta", meta(Optional.of(source.whole())));
        node.put("tags", List.copyOf(new TreeSet<>(source.tags())));
        node.put("config", Map.of("enabled", true));
        node.put("patch_path", null);
        node.put("unrendered_config", Map.of());
        node.put("created_at", at);
        return node.json();
    }

    private static String loader(SourceItem source) {
        return source.properties()
                .text("loader")
                .or(() -> source.whole().text("loader"))
                .orElse("");
    }

    private static List<String> sourceFqn(String owner, String file, SourceItem source) {
        List<String> words = List.of(file.split("/", -1));
        List<String> fqn = new ArrayList<>(List.of(owner));
        if (words.size() > 2) {
            fqn.addAll(words.subList(1, words.size() - 1));
        }
        fqn.add(source.source());
        fqn.add(source.table());
        return fqn;
    }

    private static @Nullable Object meta(Optional<Section> section) {
        return ConfigJson.json(section.flatMap(it -> it.plain("meta")).orElse(Map.of()));
    }

    private static Map<String, @Nullable Object> quoting() {
        Map<String, @Nullable Object> quoting = new LinkedHashMap<>();
        List.of("database", "schema", "identifier", "column")
                .forEach(key -> quoting.put(key, null));
        return quoting;
    }

    static Map<String, @Nullable Object> freshness(Freshness freshness) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("warn_after", age(freshness.warnAfter()));
        json.put("error_after", age(freshness.errorAfter()));
        json.put("filter", freshness.filter().orElse(null));
        return json;
    }

    static Map<String, @Nullable Object> age(Optional<Duration> age) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("count", age.map(ManifestOthers::count).orElse(null));
        json.put("period", age.map(ManifestOthers::period).orElse(null));
        return json;
    }

    private static String period(Duration age) {
        return age.toSeconds() % 86_400 == 0
                ? "day"
                : age.toSeconds() % 3_600 == 0 ? "hour" : "minute";
    }

    private static Object count(Duration age) {
        return switch (period(age)) {
            case "day" -> age.toDays();
            case "hour" -> age.toHours();
            default -> age.toMinutes();
        };
    }

    Map<String, @Nullable Object> exposure(Exposure exposure) {
        String file = parts.within(exposure.location().file());
        String owner = parts.owner(exposure.location().file());
        Optional<Section> section =
                parts.properties().exposures().stream()
                        .map(Properties.Resource::section)
                        .filter(it -> it.location().equals(exposure.location()))
                        .findFirst();
        ManifestNode node =
                new ManifestNode(
                        "exposure",
                        ManifestIds.id("exposure", owner, exposure.name()),
                        exposure.name(),
                        new ManifestNode.Origin(
                                owner, file.substring(file.indexOf('/') + 1), file));
        node.put("fqn", List.of(owner, exposure.name()));
        node.put("type", exposure.type());
        node.put("owner", owner(section));
        node.put("description", exposure.description());
        node.put("label", section.flatMap(it -> it.text("label")).orElse(null));
        node.put("maturity", section.flatMap(it -> it.text("maturity")).orElse(null));
        node.put("meta", meta(section));
        node.put("tags", List.copyOf(new TreeSet<>(exposure.tags())));
        node.put("config", Map.of("enabled", true));
        node.put("unrendered_config", Map.of());
        node.put("url", exposure.url().orElse(null));
        node.put("metrics", List.of());
        node.put("created_at", at);
        references.put(node, exposure.inputs(), List.of());
        return node.json();
    }

    private static Map<String, @Nullable Object> owner(Optional<Section> section) {
        Optional<Section> owner = section.flatMap(it -> it.section("owner"));
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("email", owner.flatMap(it -> it.text("email")).orElse(null));
        json.put("name", owner.flatMap(it -> it.text("name")).orElse(null));
        return json;
    }

    Map<String, @Nullable Object> group(Properties.Resource resource) {
        String file = resource.section().location().file();
        String path = parts.within(file);
        String name = resource.section().requireText("name");
        return new ManifestNode(
                        "group",
                        ManifestIds.id("group", parts.owner(file), name),
                        name,
                        new ManifestNode.Origin(
                                parts.owner(file), path.substring(path.indexOf('/') + 1), path))
                .put("owner", owner(Optional.of(resource.section())))
                .json();
    }

    Map<String, @Nullable Object> macro(String owner, String name, Definition definition) {
        String file = definition.location().file();
        String path = parts.within(file);
        String tag = definition.tag();
        String sql = TemplateText.block(texts.read(file), tag, definition.name());
        ManifestNode node =
                new ManifestNode(
                        "macro",
                        ManifestIds.id("macro", owner, name),
                        name,
                        new ManifestNode.Origin(owner, path, path));
        Map<String, Object> on = new LinkedHashMap<>();
        String self = ManifestIds.id("macro", owner, name);
        on.put(
                "macros",
                references.macros(owner, sql).stream().filter(id -> !id.equals(self)).toList());
        return node.put("macro_sql", sql)
                .put("depends_on", on)
                .put("description", "")
                .put("meta", Map.of())
                .put("docs", ConfigJson.docs(null))
                .put("patch_path", null)
                .put("arguments", List.of())
                .put("created_at", at)
                .put("supported_languages", null)
                .json();
    }

    /// The `docs` blocks of a Markdown file.
    List<Map<String, @Nullable Object>> docs(ProjectFile file) {
        String text = texts.read(file.path());
        List<Map<String, @Nullable Object>> docs = new ArrayList<>();
        if (!text.contains("{%")) {
            return docs;
        }
        for (Definition block : Template.parse(file.path(), text, Syntax.DBT).definitions()) {
            if (block.tag().equals("docs")) {
                docs.add(
                        new ManifestNode(
                                        "doc",
                                        ManifestIds.id("doc", parts.owner(file), block.name()),
                                        block.name(),
                                        new ManifestNode.Origin(
                                                parts.owner(file),
                                                file.within(),
                                                parts.within(file.path())))
                                .put("block_contents", block.rawText().orElse("").strip())
                                .json());
            }
        }
        return docs;
    }
}
