package dev.ade.project;

import dev.ade.model.Assertion;
import dev.ade.model.CheckSpec;
import dev.ade.model.Exposure;
import dev.ade.model.Kind;
import dev.ade.model.Model;
import dev.ade.model.Project;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import dev.ade.model.UnitTest;
import dev.ade.model.Wording;
import dev.ade.spi.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes the graph of a project that was read.
final class GraphReader {
    private final Project project;
    private final Names names;
    private final Map<String, ChecksReader.Call> calls;
    private final Set<String> singular;
    private final Map<TableName, Set<String>> calledAs;
    private final ManifestParts parts;
    private final Map<TableName, SourcesReader.Declared> declared = new HashMap<>();
    private final Graph graph = new Graph();

    /// @param calls generic tests that are macros, by name of the check
    /// @param parts what else was read
    GraphReader(
            Project project,
            Names names,
            Map<String, ChecksReader.Call> calls,
            ManifestParts parts) {
        this.project = project;
        this.names = names;
        this.calls = calls;
        this.singular = parts.singular().keySet();
        this.parts = parts;
        names.sources().forEach(source -> declared.put(source.loaded().name(), source));
        this.calledAs = names.calledAs();
    }

    Graph read() {
        names.models().forEach(this::model);
        project.sources().values().forEach(this::source);
        Analyses.of(parts).all().forEach(this::analysis);
        project.checks().forEach(this::check);
        project.unitTests().forEach(this::unitTest);
        project.exposures().forEach(this::exposure);
        return graph;
    }

    private void model(ModelFile file) {
        Model model = project.models().get(file.name());
        boolean isSnapshot = model != null && model.kind() instanceof Kind.Snapshot;
        Map<String, @org.jspecify.annotations.Nullable Object> config =
                new HashMap<>(file.config().values());
        config.putIfAbsent("materialized", model == null ? "ephemeral" : model.kind().word());
        Map<String, String> facts = new HashMap<>();
        if (model != null) {
            facts.put("kind", model.kind().word());
        }
        ModelAccess.facts(file, facts);
        parts.version(file)
                .ifPresent(version -> {
                    facts.put(Node.VERSION, version.version());
                    facts.put(Node.VERSION_STATUS, version.status());
                });
        facts.put(Node.SOURCES, calledAs(file.name()));
        graph.add(
                new Node(
                        file.name().toString(),
                        isSnapshot ? Resource.Type.SNAPSHOT : Resource.Type.MODEL,
                        Optional.ofNullable(model).map(Model::name),
                        path(file),
                        file.file().path(),
                        Set.copyOf(file.config().texts("tags")),
                        config,
                        facts));
        names.references(file.name())
                .forEach(input -> graph.connect(input.toString(), file.name().toString()));
        Set<TableName> inputs = new HashSet<>(project.inputs(file.name()));
        inputs.removeAll(throughEphemeral(file.name(), new HashSet<>()));
        inputs.forEach(input -> graph.connect(input.toString(), file.name().toString()));
    }

    /// What a model reads only because an ephemeral one that it refers to does.
    private Set<TableName> throughEphemeral(TableName model, Set<TableName> seen) {
        Set<TableName> found = new HashSet<>();
        names.references(model).stream()
                .filter(one -> names.ephemeral(one).isPresent())
                .filter(seen::add)
                .forEach(one -> {
                    found.addAll(names.references(one));
                    found.addAll(throughEphemeral(one, seen));
                });
        found.removeAll(names.references(model));
        return found;
    }

    private List<String> path(ModelFile file) {
        List<String> path = new ArrayList<>();
        path.add(file.file().owner().orElse(project.name()));
        file.file().domain().ifPresent(path::add);
        path.addAll(file.file().folders());
        path.add(parts.version(file).map(ModelVersions.Version::model).orElse(file.file().stem()));
        parts.version(file).ifPresent(version -> path.add("v" + version.version()));
        return path;
    }

    private void source(SourceTable source) {
        boolean isSeed = source.origin() == SourceTable.Origin.SEED;
        Map<String, String> facts = new HashMap<>();
        facts.put("kind", isSeed ? "seed" : "source");
        facts.put(Node.SOURCES, calledAs(source.name()));
        graph.add(
                new Node(
                        source.name().toString(),
                        isSeed ? Resource.Type.SEED : Resource.Type.SOURCE,
                        Optional.of(source.name()),
                        isSeed ? seedPath(source) : sourcePath(source),
                        source.location().file(),
                        source.tags(),
                        Map.of("materialized", isSeed ? "seed" : "source"),
                        facts));
    }

    private String calledAs(TableName dataset) {
        return String.join(" ", calledAs.getOrDefault(dataset, Set.of()));
    }

    private List<String> sourcePath(SourceTable source) {
        SourcesReader.Declared declared = this.declared.get(source.name());
        return declared == null
                ? List.of(project.name(), source.name().namespace(), source.name().name())
                : path(
                        declared.item().properties().location().file(),
                        declared.item().source(),
                        declared.item().table());
    }

    /// The package, a domain, folders below the one of seeds, the name.
    private List<String> seedPath(SourceTable seed) {
        Optional<String> owner = names.owner(seed.name());
        List<String> path = new ArrayList<>(List.of(owner.orElse(project.name())));
        if (owner.isEmpty()) {
            List<String> folders = new ArrayList<>(List.of(seed.location().file().split("/", -1)));
            folders.removeLast();
            if (!folders.isEmpty() && folders.getFirst().equals(seed.name().namespace())) {
                path.add(folders.removeFirst());
            }
            folders.stream().skip(1).forEach(path::add);
        }
        path.add(seed.name().name());
        return path;
    }

    private void check(CheckSpec check) {
        String id = "test " + check.name();
        graph.add(
                new Node(
                        id,
                        Resource.Type.TEST,
                        Optional.empty(),
                        path(check.location().file(), check.name()),
                        check.location().file(),
                        check.tags(),
                        Map.of("severity", Wording.of(check.options().severity())),
                        Map.of(
                                "test_name",
                                testName(check),
                                "test_type",
                                singular.contains(check.name()) ? "singular" : "generic")));
        parts.read(check).forEach(input -> graph.connect(input.toString(), id));
    }

    private void analysis(Analyses.Analysis analysis) {
        String id = "analysis " + analysis.owner() + " " + analysis.name();
        graph.add(
                new Node(
                        id,
                        Resource.Type.ANALYSIS,
                        Optional.empty(),
                        analysis.path(),
                        analysis.file().path(),
                        analysis.tags(),
                        analysis.config(),
                        Map.of()));
        analysis.told().inputs().forEach(input -> graph.connect(input.toString(), id));
    }

    /// The package and the folders of a file below the one of its kind, and names.
    private List<String> path(String file, String... names) {
        List<String> path = new ArrayList<>(List.of(parts.owner(file)));
        List<String> words = List.of(parts.within(file).split("/", -1));
        if (words.size() > 2) {
            path.addAll(words.subList(1, words.size() - 1));
        }
        path.addAll(List.of(names));
        return path;
    }

    private String testName(CheckSpec check) {
        ChecksReader.Call call = calls.get(check.name());
        return switch (check.assertion()) {
            case Assertion.NotNull _ -> "not_null";
            case Assertion.Unique _ -> "unique";
            case Assertion.AcceptedValues _ -> "accepted_values";
            case Assertion.Relationships _ -> "relationships";
            case Assertion.KAnonymity _ -> "k_anonymity";
            case Assertion.Contract _ -> "contract";
            case Assertion.Monitor monitor -> Wording.of(monitor.metric());
            case Assertion.Query _ -> call == null ? check.name() : call.definition().name();
        };
    }

    private void unitTest(UnitTest test) {
        String id = "unit_test " + test.model() + " " + test.name();
        graph.add(
                new Node(
                        id,
                        Resource.Type.UNIT_TEST,
                        Optional.empty(),
                        path(test.location().file(), test.model().name(), test.name()),
                        test.location().file(),
                        test.tags(),
                        Map.of(),
                        Map.of("test_type", "unit")));
        graph.connect(test.model().toString(), id);
    }

    private void exposure(Exposure exposure) {
        String id = "exposure " + exposure.name();
        graph.add(
                new Node(
                        id,
                        Resource.Type.EXPOSURE,
                        Optional.empty(),
                        path(exposure.location().file(), exposure.name()),
                        exposure.location().file(),
                        exposure.tags(),
                        Map.of(),
                        Map.of()));
        exposure.inputs().forEach(input -> graph.connect(input.toString(), id));
    }

    static TableName dataset(Node node) {
        return node.dataset().orElseThrow();
    }
}
