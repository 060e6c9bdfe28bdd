package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.CheckSpec;
import dev.ade.model.ColumnSpec;
import dev.ade.model.ColumnSpec.Nullability;
import dev.ade.model.DriftPolicy;
import dev.ade.model.Kind;
import dev.ade.model.LoadSpec;
import dev.ade.model.Location;
import dev.ade.model.Model;
import dev.ade.model.PrivacyPolicy;
import dev.ade.model.Project;
import dev.ade.model.Retention;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import dev.ade.model.Type;
import dev.ade.model.VaultSpec;
import dev.ade.project.ProjectFiles.ProjectFile;
import dev.ade.project.ProjectFiles.Role;
import dev.ade.spi.CodeReader;
import dev.ade.spi.Compiler.Situation;
import dev.ade.spi.TableCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One reading of one project, from its files to what they mean. Names are collected first, so that files may
/// refer to each other in any order.
final class Reading {
    private static final TableName UNNAMED = TableName.of("unknown", "unknown");

    private final Basics basics;
    private final ProjectFiles files;
    private final Naming naming;
    private final Macros macros;
    private final Properties properties = new Properties();
    private final Names names = new Names();
    private final Queries queries;
    private final Map<TableName, SourceTable> sources = new TreeMap<>();
    private final Map<TableName, Retention> retentions = new HashMap<>();
    private final Map<TableName, Retention> archives = new HashMap<>();
    private final Map<TableName, VaultSpec> vaults = new HashMap<>();
    private final Map<TableName, Model> models = new TreeMap<>();
    private final List<SourcesReader.Declared> declared = new ArrayList<>();
    private final List<SourcesReader.Unloaded> unloaded = new ArrayList<>();
    private final Set<TableName> asking = new HashSet<>();
    private final Map<TableName, TableCode> codes = new HashMap<>();
    private final CodeReader codeReader;
    private final SideBySide sideBySide;
    private final Recall recall;

    /// @param recall what earlier readings found out, as far as it still holds
    Reading(
            Basics basics,
            Function<String, Set<TableName>> references,
            Function<Answers, Recall> recall,
            CodeReader codeReader) {
        this.basics = basics;
        this.sideBySide = new SideBySide(basics.threads(), basics.warnings());
        this.codeReader = codeReader;
        this.files = new ProjectFiles(basics.root(), basics.dbt().folders());
        this.macros = new Macros(basics.name(), basics.dbt()::searchOrder);
        this.queries = new Queries(basics, macros, names, references);
        this.naming = new Naming(basics, macros, queries);
        this.recall = recall.apply(new Answers(basics, macros, names));
    }

    ReadProject read() {
        FetchedPackages fetched = basics.fetched();
        List<ProjectFile> found = new ArrayList<>(files.find());
        basics.warnings().addAll(files.strays());
        for (ProjectPackage one : basics.packages().values()) {
            fetched.requireOwnFiles(one);
            found.addAll(fetched.requireNoPrograms(files.find(one)));
        }
        macros(found);
        DocBlocks docs = new DocBlocks();
        each(found, Role.DOCS, file -> docs.add(file.path(), files.read(file.path())));
        basics.context().define("doc", docs);
        basics.packages().values().forEach(one -> one.context().define("doc", docs));
        properties(found);
        for (Properties.Resource one : properties.sources()) {
            SourcesReader.Tables tables = SourcesReader.read(one.section(), basics.settings());
            tables.loaded().forEach(it -> fetched.requireNoProgram(one.file(), it.loaded().load()));
            sources(tables);
        }
        each(found, Role.SEED, this::seed);
        List<ProjectFile> modelFiles = of(found, Role.MODEL);
        sideBySide.map(modelFiles, this::modelFile).stream()
                .flatMap(Optional::stream)
                .forEach(this::named);
        each(found, Role.SNAPSHOT, this::snapshots);
        properties.snapshots().stream()
                .flatMap(declared -> SnapshotFiles.declared(declared).stream())
                .forEach(this::snapshot);
        List<ModelFile> built =
                names.models().stream().filter(model -> !model.isEphemeral()).toList();
        sideBySide.map(built, this::model).forEach(this::add);
        EphemeralModels.of(names).learn(sideBySide, recall, queries);
        ModelAccess.check(names, properties);
        ReadProject project = checked(found);
        recall.save();
        return project;
    }

    private static void each(List<ProjectFile> found, Role role, Consumer<ProjectFile> action) {
        of(found, role).forEach(action);
    }

    private static List<ProjectFile> of(List<ProjectFile> found, Role role) {
        return found.stream().filter(file -> file.role() == role).toList();
    }

    /// Macros, and the definitions of generic tests that dbt keeps in `tests/generic`.
    private void macros(List<ProjectFile> found) {
        List<ProjectFile> wanted = new ArrayList<>(of(found, Role.MACRO));
        of(found, Role.CHECK).stream()
                .filter(file -> file.folders().contains("generic"))
                .forEach(wanted::add);
        sideBySide
                .map(wanted, file -> MacroFile.parse(file, files.read(file.path())))
                .forEach(one -> macros.add(basics.owner(one.file()).name(), one));
    }

    private void properties(List<ProjectFile> found) {
        List<ProjectFile> wanted = of(found, Role.PROPERTIES);
        List<Optional<Yaml>> trees =
                sideBySide.map(wanted, file -> recall.yaml(file.path(), files.read(file.path())));
        for (int i = 0; i < trees.size(); i++) {
            ProjectFile file = wanted.get(i);
            trees.get(i)
                    .ifPresent(tree -> properties.add(file, tree, basics.owner(file).context()));
        }
    }

    private void sources(SourcesReader.Tables tables) {
        tables.loaded().forEach(this::source);
        tables.unloaded().forEach(names::addUnloaded);
        unloaded.addAll(tables.unloaded());
    }

    private void source(SourcesReader.Declared source) {
        declared.add(source);
        source.kept().retention().ifPresent(one -> retentions.put(source.loaded().name(), one));
        source.kept().archive().ifPresent(one -> archives.put(source.loaded().name(), one));
        source.kept().vault().ifPresent(one -> vaults.put(source.loaded().name(), one));
        names.addSource(source);
        SourceTable other = sources.put(source.loaded().name(), source.loaded());
        if (other != null) {
            throw AdeException.user(
                            "Cannot declare %s twice: %s declares it too"
                                    .formatted(source.loaded().name(), other.location()),
                            "Remove one of them")
                    .at(source.loaded().location());
        }
    }

    private void seed(ProjectFile file) {
        Optional<Section> section = properties.seed(file.place(), file.stem());
        Location location = section.map(Section::location).orElse(Location.of(file.path()));
        Config config = rooted(config("seeds", file, section, location), "seeds", file);
        if (!config.isOn("enabled", true)) {
            return;
        }
        Map<String, Object> options = new HashMap<>();
        config.text("delimiter").ifPresent(delimiter -> options.put("delim", delimiter));
        SourceTable seed =
                new SourceTable(
                        naming.name(file, config, () -> queries.nodes().seed(file, config)),
                        SourceTable.Origin.SEED,
                        new LoadSpec.Files(
                                List.of(file.path()),
                                LoadSpec.Format.CSV,
                                LoadSpec.Mode.REPLACE,
                                List.of(),
                                options,
                                new LoadSpec.RejectLimit(0, 0)),
                        seedColumns(section, config),
                        section.map(one -> SourcesReader.undeclared(one, undeclared()))
                                .orElse(undeclared()),
                        DriftPolicy.EVOLVE,
                        config.text("event_time"),
                        KindReader.layout(config),
                        Optional.empty(),
                        section.flatMap(one -> one.text("description")).orElse(""),
                        Set.copyOf(config.texts("tags")),
                        location);
        names.addSeed(new ModelFile(file, (_, _) -> "", config, seed.name(), section));
        sources.put(seed.name(), seed);
    }

    private PrivacyPolicy undeclared() {
        return basics.settings().undeclaredPersonalData();
    }

    /// Columns as described, with the types of `column_types`.
    private static List<ColumnSpec> seedColumns(Optional<Section> section, Config config) {
        List<ColumnSpec> columns =
                new ArrayList<>(section.map(ColumnsReader::read).orElse(List.of()));
        config.mapping("column_types")
                .forEach((name, type) -> {
                    Optional<Type> typed = Optional.of(Type.parse(String.valueOf(type)));
                    Optional<ColumnSpec> known =
                            columns.stream()
                                    .filter(column -> column.name().equalsIgnoreCase(name))
                                    .findFirst();
                    known.ifPresent(columns::remove);
                    columns.add(
                            known.map(column ->
                                            new ColumnSpec(
                                                    name,
                                                    typed,
                                                    column.nullability(),
                                                    column.privacy(),
                                                    column.description()))
                                    .orElseGet(() ->
                                            new ColumnSpec(
                                                    name,
                                                    typed,
                                                    Nullability.NULLABLE,
                                                    Optional.empty(),
                                                    "")));
                });
        return columns;
    }

    private void named(ModelFile model) {
        ProjectFile file = model.file();
        names.addModel(model);
        properties.version(file.place(), file.stem()).ifPresent(names::addVersion);
    }

    private void snapshots(ProjectFile file) {
        SnapshotFiles.blocks(file, files.read(file.path())).forEach(this::snapshot);
    }

    private void snapshot(SnapshotFiles.Found found) {
        ProjectFile file = found.file();
        Optional<Section> section = properties.snapshot(file.place(), file.stem());
        Config outside = config("snapshots", file, section, Location.of(file.path()));
        modelFile(new ModelFile(file, found.body(), outside, UNNAMED, section), "snapshots")
                .map(model -> model.with(Map.of("materialized", "snapshot")))
                .ifPresent(names::addModel);
    }

    private Optional<ModelFile> modelFile(ProjectFile file) {
        Optional<Section> section = properties.model(file.place(), file.stem());
        if (file.isCode()) {
            return codeFile(file, section);
        }
        FileBody body = new FileBody(file.path(), files.read(file.path()));
        Config outside = config("models", file, section, Location.of(file.path()));
        return modelFile(new ModelFile(file, body, outside, UNNAMED, section), "models");
    }

    /// Code says nothing of how it is kept; that is said beside it.
    private Optional<ModelFile> codeFile(ProjectFile file, Optional<Section> section) {
        Config outside = config("models", file, section, Location.of(file.path()));
        Config config = rooted(outside, "models", file);
        if (config.text("materialized").isEmpty()) {
            config = config.with(Map.of("materialized", "table"));
        }
        if (!config.isOn("enabled", true)) {
            return Optional.empty();
        }
        CodeReader.Code code = codeReader.read(file.path(), files.read(file.path()));
        ModelFile unnamed =
                new ModelFile(file, new CodeBody(code, UNNAMED), config, UNNAMED, section);
        TableName name = naming.name(file, config, () -> queries.nodes().model(unnamed));
        return Optional.of(new ModelFile(file, new CodeBody(code, name), config, name, section));
    }

    /// Reads the file once with names unknown, for what it says of itself.
    private Optional<ModelFile> modelFile(ModelFile unnamed, String resources) {
        ProjectFile file = unnamed.file();
        Config config = rooted(unnamed.config().with(configured(unnamed)), resources, file);
        if (!config.isOn("enabled", true)) {
            return Optional.empty();
        }
        ModelFile known =
                new ModelFile(file, unnamed.body(), config, UNNAMED, unnamed.properties());
        TableName name = naming.name(file, config, () -> queries.nodes().model(known));
        return Optional.of(new ModelFile(file, unnamed.body(), config, name, unnamed.properties()));
    }

    @SuppressWarnings("unchecked") // it is what `configured` gave, or its copy
    private Map<String, @Nullable Object> configured(ModelFile unnamed) {
        return recall.of(
                "configured", unnamed, Map.class, trace -> queries.configured(unnamed, trace));
    }

    /// What the project itself says of files of a package comes last of all, as with dbt.
    private Config rooted(Config config, String resources, ProjectFile file) {
        Config rooted = config;
        if (file.owner().isPresent()) {
            for (Map<String, @Nullable Object> level : basics.dbt().config(resources, path(file))) {
                rooted = rooted.with(level);
            }
        }
        return rooted;
    }

    private List<String> path(ProjectFile file) {
        List<String> path = new ArrayList<>();
        path.add(basics.owner(file).name());
        file.domain().ifPresent(path::add);
        path.addAll(file.folders());
        path.add(file.stem());
        return path;
    }

    private Config config(
            String resources, ProjectFile file, Optional<Section> section, Location location) {
        Config config = new Config(location, Map.of());
        for (Map<String, @Nullable Object> level :
                basics.owner(file).dbt().config(resources, path(file))) {
            config = config.with(level);
        }
        return section.isPresent() ? config.with(section.get()) : config;
    }

    /// @param asks whether its query is only known at its step
    /// @param code what makes its rows, where that is no query
    private record Defined(Model model, boolean asks, Optional<TableCode> code) {}

    private void add(Defined defined) {
        TableName name = defined.model().name();
        models.put(name, defined.model());
        if (defined.asks()) {
            asking.add(name);
        }
        defined.code().ifPresent(code -> codes.put(name, code));
    }

    private Defined model(ModelFile file) {
        Kind kind =
                Materializations.kind(file, macros, basics)
                        .orElseGet(() -> KindReader.kind(file.name(), file.config()));
        Optional<String> eventTime = KindReader.eventTime(kind, file.config());
        RetentionReader.RETENTION
                .of(file.config())
                .ifPresent(one -> retentions.put(file.name(), one));
        RetentionReader.ARCHIVE.of(file.config()).ifPresent(one -> archives.put(file.name(), one));
        Defining defining = new Defining(file, kind, eventTime, KindReader.layout(file.config()));
        if (file.body() instanceof CodeBody body) {
            CodeBody.requireStored(file, kind);
            List<TableName> reads = body.reads(file, names);
            DefinedModel defined =
                    defining.as(
                            List.of(
                                    new Queries.Defined(
                                            body.code().version().hex(),
                                            Set.copyOf(reads),
                                            Set.of(),
                                            false)));
            return new Defined(
                    made(defining, defined), false, Optional.of(body.code().bind(reads)));
        }
        if (kind instanceof Kind.Custom) {
            DefinedModel defined = define(defining);
            return new Defined(made(defining, defined), defined.asks(), Optional.empty());
        }
        DefinedModel defined =
                DefinedModel.of(
                        recall.of("defined", file, List.class, it -> define(defining, it).plain()));
        return new Defined(made(defining, defined), defined.asks(), Optional.empty());
    }

    private static Model made(Defining model, DefinedModel defined) {
        ModelFile file = model.file();
        List<ColumnSpec> columns = file.properties().map(ColumnsReader::ofModel).orElse(List.of());
        return new Model(
                file.name(),
                model.kind(),
                defined.definition(),
                defined.inputs(),
                defined.whole(),
                model.eventTime(),
                columns,
                model.layout(),
                Set.copyOf(file.config().texts("tags")),
                file.file().path(),
                file.properties().flatMap(one -> one.text("description")).orElse(""),
                KindReader.onChange(file.config()));
    }

    private DefinedModel define(Defining model) {
        return define(model, situation -> queries.definitionOfAny(model.file(), situation));
    }

    private DefinedModel define(Defining model, Trace trace) {
        return define(model, situation -> queries.definition(model.file(), situation, trace));
    }

    private static DefinedModel define(
            Defining model, Function<Situation, Queries.Defined> definition) {
        return model.as(Situation.canonical(model.kind()).stream().map(definition).toList());
    }

    private ReadProject checked(List<ProjectFile> found) {
        Map<String, @Nullable Object> defaults = basics.dbt().testDefaults(basics.name());
        Checks checks = new Checks();
        CheckedDatasets datasets = new CheckedDatasets(models, sources.keySet(), names);
        sideBySide
                .map(checkedDatasets(), one -> drafts(one, datasets, defaults))
                .forEach(checks::add);
        SingularChecks singular =
                new SingularChecks(datasets, queries, properties, checks, defaults);
        List<ProjectFile> checkFiles =
                of(found, Role.CHECK).stream()
                        .filter(file -> !file.folders().contains("generic"))
                        .filter(file -> !Fixtures.isFixture(file))
                        .toList();
        sideBySide
                .map(
                        checkFiles,
                        file ->
                                singular.look(
                                        file,
                                        basics.owner(file).name(),
                                        files.read(file.path()),
                                        recall))
                .forEach(looked -> looked.ifPresent(singular::add));
        UnitTestsReader unitTests = new UnitTestsReader(names, fixtures(found));
        properties.unitTests().forEach(unitTests::read);
        ExposuresReader exposures = new ExposuresReader(names);
        properties.exposures().forEach(exposures::read);
        List<CheckSpec> all = new ArrayList<>(checks.all());
        all.addAll(singular.checks());
        properties.done(basics.context());
        Project project =
                new Project(
                        basics.name(),
                        basics.root(),
                        basics.settings(),
                        sources,
                        models,
                        all,
                        unitTests.tests(),
                        exposures.exposures(),
                        retentions,
                        archives,
                        vaults,
                        basics.warnings());
        return new ReadProject(
                project,
                names,
                queries,
                checks.calls(),
                singular.files(),
                saved(),
                new RunHooks(basics, queries, macros),
                new ReadProject.Unusual(asking, codes),
                new ManifestParts(
                        basics,
                        found,
                        names,
                        properties,
                        project,
                        checks.written(),
                        singular.files(),
                        macros,
                        new ManifestSql.Compiled(queries)));
    }

    /// What reads the checks of each dataset that may have any.
    private ChecksReader.Owner owner(TableName dataset, SourceItem source) {
        return new ChecksReader.Owner(
                dataset,
                "source_",
                source.source() + "_" + source.table(),
                source.properties(),
                basics.name());
    }

    private List<Consumer<ChecksReader>> checkedDatasets() {
        List<Consumer<ChecksReader>> all = new ArrayList<>();
        declared.forEach(source -> all.add(checks -> checks(source, checks)));
        unloaded.forEach(source ->
                names.made(source.item().source(), source.item().table())
                        .ifPresentOrElse(
                                made -> all.add(checks -> checks.read(owner(made, source.item()))),
                                source::warn));
        names.seeds()
                .forEach(seed ->
                        seed.properties()
                                .ifPresent(section ->
                                        all.add(checks ->
                                                checks.read(owner(seed.name(), section)))));
        models.values().forEach(model -> all.add(checks -> checks(model, checks)));
        EphemeralModels.of(names)
                .described((file, section) ->
                        all.add(checks -> checks.read(owner(file.name(), section))));
        return all;
    }

    private List<Checks.Draft> drafts(
            Consumer<ChecksReader> dataset,
            CheckedDatasets datasets,
            Map<String, @Nullable Object> defaults) {
        ChecksReader reader =
                new ChecksReader(
                        macros,
                        queries,
                        text -> ReferenceText.resolve(text, names),
                        datasets,
                        defaults);
        dataset.accept(reader);
        return reader.drafts();
    }

    private void checks(SourcesReader.Declared source, ChecksReader checks) {
        ChecksReader.Owner owner = owner(source.loaded().name(), source.item());
        checks.read(owner);
        source.loaded().freshness().ifPresent(freshness -> checks.freshness(owner, freshness));
    }

    private SavedSelectors saved() {
        return files.readIfThere("selectors.yml")
                .flatMap(text -> Yaml.parse("selectors.yml", text))
                .map(yaml -> Section.of(yaml, basics.context(), "selectors.yml"))
                .map(SavedSelectors::read)
                .orElseGet(SavedSelectors::none);
    }

    private Fixtures fixtures(List<ProjectFile> found) {
        Fixtures fixtures = new Fixtures(files);
        found.stream().filter(Fixtures::isFixture).forEach(fixtures::add);
        return fixtures;
    }

    private void checks(Model model, ChecksReader checks) {
        ModelFile file = names.model(model.name()).orElseThrow();
        if (file.properties().isEmpty()) {
            return;
        }
        Section section = file.properties().get();
        ChecksReader.Owner owner = owner(model.name(), section);
        checks.read(owner);
        if (Boolean.TRUE.equals(file.config().mapping("contract").get("enforced"))) {
            checks.contract(owner, model.columns(), section.location());
        }
        section.ignore(
                "name",
                "description",
                "columns",
                "config",
                "data_tests",
                "tests",
                "monitors",
                "tags",
                "meta",
                "docs",
                "access",
                "group",
                "version",
                "versions",
                "latest_version",
                "constraints",
                "deprecation_date",
                "time_spine",
                "relation");
        section.done("a model");
    }

    private ChecksReader.Owner owner(TableName name, Section section) {
        return new ChecksReader.Owner(
                name, "", name.name(), section, names.owner(name).orElse(basics.name()));
    }
}
