package dev.ade.project;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Limits;
import dev.ade.jinja.Template;
import dev.ade.model.AdeException;
import dev.ade.model.Location;
import dev.ade.model.Sql;
import dev.ade.model.TableName;
import dev.ade.spi.Compiler.Situation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Turns templates into SQL. Thread-safe.
final class Queries {
    private static final int EPHEMERAL_DEPTH_MAX = 50;

    private final Map<String, Object> common;
    private final Macros macros;
    private final Names names;
    private final Function<String, Set<TableName>> references;
    private final Set<TableName> given;

    Queries(
            Map<String, Object> common,
            Macros macros,
            Names names,
            Function<String, Set<TableName>> references) {
        this(common, macros, names, references, Set.of());
    }

    private Queries(
            Map<String, Object> common,
            Macros macros,
            Names names,
            Function<String, Set<TableName>> references,
            Set<TableName> given) {
        this.common = common;
        this.macros = macros;
        this.names = names;
        this.references = references;
        this.given = given;
    }

    /// The same with other names for templates.
    ///
    /// @param others makes the names from what they are
    /// @param stated models that are read by name though they are ephemeral
    Queries with(UnaryOperator<Map<String, Object>> others, Set<TableName> stated) {
        return new Queries(others.apply(common), macros, names, references, stated);
    }

    /// A model's query in a situation.
    String sql(ModelFile model, Situation situation) {
        return sql(model, situation, 0);
    }

    private String sql(ModelFile model, Situation situation, int depth) {
        if (depth > EPHEMERAL_DEPTH_MAX) {
            throw AdeException.user(
                            "Cannot compile %s: ephemeral models read each other"
                                    .formatted(model.name()),
                            "Make one of them a view")
                    .at(model.config().location());
        }
        String sql = SqlText.tidy(text(model, situation, depth));
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
        return text(model, Situation.FROM_SCRATCH, 0);
    }

    private String text(ModelFile model, Situation situation, int depth) {
        Rendering.Setting setting =
                new Rendering.Setting(
                        model.file().domain(),
                        Optional.of(model.name()),
                        model.config(),
                        situation,
                        new Resolved(Optional.of(model.name()), situation, depth));
        return model.body().render(new Rendering(common, macros, setting), Limits.DEFAULT);
    }

    /// The text of a template that belongs to the project.
    String text(Template template, Location location) {
        Rendering.Setting setting = setting(Optional.empty(), location);
        return template.render(new Rendering(common, macros, setting), Limits.DEFAULT);
    }

    /// A check's query, and what its file says of its config.
    record CheckQuery(String sql, Map<String, @Nullable Object> config) {}

    CheckQuery singular(Template template, Optional<String> domain, Location location) {
        Rendering rendering = new Rendering(common, macros, setting(domain, location));
        String sql = SqlText.tidy(template.render(rendering, Limits.DEFAULT));
        return new CheckQuery(sql, rendering.configured());
    }

    String generic(ChecksReader.Call call, Optional<String> where) {
        Location location = call.definition().location();
        Rendering rendering = new Rendering(common, macros, setting(Optional.empty(), location));
        TableName dataset = call.dataset();
        String read =
                where.map(condition ->
                                "(select * from %s where %s) as dbt_subquery"
                                        .formatted(dataset.quoted(), condition))
                        .orElseGet(dataset::quoted);
        Map<String, Object> arguments = new HashMap<>();
        arguments.put("model", new RelationValue(dataset, read));
        call.arguments().forEach((key, value) -> arguments.put(key, argument(value)));
        Object text =
                call.definition()
                        .bind(rendering, Limits.DEFAULT)
                        .call(new Arguments(List.of(), arguments));
        return SqlText.tidy(text.toString());
    }

    /// `ref(…)` and `source(…)` in arguments are datasets.
    private Object argument(Object value) {
        Object jinja = Values.jinja(value);
        return jinja instanceof String text && ReferenceText.isCall(text)
                ? RelationValue.of(ReferenceText.resolve(text, names))
                : jinja;
    }

    private Rendering.Setting setting(Optional<String> domain, Location location) {
        return new Rendering.Setting(
                domain,
                Optional.empty(),
                new Config(location, Map.of()),
                Situation.FROM_SCRATCH,
                new Resolved(Optional.empty(), Situation.FROM_SCRATCH, 0));
    }

    /// Datasets that a query reads, `self` not among them.
    ///
    /// @throws AdeException USER where it names something that is not there
    Set<TableName> inputs(String sql, Optional<TableName> self, Location location) {
        Set<TableName> inputs = new HashSet<>();
        for (TableName name : parsed(sql, location)) {
            if (names.isDataset(name)) {
                inputs.add(name);
            } else if (names.model(name).isPresent()) {
                throw AdeException.user(
                                "Cannot read %s by name: it is ephemeral".formatted(name),
                                "Write {{ ref('%s') }}".formatted(name.name()))
                        .at(location);
            } else if (!name.namespace().equals("ade")) {
                throw AdeException.user(
                                "Cannot read %s: there is no such dataset%s"
                                        .formatted(name, names.hint(name.name())),
                                "Check the name; ade status lists what there is")
                        .at(location);
            }
        }
        self.ifPresent(inputs::remove);
        return inputs;
    }

    Set<TableName> parsed(String sql, Location location) {
        try {
            return references.apply(sql);
        } catch (AdeException e) {
            throw e.location() == null ? e.at(location) : e;
        }
    }

    /// Names as they are once the whole project is known.
    private final class Resolved implements Rendering.References {
        private final Optional<TableName> reader;
        private final Situation situation;
        private final int depth;

        Resolved(Optional<TableName> reader, Situation situation, int depth) {
            this.reader = reader;
            this.situation = situation;
            this.depth = depth;
        }

        @Override
        public RelationValue ref(Arguments arguments, Optional<String> domain) {
            List<String> texts = new ArrayList<>(texts(arguments));
            texts.add(names.versioned(texts.removeLast(), version(arguments)));
            TableName name =
                    texts.size() == 2
                            ? names.ref(texts.getFirst(), texts.getLast(), domain)
                            : names.ref(domain, texts.getFirst());
            reader.ifPresent(model -> names.addReference(model, name));
            Optional<ModelFile> ephemeral =
                    names.model(name)
                            .filter(ModelFile::isEphemeral)
                            .filter(model -> !given.contains(model.name()));
            return ephemeral
                    .map(model ->
                            new RelationValue(name, "(" + sql(model, situation, depth + 1) + "\n)"))
                    .orElseGet(() -> RelationValue.of(name));
        }

        @Override
        public RelationValue source(Arguments arguments) {
            List<String> texts = texts(arguments);
            if (texts.size() != 2) {
                throw AdeException.user(
                        "Cannot use source(…): it takes a source and a table, was given %d arguments"
                                .formatted(texts.size()),
                        "Write {{ source('shop', 'customers') }}");
            }
            return RelationValue.of(names.source(texts.getFirst(), texts.getLast()));
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
                    return new RelationValue(TableName.of("unknown", "unknown"), name);
                }
            };
}
