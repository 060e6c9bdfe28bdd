package dev.ade.project;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Callable;
import dev.ade.model.CheckSpec;
import dev.ade.model.Fingerprint;
import dev.ade.model.Freshness;
import dev.ade.model.TableName;
import dev.ade.model.UnitTest;
import dev.ade.project.ProjectFiles.Role;
import dev.ade.project.manifest.ConfigJson;
import dev.ade.project.manifest.TestName;
import dev.ade.spi.Manifest;
import dev.ade.spi.Resource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A project that was read, in dbt's words.
final class ReadManifest implements Manifest {
    /// Another number writes every manifest anew.
    private static final int VERSION = 1;

    /// The parts of a manifest that are in `graph`.
    private static final List<String> FLAT =
            List.of(
                    "exposures",
                    "groups",
                    "metrics",
                    "nodes",
                    "sources",
                    "semantic_models",
                    "saved_queries");

    private final ManifestParts parts;
    private final Graph graph;
    private final Map<String, ChecksReader.Call> calls;
    private final ManifestIds ids;

    ReadManifest(ManifestParts parts, Graph graph, Map<String, ChecksReader.Call> calls) {
        this.parts = parts;
        this.graph = graph;
        this.calls = calls;
        this.ids = new ManifestIds(parts);
    }

    /// Only of a project of dbt's that does not say `write_json: false`.
    static Optional<Manifest> of(
            ManifestParts parts, Supplier<Graph> graph, Map<String, ChecksReader.Call> calls) {
        DbtProject dbt = parts.basics().dbt();
        return dbt.file().isPresent() && dbt.isWritingJson()
                ? Optional.of(new ReadManifest(parts, graph.get(), calls))
                : Optional.empty();
    }

    /// How this project compares with files of an earlier run.
    static Methods.States states(
            ManifestParts parts, Graph graph, Map<String, ChecksReader.Call> calls, Path folder) {
        ReadManifest manifest = new ReadManifest(parts, graph, calls);
        StateFolder files =
                new StateFolder(folder, manifest.folder(), () -> manifest.tree(Instant.EPOCH));
        return new ManifestStates(parts, manifest.ids, files);
    }

    @Override
    public Path folder() {
        return parts.basics().root().resolve(target()).normalize();
    }

    private String target() {
        Map<String, Object> common = parts.basics().own().common();
        Object said =
                common.get("env_var") instanceof Callable variable
                        ? variable.call(new Arguments(List.of("DBT_TARGET_PATH", ""), Map.of()))
                        : "";
        return said.toString().isBlank() ? parts.basics().dbt().targetPath() : said.toString();
    }

    @Override
    public Map<String, @Nullable Object> metadata() {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("dbt_version", CommonNames.DBT_VERSION);
        metadata.put(
                "invocation_id",
                Objects.toString(parts.basics().own().common().get("invocation_id"), null));
        metadata.put("env", Map.of());
        return metadata;
    }

    @Override
    public Fingerprint fingerprint() {
        List<String> files = new ArrayList<>();
        parts.files().forEach(file -> files.add(stamp(file.path())));
        for (String name : List.of("dbt_project.yml", "selectors.yml", "packages.yml")) {
            files.add(stamp(name));
        }
        SettingsReader.names().forEach(name -> files.add(stamp(name)));
        List<String> models = new ArrayList<>();
        new TreeMap<>(parts.project().models())
                .forEach((name, model) -> models.add(name + " " + model.definition().hex()));
        List<String> checks = new ArrayList<>();
        parts.project().checks().forEach(check -> checks.add(check.name() + " " + check.options()));
        return Fingerprint.of(
                VERSION,
                String.valueOf(parts.basics().own().common().get("invocation_args_dict")),
                files,
                models,
                checks);
    }

    private String stamp(String path) {
        java.io.File file = parts.basics().root().resolve(path).toFile();
        return "%s %d %d".formatted(path, file.length(), file.lastModified());
    }

    @Override
    public Optional<String> id(TableName dataset) {
        return ids.of(dataset);
    }

    @Override
    public Optional<String> id(CheckSpec check) {
        return ids.of(check);
    }

    @Override
    public Optional<String> id(UnitTest test) {
        return Optional.of(ids.of(test));
    }

    @Override
    public Optional<String> id(Resource resource) {
        return switch (resource.type()) {
            case SOURCE, SEED, MODEL, SNAPSHOT -> ids.of(TableName.parse(resource.id()));
            case TEST ->
                    parts.project().checks().stream()
                            .filter(check -> check.name().equals(resource.name()))
                            .findFirst()
                            .flatMap(ids::of);
            case UNIT_TEST ->
                    parts.project().unitTests().stream()
                            .filter(test ->
                                    test.name().equals(resource.name())
                                            && test.location().file().equals(resource.file()))
                            .findFirst()
                            .map(ids::of);
            case ANALYSIS, EXPOSURE ->
                    Optional.of(
                            ManifestIds.id(
                                    resource.type().word(),
                                    parts.owner(resource.file()),
                                    resource.name()));
        };
    }

    @Override
    public Map<String, @Nullable Object> criteria(Freshness freshness) {
        return ManifestOthers.freshness(freshness);
    }

    @Override
    public Map<String, @Nullable Object> tree(Instant at) {
        ManifestReferences references = new ManifestReferences(parts, ids, graph);
        ManifestOthers others = new ManifestOthers(parts, references, at);
        Map<String, @Nullable Object> nodes = nodes(references, at);
        Map<String, @Nullable Object> sources = new LinkedHashMap<>();
        parts.names().sourceItems().forEach(source -> add(sources, others.source(source)));
        Map<String, @Nullable Object> exposures = new LinkedHashMap<>();
        parts.project().exposures().forEach(one -> add(exposures, others.exposure(one)));
        Map<String, @Nullable Object> units = new LinkedHashMap<>();
        ManifestTests tests = new ManifestTests(parts, references, calls, shown(), at);
        parts.project().unitTests().forEach(one -> add(units, tests.unit(one)));
        Map<String, @Nullable Object> groups = new LinkedHashMap<>();
        parts.properties().groups().forEach(one -> add(groups, others.group(one)));
        ManifestEdges edges = new ManifestEdges(List.of(nodes, sources, exposures, units));

        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("metadata", project());
        tree.put("nodes", nodes);
        tree.put("sources", sources);
        tree.put("macros", macros(others));
        tree.put("docs", docs(others));
        tree.put("exposures", exposures);
        tree.put("metrics", Map.of());
        tree.put("groups", groups);
        tree.put("selectors", selectors());
        tree.put("disabled", Map.of());
        tree.put("parent_map", edges.parents());
        tree.put("child_map", edges.children());
        tree.put("group_map", edges.groups());
        tree.put("saved_queries", Map.of());
        tree.put("semantic_models", Map.of());
        tree.put("unit_tests", units);
        return tree;
    }

    /// What templates call `graph`: dbt's parts of the manifest by the ids of their nodes.
    Map<String, @Nullable Object> flat() {
        Map<String, @Nullable Object> tree = tree(Instant.EPOCH);
        Map<String, @Nullable Object> flat = new LinkedHashMap<>();
        FLAT.forEach(part -> flat.put(part, tree.get(part)));
        return flat;
    }

    /// What only the manifest says of the project.
    private Map<String, @Nullable Object> project() {
        Map<String, @Nullable Object> project = new LinkedHashMap<>();
        project.put("project_name", parts.basics().name());
        project.put("project_id", TestName.md5(parts.basics().name()));
        project.put("user_id", null);
        project.put("send_anonymous_usage_stats", false);
        project.put("adapter_type", "duckdb");
        return project;
    }

    /// The folder as paths in the manifest begin with it.
    private String shown() {
        Path root = parts.basics().root();
        Path folder = folder();
        return ProjectFiles.text(folder.startsWith(root) ? root.relativize(folder) : folder);
    }

    private Map<String, @Nullable Object> nodes(ManifestReferences references, Instant at) {
        ManifestModels models = new ManifestModels(parts, references, shown(), at);
        ManifestTests tests = new ManifestTests(parts, references, calls, shown(), at);
        Map<String, @Nullable Object> nodes = new LinkedHashMap<>();
        parts.names().models().forEach(file -> add(nodes, models.model(file)));
        parts.names().seeds().forEach(file -> add(nodes, models.seed(file)));
        parts.project()
                .checks()
                .forEach(check -> tests.test(check).ifPresent(node -> add(nodes, node)));
        new ManifestFiles(parts, references, shown(), at).all().forEach(node -> add(nodes, node));
        return nodes;
    }

    private static void add(Map<String, @Nullable Object> all, Map<String, @Nullable Object> node) {
        all.put(String.valueOf(node.get("unique_id")), node);
    }

    private Map<String, @Nullable Object> macros(ManifestOthers others) {
        Map<String, @Nullable Object> macros = new LinkedHashMap<>();
        for (String owner : new TreeSet<>(parts.macros().owners())) {
            new TreeMap<>(parts.macros().all(owner))
                    .forEach((name, macro) -> add(macros, others.macro(owner, name, macro)));
        }
        return macros;
    }

    private Map<String, @Nullable Object> docs(ManifestOthers others) {
        Map<String, @Nullable Object> docs = new LinkedHashMap<>();
        parts.files().stream()
                .filter(file -> file.role() == Role.DOCS)
                .flatMap(file -> others.docs(file).stream())
                .forEach(doc -> add(docs, doc));
        return docs;
    }

    /// `selectors.yml` as it is.
    private Map<String, @Nullable Object> selectors() {
        Map<String, @Nullable Object> selectors = new LinkedHashMap<>();
        new ProjectFiles(parts.basics().root(), ProjectFiles.Folders.DEFAULT)
                .readIfThere("selectors.yml")
                .flatMap(text -> Yaml.parse("selectors.yml", text))
                .map(yaml -> Section.of(yaml, parts.basics().context(), "selectors.yml"))
                .ifPresent(file ->
                        file.sections("selectors")
                                .forEach(one ->
                                        selectors.put(
                                                one.requireText("name"),
                                                ConfigJson.json(
                                                        parts.basics()
                                                                .context()
                                                                .plain(one.whole())))));
        return selectors;
    }
}
