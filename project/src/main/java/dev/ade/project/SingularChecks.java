package dev.ade.project;

import dev.ade.jinja.Syntax;
import dev.ade.jinja.Template;
import dev.ade.model.AdeException;
import dev.ade.model.Assertion;
import dev.ade.model.CheckSpec;
import dev.ade.model.Fingerprint;
import dev.ade.model.Location;
import dev.ade.model.Model;
import dev.ade.model.Project;
import dev.ade.model.TableName;
import dev.ade.project.ProjectFiles.ProjectFile;
import dev.ade.project.Rendering.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Checks that are SQL files: what their query gives is what is wrong.
final class SingularChecks {
    private final Queries queries;
    private final Properties properties;
    private final Map<TableName, Model> models;
    private final Set<TableName> sources;
    private final ChecksReader others;
    private final List<CheckSpec> checks = new ArrayList<>();
    private final Map<String, ReadProject.Singular> files = new HashMap<>();

    SingularChecks(
            Queries queries,
            Properties properties,
            Map<TableName, Model> models,
            Set<TableName> sources,
            ChecksReader others) {
        this.queries = queries;
        this.properties = properties;
        this.models = models;
        this.sources = sources;
        this.others = others;
    }

    List<CheckSpec> checks() {
        return checks;
    }

    Map<String, ReadProject.Singular> files() {
        return files;
    }

    /// @param owner the package that the file is of
    void add(ProjectFile file, String owner, String text) {
        Location location = Location.of(file.path());
        Template template = Template.parse(file.path(), text, Syntax.DBT);
        if (!template.definitions().isEmpty() && text.contains("{% test")) {
            return;
        }
        ReadProject.Singular read =
                new ReadProject.Singular(template, new Place(owner, file.domain()), file.stem());
        Queries.CheckQuery query = query(read, location);
        Config config =
                new Config(location, others.defaults())
                        .with(described(file.stem()))
                        .with(query.config());
        if (!config.isOn("enabled", true)) {
            return;
        }
        Set<TableName> inputs = query.inputs();
        TableName dataset = last(inputs, query.sql(), location);
        String name = others.unique(file.stem(), dataset);
        checks.add(
                new CheckSpec(
                        name,
                        dataset,
                        inputs,
                        new Assertion.Query(Fingerprint.of(text, query.sql())),
                        CheckOptions.of(config),
                        Set.copyOf(config.texts("tags")),
                        location));
        files.put(name, read);
    }

    /// The query as it is while nobody is asked; where it only comes to be by asking, what it reads so far.
    private Queries.CheckQuery query(ReadProject.Singular file, Location location) {
        Occasion occasion = Occasion.defining();
        try {
            Queries.CheckQuery query = queries.singular(file, location, occasion);
            Set<TableName> inputs = queries.inputs(query.sql(), Optional.empty(), location);
            inputs.addAll(query.inputs());
            return new Queries.CheckQuery(query.sql(), query.config(), inputs);
        } catch (AdeException e) {
            if (!occasion.hasAsked()) {
                throw e;
            }
            return queries.singular(file, location, Occasion.reading());
        }
    }

    /// What YAML says of it, under `data_tests:` at the top of a file.
    private Map<String, @Nullable Object> described(String name) {
        Map<String, @Nullable Object> config = new HashMap<>();
        properties
                .test(name)
                .flatMap(section -> section.plain("config"))
                .ifPresent(own -> {
                    if (own instanceof Map<?, ?> map) {
                        map.forEach((key, value) -> config.put(String.valueOf(key), value));
                    }
                });
        return config;
    }

    /// The dataset the check is about: of those it reads, one that no other of them is made from, rather a model than a
    /// source, and of several the one its query names first.
    private TableName last(Set<TableName> inputs, String sql, Location location) {
        Set<TableName> candidates = new TreeSet<>(inputs);
        inputs.forEach(input -> candidates.removeAll(above(input)));
        return candidates.stream()
                .min(
                        Comparator.comparing((TableName name) -> sources.contains(name))
                                .thenComparingInt(name -> place(name, sql)))
                .or(this::first)
                .orElseThrow(() ->
                        AdeException.user(
                                        "Cannot check with a query that reads no dataset",
                                        "Read one by name or with ref('…'), the project has none")
                                .at(location));
    }

    /// What a query is about that reads nothing, as those that only test macros: it has to run with something.
    private Optional<TableName> first() {
        return Stream.of(models.keySet(), sources)
                .flatMap(names -> names.stream().sorted())
                .findFirst();
    }

    private static int place(TableName name, String sql) {
        String text = sql.toLowerCase(Locale.ROOT);
        return Stream.of(name.quoted(), name.toString())
                .map(written -> text.indexOf(written.toLowerCase(Locale.ROOT)))
                .filter(at -> at >= 0)
                .min(Comparator.naturalOrder())
                .orElse(Integer.MAX_VALUE);
    }

    private Set<TableName> above(TableName dataset) {
        return Project.reach(inputs(dataset), this::inputs, Integer.MAX_VALUE);
    }

    private Set<TableName> inputs(TableName dataset) {
        Model model = models.get(dataset);
        return model == null ? Set.of() : model.inputs();
    }
}
