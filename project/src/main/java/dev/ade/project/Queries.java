package dev.ade.project;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Definition;
import dev.ade.jinja.Limits;
import dev.ade.jinja.Syntax;
import dev.ade.jinja.Template;
import dev.ade.model.AdeException;
import dev.ade.model.Kind;
import dev.ade.model.Location;
import dev.ade.model.Sql;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.project.Rendering.Place;
import dev.ade.project.manifest.TemplateText;
import dev.ade.spi.Compiler;
import dev.ade.spi.Compiler.Database;
import dev.ade.spi.Compiler.Situation;
import dev.ade.spi.Compiler.Workbench;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Turns templates into SQL. Thread-safe.
final class Queries {
    private static final int EPHEMERAL_DEPTH_MAX = 50;

    private final Basics basics;
    private final Macros macros;
    private final Names names;
    private final Function<String, Set<TableName>> references;
    private final Nodes nodes;
    private final Optional<Told> told;

    /// What templates are told instead of the truth, by unit tests.
    ///
    /// @param names makes the names they may use from what they are
    /// @param given models that are read by name though they are ephemeral
    private record Told(UnaryOperator<Map<String, Object>> names, Set<TableName> given) {}

    Queries(
            Basics basics,
            Macros macros,
            Names names,
            Function<String, Set<TableName>> references) {
        this(basics, macros, names, references, new Nodes(basics, names), Optional.empty());
    }

    private Queries(
            Basics basics,
            Macros macros,
            Names names,
            Function<String, Set<TableName>> references,
            Nodes nodes,
            Optional<Told> told) {
        this.basics = basics;
        this.macros = macros;
        this.names = names;
        this.references = references;
        this.nodes = nodes;
        this.told = told;
    }

    /// The same with other names for templates, which win over macros of the same name.
    ///
    /// @param others makes the names from what they are
    /// @param stated models that are read by name though they are ephemeral
    Queries with(UnaryOperator<Map<String, Object>> others, Set<TableName> stated) {
        return new Queries(
                basics, macros, names, references, nodes, Optional.of(new Told(others, stated)));
    }

    Nodes nodes() {
        return nodes;
    }

    /// A model's query in a situation; without a database, of one that asks, a text that stands for it.
    String sql(ModelFile model, Situation situation) {
        if (situation.database().isPresent()) {
            return sql(model, situation, Occasion.compiling(situation.database()), 0);
        }
        Occasion occasion = Occasion.defining();
        try {
            return sql(model, situation, occasion, 0);
        } catch (AdeException e) {
            if (occasion.hasAsked()) {
                return asking(model, situation, new Trace()).text();
            }
            throw e;
        }
    }

    /// A model's query, where it can be told without a database.
    Optional<String> compiled(ModelFile model, Situation situation) {
        return unasked(occasion -> sql(model, situation, occasion, 0));
    }

    /// A check's query, where it can be told without a database.
    Optional<String> compiled(ChecksReader.Call call, Optional<String> where) {
        return unasked(occasion -> generic(call, where, occasion).sql());
    }

    /// The query of a check that is a file, where it can be told without a database.
    Optional<CheckQuery> compiled(ReadProject.Singular file, Location location) {
        return unasked(occasion -> singular(file, location, occasion));
    }

    /// What is wrong with a query is said where it is needed, not here.
    private static <T> Optional<T> unasked(Function<Occasion, T> compile) {
        try {
            return Optional.of(compile.apply(Occasion.defining()));
        } catch (AdeException _) {
            return Optional.empty();
        }
    }

    /// What a model's definition is hashed from, and what it reads.
    ///
    /// @param whole what it wants all of, whatever the interval
    /// @param asks whether its query is only known at its step, so that `text` stands for it
    record Defined(String text, Set<TableName> inputs, Set<TableName> whole, boolean asks) {}

    private String sql(ModelFile model, Situation situation, Occasion occasion, int depth) {
        if (depth > EPHEMERAL_DEPTH_MAX) {
            throw AdeException.user(
                            "Cannot compile %s: ephemeral models read each other"
                                    .formatted(model.name()),
                            "Make one of them a view")
                    .at(model.config().location());
        }
        String sql = SqlText.tidy(text(model, situation, occasion, depth));
        if (sql.isBlank()) {
            throw AdeException.user(
                            "Cannot compile %s: it is empty".formatted(model.name()),
                            "Write a SELECT into it, or remove the file")
                    .at(model.config().location());
        }
        return sql;
    }

    /// The text of a model's template, which need not be a query.
    String text(ModelFile model) {
        Occasion occasion = Occasion.compiling(Optional.empty());
        return text(model, Situation.FROM_SCRATCH, occasion, 0);
    }

    private String text(ModelFile model, Situation situation, Occasion occasion, int depth) {
        Rendering.Setting setting =
                new Rendering.Setting(
                        place(model),
                        Optional.of(model.name()),
                        model.config(),
                        situation,
                        new Resolved(Optional.of(model.name()), situation, occasion, depth),
                        occasion,
                        () -> nodes.model(model),
                        nodes::graph);
        return model.body().render(rendering(setting), Limits.DEFAULT);
    }

    /// The text of a template that belongs to the project and knows some names beside all others.
    String text(Template template, Location location, Map<String, Object> names) {
        Place place = new Place(basics.name(), Optional.empty());
        Occasion occasion = Occasion.compiling(Optional.empty());
        Rendering rendering = rendering(setting(place, location, occasion, Map::of));
        names.forEach(rendering::put);
        return template.render(rendering, Limits.DEFAULT);
    }

    private Rendering rendering(Rendering.Setting setting) {
        Map<String, Object> common = basics.common(setting.place().owner());
        Rendering rendering = new Rendering(common, macros, setting);
        told.ifPresent(other ->
                other.names()
                        .apply(common)
                        .forEach((name, value) -> {
                            if (!value.equals(common.get(name))) {
                                rendering.put(name, value);
                            }
                        }));
        return rendering;
    }

    Place place(ModelFile model) {
        return new Place(model.file().owner().orElse(basics.name()), model.file().domain());
    }

    /// The definition of a model in a situation.
    Defined definition(ModelFile file, Situation situation, Trace trace) {
        Occasion occasion = Occasion.defining(trace);
        try {
            String sql = sql(file, situation, occasion, 0);
            Set<TableName> inputs = inputs(sql, file.config().location(), trace);
            inputs.addAll(occasion.reads());
            inputs.remove(file.name());
            return new Defined(SqlText.normalised(sql), inputs, occasion.whole(), false);
        } catch (AdeException e) {
            if (!occasion.hasAsked()) {
                throw e;
            }
            return asking(file, situation, trace);
        }
    }

    /// The same of a text that need not be a query: what it means is up to the macro that makes the model.
    Defined definitionOfAny(ModelFile file, Situation situation) {
        Trace trace = new Trace();
        Occasion occasion = Occasion.defining(trace);
        try {
            String text = sql(file, situation, occasion, 0);
            Set<TableName> inputs = new HashSet<>(occasion.reads());
            inputs.addAll(named(text, trace));
            inputs.remove(file.name());
            return new Defined(SqlText.normalised(text), inputs, occasion.whole(), false);
        } catch (AdeException e) {
            if (!occasion.hasAsked()) {
                throw e;
            }
            return asking(file, situation, trace);
        }
    }

    /// Where the query is not known before its step, the template and all it may come to call stand for it; and it
    /// reads what its `ref` and `source` name while nothing is asked, as with dbt.
    private Defined asking(ModelFile file, Situation situation, Trace trace) {
        Occasion occasion = Occasion.reading(trace);
        String sql = "";
        try {
            sql = sql(file, situation, occasion, 0);
        } catch (AdeException e) {
            if (e.frames().isEmpty() && !String.valueOf(e.getMessage()).contains("it is empty")) {
                throw e;
            }
        }
        Set<TableName> inputs = new HashSet<>(occasion.reads());
        inputs.addAll(named(sql, trace));
        inputs.remove(file.name());
        String template = basics.text(file.file());
        Set<String> read = Template.parse(file.file().path(), template, Syntax.DBT).names();
        trace.add(new Question(Question.Kind.REACHED, List.copyOf(new TreeSet<>(read))));
        boolean isLooking = read.contains("graph") || macros.isReached(read, Set.of("graph"));
        if (isLooking) {
            trace.lose();
        }
        List<String> parts =
                List.of(
                        template,
                        "-- asks the database while it is compiled; macros "
                                + macros.reached(read).hex(),
                        "-- while nobody answers: " + SqlText.normalised(sql).replace('\n', ' '),
                        isLooking ? "-- graph: " + nodes.outline() : "");
        return new Defined(String.join("\n", parts), inputs, occasion.whole(), true);
    }

    /// Datasets that a text which may not be SQL yet names.
    private Set<TableName> named(String sql, Trace trace) {
        try {
            Set<TableName> found = references.apply(sql);
            found.forEach(name -> trace.add(Question.Kind.DATASET, name.namespace(), name.name()));
            return found.stream().filter(names::isDataset).collect(Collectors.toSet());
        } catch (AdeException _) {
            return Set.of();
        }
    }

    /// A check's query, what its file says of its config, and what it reads by `ref` and `source`.
    record CheckQuery(String sql, Map<String, @Nullable Object> config, Set<TableName> inputs) {}

    CheckQuery singular(ReadProject.Singular file, Location location, Occasion occasion) {
        Rendering rendering = rendering(setting(file.place(), location, occasion, file.node()));
        String sql = SqlText.tidy(file.body().render(rendering, Limits.DEFAULT));
        return new CheckQuery(sql, rendering.configured(), occasion.reads());
    }

    String generic(ChecksReader.Call call, Optional<String> where, Optional<Database> database) {
        return withOrWithout(database, occasion -> generic(call, where, occasion).sql());
    }

    String singular(ReadProject.Singular file, Location location, Optional<Database> database) {
        return withOrWithout(database, occasion -> singular(file, location, occasion).sql());
    }

    /// Without a database, what a check that asks gives while nobody answers.
    private static String withOrWithout(
            Optional<Database> database, Function<Occasion, String> compile) {
        if (database.isPresent()) {
            return compile.apply(Occasion.compiling(database));
        }
        Occasion occasion = Occasion.defining();
        try {
            return compile.apply(occasion);
        } catch (AdeException e) {
            if (occasion.hasAsked()) {
                return compile.apply(Occasion.reading());
            }
            throw e;
        }
    }

    CheckQuery generic(ChecksReader.Call call, Optional<String> where, Occasion occasion) {
        Location location = call.definition().location();
        Place place = new Place(call.owner(), Optional.empty());
        Rendering rendering =
                rendering(setting(place, location, occasion, () -> nodes.check(call, where)));
        Map<String, Object> arguments = new HashMap<>();
        arguments.put("model", tested(call.dataset(), where, occasion));
        call.arguments().forEach((key, value) -> arguments.put(key, argument(value, occasion)));
        Object text = rendering.bind(call.definition()).call(new Arguments(List.of(), arguments));
        return new CheckQuery(
                SqlText.tidy(text.toString()), rendering.configured(), occasion.reads());
    }

    private RelationValue tested(TableName dataset, Optional<String> where, Occasion occasion) {
        RelationValue whole =
                names.ephemeral(dataset).isPresent()
                        ? relation(Optional.empty(), dataset, Situation.FROM_SCRATCH, occasion, 0)
                        : RelationValue.of(dataset);
        return where.map(condition ->
                        RelationValue.of(
                                dataset,
                                "(select * from %s where %s) as dbt_subquery"
                                        .formatted(whole.sql(), condition)))
                .orElse(whole);
    }

    /// `ref(…)` and `source(…)` in arguments are datasets.
    private Object argument(Object value, Occasion occasion) {
        Object jinja = Values.jinja(value);
        if (jinja instanceof String text && ReferenceText.isCall(text)) {
            TableName name = ReferenceText.resolve(text, names);
            return relation(Optional.empty(), name, Situation.FROM_SCRATCH, occasion, 0);
        }
        return jinja;
    }

    private Rendering.Setting setting(
            Place place, Location location, Occasion occasion, Supplier<Map<Object, Object>> node) {
        return new Rendering.Setting(
                place,
                Optional.empty(),
                new Config(location, Map.of()),
                Situation.FROM_SCRATCH,
                new Resolved(Optional.empty(), Situation.FROM_SCRATCH, occasion, 0),
                occasion,
                node,
                nodes::graph);
    }

    /// What a file that makes a dataset says of itself before names are known.
    Map<String, @Nullable Object> configured(ModelFile file, Trace trace) {
        Rendering.Setting setting =
                new Rendering.Setting(
                        place(file),
                        Optional.of(file.name()),
                        file.config(),
                        new Situation(
                                dev.ade.spi.Compiler.State.NEW, Optional.of(Situation.CANONICAL)),
                        UNKNOWN,
                        Occasion.reading(trace),
                        () -> nodes.model(file),
                        Map::of);
        Rendering rendering = rendering(setting);
        file.body().render(rendering, Limits.DEFAULT);
        return rendering.configured();
    }

    /// What a macro of the project gives, called outside of any template.
    Object call(Definition macro, List<Object> arguments, Supplier<Map<Object, Object>> node) {
        Rendering rendering =
                rendering(
                        setting(
                                new Place(basics.name(), Optional.empty()),
                                macro.location(),
                                Occasion.reading(),
                                node));
        return rendering.bind(macro).call(new Arguments(arguments, Map.of()));
    }

    /// Runs the macro that makes a model.
    ///
    /// @return what it left in the scratch, as a query of it
    String materialize(ModelFile file, Kind.Custom kind, Workbench bench) {
        Making making = new Making(basics, macros, file, kind, bench);
        Occasion occasion = Occasion.making(bench);
        Situation situation = bench.situation();
        Rendering rendering =
                rendering(
                        new Rendering.Setting(
                                place(file),
                                Optional.of(file.name()),
                                file.config(),
                                situation,
                                new Resolved(Optional.of(file.name()), situation, occasion, 0),
                                occasion,
                                () -> making.node(nodes.model(file)),
                                nodes::graph));
        return making.run(rendering);
    }

    /// The query of a template that belongs to no file.
    String inline(Template template, Database database) {
        Occasion occasion = Occasion.compiling(Optional.of(database));
        Location location = Location.of("--inline");
        return SqlText.tidy(
                template.render(
                        rendering(
                                setting(
                                        new Place(basics.name(), Optional.empty()),
                                        location,
                                        occasion,
                                        () -> nodes.inline("inline_query", "sql_operation"))),
                        Limits.DEFAULT));
    }

    /// Calls a macro from outside, for what it prints.
    void operate(Compiler.Call call, Database database) {
        Definition macro = macros.operation(call.macro());
        Occasion occasion = Occasion.compiling(Optional.of(database));
        Rendering rendering =
                rendering(
                        setting(
                                new Place(basics.name(), Optional.empty()),
                                macro.location(),
                                occasion,
                                () -> nodes.inline(macro.name(), "operation")));
        Map<String, Object> arguments = new HashMap<>();
        call.arguments().forEach((name, value) -> arguments.put(name, Values.jinja(value)));
        rendering.bind(macro).call(new Arguments(List.of(), arguments));
    }

    /// Datasets that a query reads.
    ///
    /// @throws AdeException USER where it names something that is not there
    Set<TableName> inputs(String sql, Location location, Trace trace) {
        Set<TableName> inputs = new HashSet<>();
        for (TableName name : parsed(sql, location)) {
            trace.add(Question.Kind.DATASET, name.namespace(), name.name());
            if (names.isDataset(name)) {
                inputs.add(name);
            } else if (names.model(name).isPresent()) {
                throw AdeException.user(
                                "Cannot read %s by name: it is ephemeral".formatted(name),
                                "Write {{ ref('%s') }}".formatted(name.name()))
                        .at(location);
            } else if (!name.namespace().equals("ade")) {
                names.requireRows(name, location);
                throw AdeException.user(
                                "Cannot read %s: there is no such dataset%s"
                                        .formatted(name, names.hint(name.name())),
                                "Check the name; ade status lists what there is")
                        .at(location);
            }
        }
        return inputs;
    }

    /// Datasets that a model's query names; of code, those that the code does.
    Set<TableName> read(ModelFile model, String sql, Location location) {
        return model.body() instanceof CodeBody body
                ? Set.copyOf(body.reads(model, names))
                : parsed(sql, location);
    }

    Set<TableName> parsed(String sql, Location location) {
        try {
            return references.apply(sql);
        } catch (AdeException e) {
            throw e.location() == null ? e.at(location) : e;
        }
    }

    private RelationValue relation(
            Optional<TableName> reader,
            TableName name,
            Situation situation,
            Occasion occasion,
            int depth) {
        Optional<ModelFile> ephemeral =
                names.ephemeral(name)
                        .filter(model ->
                                told.stream()
                                        .noneMatch(other -> other.given().contains(model.name())));
        if (ephemeral.isEmpty()) {
            occasion.reads(name);
            return RelationValue.of(name).telling(() -> occasion.seesWhole(name));
        }
        occasion.trace().add(Question.Kind.EPHEMERAL, name.toString());
        String sql = sql(ephemeral.get(), situation, occasion, depth + 1);
        String inner = isNamedInComment(reader) ? SqlText.normalised(sql) : sql + "\n";
        return RelationValue.of(name, "(" + inner + ")").typed("cte");
    }

    /// Whether a template says `-- depends on: {{ ref('x') }}`: what comes there has to stay on the line.
    private boolean isNamedInComment(Optional<TableName> reader) {
        return reader.flatMap(names::model)
                .filter(file -> TemplateText.isReferringInComment(basics.text(file.file())))
                .isPresent();
    }

    /// Names as they are once the whole project is known.
    private final class Resolved implements Rendering.References {
        private final Optional<TableName> reader;
        private final Situation situation;
        private final Occasion occasion;
        private final int depth;

        Resolved(Optional<TableName> reader, Situation situation, Occasion occasion, int depth) {
            this.reader = reader;
            this.situation = situation;
            this.occasion = occasion;
            this.depth = depth;
        }

        @Override
        public RelationValue ref(Arguments arguments, Optional<String> domain) {
            List<String> texts = texts(arguments);
            Optional<String> version = version(arguments);
            List<String> words = new ArrayList<>();
            words.add(reader.map(TableName::toString).orElse(""));
            words.add(domain.orElse(""));
            words.addAll(texts);
            version.ifPresent(one -> words.add(Names.VERSION + one));
            occasion.trace().add(new Question(Question.Kind.REF, words));
            TableName name = names.ref(texts, version, domain);
            reader.ifPresent(model -> names.addReference(model, name));
            return relation(reader, name, situation, occasion, depth);
        }

        @Override
        public RelationValue source(Arguments arguments) {
            List<String> texts = texts(arguments);
            if (texts.size() != 2) {
                throw AdeException.user(
                        "Cannot use source(…): it takes a source and a table, was given %s"
                                .formatted(Wording.count(texts.size(), "argument")),
                        "Write {{ source('shop', 'customers') }}");
            }
            String self = reader.map(TableName::toString).orElse("");
            occasion.trace().add(Question.Kind.SOURCE, texts.getFirst(), texts.getLast(), self);
            TableName name = names.source(texts.getFirst(), texts.getLast());
            reader.ifPresent(model -> names.addReference(model, name));
            if (names.named(name).isEmpty()) {
                occasion.reads(name);
            }
            return RelationValue.of(name).telling(() -> occasion.seesWhole(name));
        }
    }

    /// dbt's `v=2`, or `version=2`.
    private static Optional<String> version(Arguments arguments) {
        return Optional.ofNullable(arguments.named().get("v"))
                .or(() -> Optional.ofNullable(arguments.named().get("version")))
                .map(String::valueOf);
    }

    static List<String> texts(Arguments arguments) {
        List<String> texts = new ArrayList<>();
        arguments.positional().forEach(argument -> texts.add(argument.toString()));
        if (texts.isEmpty() || texts.size() > 2) {
            throw AdeException.user(
                    "Cannot use a reference of %d names".formatted(texts.size()),
                    "Write {{ ref('model') }}");
        }
        return texts;
    }

    /// While names are not known yet: anything is there.
    static final Rendering.References UNKNOWN =
            new Rendering.References() {
                @Override
                public RelationValue ref(Arguments arguments, Optional<String> domain) {
                    return placeholder(texts(arguments));
                }

                @Override
                public RelationValue source(Arguments arguments) {
                    return placeholder(texts(arguments));
                }

                private RelationValue placeholder(List<String> texts) {
                    String name =
                            texts.stream()
                                    .map(text -> Sql.quote(text))
                                    .collect(Collectors.joining("."));
                    return new RelationValue("unknown", texts.getLast(), "", name);
                }
            };
}
