package dev.ade.project;

import dev.ade.jinja.Syntax;
import dev.ade.jinja.Template;
import dev.ade.model.Assertion;
import dev.ade.model.CheckSpec;
import dev.ade.model.Fingerprint;
import dev.ade.model.Kind;
import dev.ade.model.Model;
import dev.ade.model.Project;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import dev.ade.model.UnitTest;
import dev.ade.project.Rendering.Place;
import dev.ade.spi.Compiler;
import dev.ade.spi.Compiler.Database;
import dev.ade.spi.Compiler.Situation;
import dev.ade.spi.Manifest;
import dev.ade.spi.Resource;
import dev.ade.spi.TableCode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A project that was read; compiles what is in it on demand. Thread-safe.
final class ReadProject implements Compiler.CompiledProject {
    private final Project project;
    private final Names names;
    private final Queries queries;
    private final Map<String, ChecksReader.Call> calls;
    private final Map<String, Singular> singular;
    private final SavedSelectors saved;
    private final RunHooks runHooks;
    private final Supplier<Graph> graph;
    private final Unusual unusual;

    /// Models that are not just a query.
    ///
    /// @param asking those whose template asks the database
    /// @param codes those that are code
    record Unusual(Set<TableName> asking, Map<TableName, TableCode> codes) {
        Unusual {
            asking = Set.copyOf(asking);
            codes = Map.copyOf(codes);
        }
    }

    private final ManifestParts parts;

    /// A query that is a file of its own and makes no dataset.
    ///
    /// @param type as dbt calls it: test or analysis
    record Singular(Body body, Place place, String name, String type) {
        /// What its template calls `model`.
        Supplier<Map<Object, Object>> node() {
            return () -> Map.of("resource_type", type, "name", name, "package_name", place.owner());
        }
    }

    ReadProject(
            Project project,
            Names names,
            Queries queries,
            Map<String, ChecksReader.Call> calls,
            Map<String, Singular> singular,
            SavedSelectors saved,
            RunHooks runHooks,
            Unusual unusual,
            ManifestParts parts) {
        this.project = project;
        this.names = names;
        this.queries = queries;
        this.calls = Map.copyOf(calls);
        this.singular = Map.copyOf(singular);
        this.saved = saved;
        this.runHooks = runHooks;
        this.unusual = unusual;
        this.parts = parts;
        this.graph = new Once<>(() -> new GraphReader(project, names, this.calls, parts).read());
        queries.nodes()
                .know(() ->
                        new ReadManifest(parts.parsed(queries), graph.get(), this.calls).flat());
    }

    private ReadProject(ReadProject same, Project project) {
        this.project = project;
        this.names = same.names;
        this.queries = same.queries;
        this.calls = same.calls;
        this.singular = same.singular;
        this.saved = same.saved;
        this.runHooks = same.runHooks;
        this.unusual = same.unusual;
        this.parts = same.parts;
        this.graph = same.graph;
    }

    @Override
    public Compiler.CompiledProject withDefinitions(Map<TableName, Fingerprint> definitions) {
        Map<TableName, Model> models = new HashMap<>(project.models());
        definitions.forEach((name, definition) ->
                models.computeIfPresent(name, (_, model) -> model.withDefinition(definition)));
        return new ReadProject(this, project.withModels(models));
    }

    @Override
    public Project project() {
        return project;
    }

    @Override
    public Set<TableName> select(List<String> select, List<String> exclude, Compiler.Past past) {
        return selection(past).datasets(select, exclude);
    }

    @Override
    public Set<String> selectChecks(Compiler.Tests tests, Compiler.Past past) {
        return selection(past).tests(tests.select(), tests.exclude(), tests.indirect()).stream()
                .flatMap(id -> graph.get().find(id).stream())
                .map(Node::name)
                .collect(Collectors.toSet());
    }

    @Override
    public List<Resource> resources(Compiler.Tests tests, Compiler.Past past) {
        return selection(past).all(tests).stream()
                .flatMap(id -> graph.get().find(id).stream())
                .map(this::resource)
                .sorted(Comparator.comparing(Resource::type).thenComparing(Resource::selector))
                .toList();
    }

    private Resource resource(Node node) {
        Set<String> inputs =
                graph.get().parents(node.id()).stream()
                        .filter(id -> graph.get().find(id).isPresent())
                        .collect(Collectors.toSet());
        return new Resource(
                node.id(),
                node.type(),
                node.dataset(),
                node.path(),
                node.version(),
                node.file(),
                node.tags(),
                node.config(),
                inputs);
    }

    private Selection selection(Compiler.Past past) {
        Optional<Methods.States> states =
                past.artifacts()
                        .map(folder -> ReadManifest.states(parts, graph.get(), calls, folder));
        Methods methods = new Methods(graph.get(), past, this::definition, states);
        return new Selection(graph.get(), methods, saved);
    }

    private Optional<Fingerprint> definition(Node node) {
        return node.dataset().map(name -> project.models().get(name)).map(Model::definition);
    }

    @Override
    public String compile(Model model, Situation situation) {
        ModelFile file =
                names.model(model.name())
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        model.name() + " is not of this project"));
        return queries.sql(file, situation);
    }

    @Override
    public Optional<String> compile(Resource resource, Situation situation) {
        return switch (resource.type()) {
            case MODEL, SNAPSHOT ->
                    names.model(TableName.parse(resource.id()))
                            .map(file -> queries.sql(file, situation));
            case TEST ->
                    project.checks().stream()
                            .filter(check -> check.name().equals(resource.name()))
                            .filter(check -> check.assertion() instanceof Assertion.Query)
                            .findFirst()
                            .map(check -> compile(check, situation.database()));
            case ANALYSIS ->
                    Analyses.find(resource.file(), parts)
                            .map(one ->
                                    queries.singular(
                                            one.query(), one.location(), situation.database()));
            case SOURCE, SEED, UNIT_TEST, EXPOSURE -> Optional.empty();
        };
    }

    @Override
    public String compileInline(String template, Database database) {
        return queries.inline(Template.parse("--inline", template, Syntax.DBT), database);
    }

    @Override
    public void call(Compiler.Call call, Database database) {
        queries.operate(call, database);
    }

    @Override
    public String materialize(Model model, Compiler.Workbench workbench) {
        if (!(model.kind() instanceof Kind.Custom kind)) {
            throw new IllegalArgumentException("no macro makes " + model.name());
        }
        return queries.materialize(names.model(model.name()).orElseThrow(), kind, workbench);
    }

    @Override
    public Compiler.Hooks hooks(Model model) {
        return model.kind() instanceof Kind.Custom
                ? Compiler.Hooks.NONE // its macro runs them
                : hooks(names.model(model.name()).orElseThrow());
    }

    @Override
    public Compiler.Hooks hooks(SourceTable source) {
        return names.file(source.name()).map(this::hooks).orElse(Compiler.Hooks.NONE);
    }

    private Compiler.Hooks hooks(ModelFile file) {
        Map<String, @Nullable Object> config = file.config().values();
        Object before = config.get("pre_hook");
        Object after = config.get("post_hook");
        if (before == null && after == null) {
            return Compiler.Hooks.NONE;
        }
        return new HooksReader(
                        template -> queries.text(file.with(template::render)),
                        file.name().toString(),
                        file.config().location())
                .read(before, after);
    }

    @Override
    public Compiler.Hooks hooks() {
        return runHooks.all();
    }

    @Override
    public List<Compiler.Hook> hooks(Supplier<Compiler.RunEnd> ended) {
        return runHooks.asking(ended);
    }

    @Override
    public String compile(UnitTest test) {
        ModelFile model = names.model(test.model()).orElseThrow();
        return new UnitQueries(queries).sql(model, test);
    }

    @Override
    public Optional<TableCode> code(Model model) {
        return Optional.ofNullable(unusual.codes().get(model.name()));
    }

    @Override
    public Map<TableName, CheckSpec> failureTables() {
        return new FailureTables(parts, new ManifestIds(parts)).all();
    }

    @Override
    public Optional<Manifest> manifest() {
        return ReadManifest.of(parts, graph, calls);
    }

    @Override
    public Optional<Manifest> documentation() {
        return Optional.of(new ReadManifest(parts, graph.get(), calls));
    }

    @Override
    public boolean asks(Model model) {
        return unusual.asking().contains(model.name());
    }

    @Override
    public String compile(CheckSpec check) {
        return compile(check, Optional.empty());
    }

    @Override
    public String compile(CheckSpec check, Database database) {
        return compile(check, Optional.of(database));
    }

    private String compile(CheckSpec check, Optional<Database> database) {
        ChecksReader.Call call = calls.get(check.name());
        if (call != null) {
            return queries.generic(call, check.options().where(), database);
        }
        Singular file = singular.get(check.name());
        if (file == null) {
            throw new IllegalArgumentException(
                    check.name() + " is not a query check of this project");
        }
        return queries.singular(file, check.location(), database);
    }
}
