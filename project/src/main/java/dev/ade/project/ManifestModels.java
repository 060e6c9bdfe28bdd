package dev.ade.project;

import dev.ade.model.Model;
import dev.ade.model.TableName;
import dev.ade.project.manifest.ConfigJson;
import dev.ade.project.manifest.TemplateText;
import dev.ade.spi.Compiler.Situation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Models, snapshots and seeds in dbt's words.
final class ManifestModels {
    private static final String JAVA = ".java";

    private final ManifestParts parts;
    private final ManifestReferences references;
    private final String target;
    private final Instant at;
    private final Map<String, String> latest = new HashMap<>();
    private final Map<String, Integer> byFile = new HashMap<>();

    /// @param target name of the folder that dbt's files go to
    ManifestModels(ManifestParts parts, ManifestReferences references, String target, Instant at) {
        this.parts = parts;
        this.references = references;
        this.target = target;
        this.at = at;
        parts.names().models().forEach(file -> byFile.merge(file.file().path(), 1, Integer::sum));
        parts.names().models().stream()
                .flatMap(file -> parts.version(file).stream())
                .filter(ModelVersions.Version::isLatest)
                .forEach(version -> latest.put(version.model(), version.version()));
    }

    /// What `time_spine:` of a model says; nothing where it says nothing.
    private static @Nullable Map<String, @Nullable Object> timeSpine(Section properties) {
        Optional<Section> spine = properties.section("time_spine");
        if (spine.isEmpty()) {
            return null;
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put(
                "standard_granularity_column",
                spine.get().text("standard_granularity_column").orElse(null));
        json.put(
                "custom_granularities",
                ConfigJson.json(spine.get().plain("custom_granularities").orElse(List.of())));
        return json;
    }

    Map<String, @Nullable Object> model(ModelFile file) {
        boolean isSnapshot = parts.isSnapshot(file);
        Optional<ModelVersions.Version> version = parts.version(file);
        String name = version.map(ModelVersions.Version::model).orElse(file.file().stem());
        String type = isSnapshot ? "snapshot" : "model";
        ManifestNode node = node(type, name, file);
        node.put("fqn", fqn(file, name, version));
        node.relation(file.name(), !file.isEphemeral());
        node.described(config(file), at);
        node.put("group", ModelAccess.group(file).orElse(null));
        if (!isSnapshot) {
            node.put("time_spine", file.properties().map(ManifestModels::timeSpine).orElse(null));
        }
        file.properties().ifPresent(it -> node.section(it, patch(it)));
        String raw = raw(file);
        node.put("checksum", TemplateText.checksum(raw, file.file().path()));
        Optional<String> sql = sql(file);
        node.compiled(raw, sql, compiledPath(file));
        node.put("language", file.file().path().endsWith(JAVA) ? "java" : "sql");
        node.put(
                "contract",
                ManifestNode.contract(
                        Boolean.TRUE.equals(file.config().mapping("contract").get("enforced"))));
        references.put(node, file.name(), references.macros(parts.owner(file.file()), raw));
        if (!isSnapshot) {
            node.put("access", ModelAccess.access(file));
            node.put(
                    "constraints",
                    file.properties().map(ManifestNode::constraints).orElse(List.of()));
            node.put("version", version.map(it -> number(it.version())).orElse(null));
            node.put(
                    "latest_version",
                    Optional.ofNullable(latest.get(name))
                            .filter(_ -> version.isPresent())
                            .map(ManifestModels::number)
                            .orElse(null));
            node.put(
                    "deprecation_date",
                    file.properties().flatMap(it -> it.text("deprecation_date")).orElse(null));
            node.put("primary_key", primaryKey(file));
        }
        return node.json();
    }

    private ManifestNode node(String type, String name, ModelFile file) {
        return new ManifestNode(
                type,
                references.ids().of(file.name()).orElseThrow(),
                name,
                new ManifestNode.Origin(
                        parts.owner(file.file()),
                        file.file().within(),
                        parts.within(file.file().path())));
    }

    private String patch(Section section) {
        return parts.patch(section.location().file());
    }

    private List<String> fqn(ModelFile file, String name, Optional<ModelVersions.Version> version) {
        List<String> fqn = new ArrayList<>(List.of(parts.owner(file.file())));
        file.file().domain().ifPresent(fqn::add);
        fqn.addAll(file.file().folders());
        fqn.add(name);
        version.ifPresent(it -> fqn.add("v" + it.version()));
        return fqn;
    }

    private Map<String, @Nullable Object> config(ModelFile file) {
        Model model = parts.project().models().get(file.name());
        String kind = model == null ? "ephemeral" : model.kind().word();
        Map<String, @Nullable Object> config = ConfigJson.node(kind, file.config().values());
        if (!parts.isSnapshot(file)) {
            config.put("access", ModelAccess.access(file));
        }
        return config;
    }

    private String raw(ModelFile file) {
        String text = parts.basics().text(file.file());
        return parts.isSnapshot(file) && file.file().path().endsWith(".sql")
                ? TemplateText.inside(text, "snapshot", file.file().stem())
                : text.strip();
    }

    /// Where the SQL of a model goes: the path of its file, or a folder of that name where the file has several.
    private String compiledPath(ModelFile file) {
        String path = parts.within(file.file().path());
        boolean isAlone = path.endsWith(".sql") && byFile.getOrDefault(file.file().path(), 1) == 1;
        String inner = isAlone ? "" : "/" + file.file().stem() + ".sql";
        return "%s/compiled/%s/%s%s".formatted(target, parts.owner(file.file()), path, inner);
    }

    private Optional<String> sql(ModelFile file) {
        if (file.file().path().endsWith(JAVA)) {
            return Optional.empty();
        }
        Model model = parts.project().models().get(file.name());
        Situation situation =
                model == null
                        ? Situation.FROM_SCRATCH
                        : Situation.canonical(model.kind()).getFirst();
        return parts.sql().of(file, situation);
    }

    private static Object number(String version) {
        return version.matches("\\d{1,9}") ? (Object) Integer.valueOf(version) : version;
    }

    /// The columns that a constraint says are the key, else those that are tested to be one, as dbt infers it.
    private List<String> primaryKey(ModelFile file) {
        if (file.properties().isEmpty()) {
            return List.of();
        }
        Set<String> keys = new TreeSet<>();
        for (Section column : file.properties().get().sections("columns")) {
            boolean isKey =
                    ManifestNode.constraints(column).stream()
                            .anyMatch(it ->
                                    "primary_key".equals(ManifestParts.mapping(it).get("type")));
            if (isKey) {
                column.text("name").ifPresent(keys::add);
            }
        }
        return keys.isEmpty() ? testedKey(file.name()) : List.copyOf(keys);
    }

    private List<String> testedKey(TableName dataset) {
        return references.testedColumns(dataset, "unique").stream()
                .filter(references.testedColumns(dataset, "not_null")::contains)
                .sorted()
                .toList();
    }

    Map<String, @Nullable Object> seed(ModelFile file) {
        ManifestNode node = node("seed", file.file().stem(), file);
        List<String> fqn = new ArrayList<>(List.of(parts.owner(file.file())));
        fqn.addAll(file.file().folders());
        fqn.add(file.file().stem());
        node.put("fqn", fqn);
        node.relation(file.name(), true);
        node.described(ConfigJson.seed(file.config().values()), at);
        file.properties().ifPresent(it -> node.section(it, patch(it)));
        node.put("raw_code", "");
        node.put("root_path", null);
        node.put(
                "checksum",
                TemplateText.seed(parts.basics().text(file.file()), file.file().path()));
        Map<String, Object> on = new LinkedHashMap<>();
        on.put("macros", List.of());
        node.put("depends_on", on);
        return node.json();
    }
}
