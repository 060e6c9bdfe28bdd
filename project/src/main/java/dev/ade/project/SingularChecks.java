package dev.ade.project;

import dev.ade.jinja.Syntax;
import dev.ade.jinja.Template;
import dev.ade.model.AdeException;
import dev.ade.model.Assertion;
import dev.ade.model.CheckSpec;
import dev.ade.model.Fingerprint;
import dev.ade.model.Location;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Checks that are SQL files: what their query gives is what is wrong.
final class SingularChecks {
    private static final TableName NOBODY = TableName.of("unknown", "unknown");

    private final Queries queries;
    private final Properties properties;
    private final CheckedDatasets datasets;
    private final Checks others;
    private final Map<String, @Nullable Object> defaults;
    private final List<CheckSpec> checks = new ArrayList<>();
    private final Map<String, ReadProject.Singular> files = new HashMap<>();

    SingularChecks(
            CheckedDatasets datasets,
            Queries queries,
            Properties properties,
            Checks others,
            Map<String, @Nullable Object> defaults) {
        this.queries = queries;
        this.properties = properties;
        this.datasets = datasets;
        this.others = others;
        this.defaults = defaults;
    }

    List<CheckSpec> checks() {
        return checks;
    }

    Map<String, ReadProject.Singular> files() {
        return files;
    }

    /// A file that was looked at.
    record Looked(ProjectFile file, ReadProject.Singular check, Said said) {}

    /// What the rendering of a file said.
    ///
    /// @param query hash of the file and its query
    /// @param inputs in the order that the query names them
    private record Said(
            Fingerprint query, Map<String, @Nullable Object> config, List<TableName> inputs) {
        List<Object> plain() {
            List<Object> words = new ArrayList<>();
            inputs.forEach(input -> words.add(List.of(input.namespace(), input.name())));
            return List.of(query.hex(), config, words);
        }

        @SuppressWarnings("unchecked") // it is what `plain` gave, or its copy
        static Said of(List<?> plain) {
            List<TableName> inputs = new ArrayList<>();
            for (List<String> words : (List<List<String>>) plain.get(2)) {
                inputs.add(TableName.of(words.getFirst(), words.get(1)));
            }
            return new Said(
                    new Fingerprint(String.valueOf(plain.getFirst())),
                    (Map<String, @Nullable Object>) plain.get(1),
                    inputs);
        }
    }

    /// Renders a file, or recalls what it came to. Any thread.
    ///
    /// @param owner the package that the file is of
    /// @return empty where it defines a generic test instead
    Optional<Looked> look(ProjectFile file, String owner, String text, Recall recall) {
        if (text.contains("{% test")
                && !Template.parse(file.path(), text, Syntax.DBT).definitions().isEmpty()) {
            return Optional.empty();
        }
        FileBody body = new FileBody(file.path(), text);
        ReadProject.Singular check =
                new ReadProject.Singular(
                        body, new Place(owner, file.domain()), file.stem(), "test");
        Config nothing = new Config(Location.of(file.path()), Map.of());
        ModelFile self = new ModelFile(file, body, nothing, NOBODY, Optional.empty());
        Said said =
                Said.of(
                        recall.of(
                                "checked",
                                self,
                                List.class,
                                trace -> say(check, text, nothing.location(), trace).plain()));
        return Optional.of(new Looked(file, check, said));
    }

    private Said say(ReadProject.Singular check, String text, Location location, Trace trace) {
        Queries.CheckQuery query = query(check, location, trace);
        List<TableName> inputs =
                query.inputs().stream()
                        .sorted(
                                Comparator.comparingInt(
                                                (TableName name) -> place(name, query.sql()))
                                        .thenComparing(Comparator.naturalOrder()))
                        .toList();
        return new Said(Fingerprint.of(text, query.sql()), query.config(), inputs);
    }

    void add(Looked looked) {
        ProjectFile file = looked.file();
        Said said = looked.said();
        Location location = Location.of(file.path());
        Config config =
                new Config(location, defaults).with(described(file.stem())).with(said.config());
        if (!config.isOn("enabled", true)) {
            return;
        }
        TableName dataset = datasets.last(said.inputs(), location);
        String name = others.unique(file.stem(), dataset);
        checks.add(
                new CheckSpec(
                        name,
                        dataset,
                        Set.copyOf(said.inputs()),
                        new Assertion.Query(said.query()),
                        CheckOptions.of(config),
                        Set.copyOf(config.texts("tags")),
                        location));
        files.put(name, looked.check());
    }

    /// The query as it is while nobody is asked; where it only comes to be by asking, what it reads so far.
    private Queries.CheckQuery query(ReadProject.Singular file, Location location, Trace trace) {
        Occasion occasion = Occasion.defining(trace);
        try {
            Queries.CheckQuery query = queries.singular(file, location, occasion);
            Set<TableName> inputs = queries.inputs(query.sql(), location, trace);
            inputs.addAll(query.inputs());
            return new Queries.CheckQuery(query.sql(), query.config(), inputs);
        } catch (AdeException e) {
            if (!occasion.hasAsked()) {
                throw e;
            }
            return queries.singular(file, location, Occasion.reading(trace));
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

    private static int place(TableName name, String sql) {
        String text = sql.toLowerCase(Locale.ROOT);
        return Stream.of(name.quoted(), name.toString())
                .map(written -> text.indexOf(written.toLowerCase(Locale.ROOT)))
                .filter(at -> at >= 0)
                .min(Comparator.naturalOrder())
                .orElse(Integer.MAX_VALUE);
    }
}
