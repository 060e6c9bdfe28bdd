package dev.ade.project;

import dev.ade.jinja.Definition;
import dev.ade.jinja.None;
import dev.ade.model.AdeException;
import dev.ade.model.Assertion;
import dev.ade.model.Assertion.Quoting;
import dev.ade.model.CheckSpec;
import dev.ade.model.CheckSpec.Options;
import dev.ade.model.CheckSpec.Severity;
import dev.ade.model.ColumnSpec;
import dev.ade.model.ColumnSpec.Nullability;
import dev.ade.model.Fingerprint;
import dev.ade.model.Freshness;
import dev.ade.model.Location;
import dev.ade.model.Sql;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.project.Checks.Draft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the checks of one dataset: dbt's tests, the contract, and monitors. Used by one thread.
final class ChecksReader {
    static final Set<String> CONFIG =
            Set.of(
                    "severity",
                    "where",
                    "warn_if",
                    "error_if",
                    "limit",
                    "store_failures",
                    "tags",
                    "enabled",
                    "fail_calc",
                    "store_failures_as",
                    "alias",
                    "schema",
                    "database",
                    "group",
                    "meta");
    private static final Set<String> NOT_ARGUMENTS =
            Set.of("name", "config", "arguments", "description", "test_name", "column_name");

    /// What tests that need no macro may be told.
    private static final Map<String, Set<String>> ARGUMENTS =
            Map.of(
                    "not_null",
                    Set.of(),
                    "unique",
                    Set.of(),
                    "accepted_values",
                    Set.of("values", "quote"),
                    "relationships",
                    Set.of("to", "field"),
                    "k_anonymity",
                    Set.of("columns", "k"));

    /// A generic test of the project's own, as it is called.
    ///
    /// @param owner the package whose properties call it
    record Call(
            String owner,
            Definition definition,
            TableName dataset,
            Map<String, Object> arguments) {}

    /// @param label dbt's name of the dataset within names of checks
    /// @param place the package whose properties these are
    record Owner(TableName dataset, String prefix, String label, Section section, String place) {}

    /// A generic test as it is written.
    ///
    /// @param arguments of the call, with the column it is written under
    /// @param given the name that the project gives it
    record Written(
            Owner owner,
            String word,
            Map<String, Object> arguments,
            Optional<String> given,
            Config config,
            Optional<String> description) {
        Written {
            arguments = new LinkedHashMap<>(arguments);
        }

        Optional<String> column() {
            return Optional.ofNullable(arguments.get("column_name")).map(Object::toString);
        }
    }

    private final Macros macros;
    private final Queries queries;
    private final Function<String, TableName> relation;
    private final CheckedDatasets datasets;
    private final Map<String, @Nullable Object> defaults;
    private final List<Draft> drafts = new ArrayList<>();

    /// @param relation leads from `ref('x')`, `source('a', 'b')` or a plain name to a dataset
    /// @param defaults what the project says of all tests
    ChecksReader(
            Macros macros,
            Queries queries,
            Function<String, TableName> relation,
            CheckedDatasets datasets,
            Map<String, @Nullable Object> defaults) {
        this.macros = macros;
        this.queries = queries;
        this.relation = relation;
        this.datasets = datasets;
        this.defaults = defaults;
    }

    /// What was read so far.
    List<Draft> drafts() {
        return drafts;
    }

    void read(Owner owner) {
        for (String key : List.of("data_tests", "tests")) {
            owner.section().items(key).forEach(test -> test(owner, Optional.empty(), test));
        }
        boolean isMade = !datasets.isEphemeral(owner.dataset());
        if (isMade) {
            monitors(owner, owner.section(), Optional.empty());
            owner.section()
                    .section("k_anonymity")
                    .ifPresent(inner -> add(owner, Optional.empty(), "k_anonymity", inner));
        }
        for (Section column : owner.section().sections("columns")) {
            Optional<String> name = Optional.of(column.requireText("name"));
            for (String key : List.of("data_tests", "tests")) {
                column.items(key).forEach(test -> test(owner, name, test));
            }
            if (isMade) {
                monitors(owner, column, name);
            }
        }
    }

    void contract(Owner owner, List<ColumnSpec> columns, Location location) {
        add(
                owner,
                "contract_" + owner.label(),
                new Assertion.Contract(columns),
                Options.DEFAULT,
                location);
        Set<String> known = new HashSet<>();
        for (ColumnSpec column : columns) {
            if (column.nullability() == Nullability.NOT_NULL) {
                known.add("not_null_" + column.name());
                String name = "contract_not_null_%s_%s".formatted(owner.label(), column.name());
                add(owner, name, new Assertion.NotNull(column.name()), Options.DEFAULT, location);
            }
        }
        new Constraints(relation)
                .read(owner.section()).stream()
                        .filter(constraint -> known.add(constraint.name()))
                        .forEach(constraint -> constraint(owner, constraint, location));
    }

    private void constraint(Owner owner, Constraints.Constraint constraint, Location location) {
        String name = "contract_%s_%s".formatted(owner.label(), constraint.name());
        if (constraint.assertion().isPresent()) {
            add(owner, name, constraint.assertion().get(), Options.DEFAULT, location);
            return;
        }
        String columns = String.join(", ", constraint.columns().stream().map(Sql::quote).toList());
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("condition", constraint.condition());
        arguments.put("columns", columns);
        Call call = new Call(owner.place(), Constraints.test(), owner.dataset(), arguments);
        Set<TableName> inputs = new HashSet<>(constraint.reads());
        inputs.add(owner.dataset());
        CheckSpec check =
                new CheckSpec(
                        name,
                        owner.dataset(),
                        inputs,
                        new Assertion.Query(Fingerprint.of(constraint.condition(), columns)),
                        Options.DEFAULT,
                        Set.of(),
                        location);
        drafts.add(new Draft(check, Optional.of(call), Optional.empty()));
    }

    /// As with dbt, a source that is too old is worth a word and keeps nothing from being published.
    void freshness(Owner owner, Freshness freshness) {
        Optional<String> column = freshness.loadedAtField();
        freshness.warnAfter().ifPresent(age -> freshness(owner, column, age, Severity.WARN));
        freshness.errorAfter().ifPresent(age -> freshness(owner, column, age, Severity.ERROR));
    }

    private void freshness(Owner owner, Optional<String> column, Duration age, Severity severity) {
        add(
                owner,
                "freshness_%s_%s".formatted(owner.label(), Wording.of(severity)),
                new Assertion.Monitor(
                        Assertion.Metric.FRESHNESS,
                        column,
                        new Assertion.Expectation.WithinAge(age)),
                severity(Severity.WARN),
                owner.section().location());
    }

    private void monitors(Owner owner, Section section, Optional<String> column) {
        for (MonitorsReader.Monitor monitor : MonitorsReader.read(section, column)) {
            String name =
                    monitor.word() + "_" + owner.label() + column.map(one -> "_" + one).orElse("");
            add(
                    owner,
                    name,
                    monitor.assertion(),
                    severity(monitor.severity()),
                    monitor.section().location());
        }
    }

    private static Options severity(Severity severity) {
        Options plain = Options.DEFAULT;
        return new Options(
                severity,
                plain.where(),
                plain.warnIf(),
                plain.errorIf(),
                plain.limit(),
                plain.failureStorage());
    }

    private void add(
            Owner owner, String name, Assertion assertion, Options options, Location location) {
        add(owner, name, assertion, new Judged(options, Set.of()), location);
    }

    /// How a check is judged and selected.
    private record Judged(Options options, Set<String> tags) {}

    private void add(
            Owner owner, String name, Assertion assertion, Judged judged, Location location) {
        CheckSpec check =
                new CheckSpec(
                        name,
                        owner.dataset(),
                        inputs(owner.dataset(), assertion),
                        assertion,
                        judged.options(),
                        judged.tags(),
                        location);
        drafts.add(new Draft(check, Optional.empty(), Optional.empty()));
    }

    private static Set<TableName> inputs(TableName dataset, Assertion assertion) {
        Set<TableName> inputs = new HashSet<>(Set.of(dataset));
        if (assertion instanceof Assertion.Relationships relationships) {
            inputs.add(relationships.to());
        }
        return inputs;
    }

    /// `unique`, or `{accepted_values: {values: […], config: {…}}}`.
    private void test(Owner owner, Optional<String> column, Yaml item) {
        if (item instanceof Yaml.Scalar) {
            Section empty =
                    new Section(
                            new Yaml.Entries(Map.of(), item.location()), owner.section().context());
            add(owner, column, owner.section().text("data_tests", item), empty);
            return;
        }
        Section test = Section.of(item, owner.section().context(), "data_tests");
        if (test.has("test_name")) {
            add(owner, column, test.requireText("test_name"), test);
            return;
        }
        if (test.keys().size() != 1) {
            throw AdeException.user(
                            "Cannot read a test: it must have one name, but has "
                                    + new TreeSet<>(test.keys()),
                            "Write what it says below its name, two blanks further in")
                    .at(test.location());
        }
        String word = test.keys().iterator().next();
        Section inner =
                test.section(word)
                        .orElseGet(() ->
                                new Section(
                                        new Yaml.Entries(Map.of(), test.location()),
                                        owner.section().context()));
        add(owner, column, word, inner);
    }

    private void add(Owner owner, Optional<String> column, String word, Section test) {
        Map<String, Object> arguments = arguments(test);
        CheckOptions.warnOfSlips(test);
        Optional<String> on = column.or(() -> test.text("column_name"));
        if (!isEnabled(test)) {
            return;
        }
        Optional<Assertion> builtIn =
                macros.ownTest(owner.place(), word).isPresent()
                        ? Optional.empty()
                        : test.here(() -> builtIn(word, on, arguments, test))
                                .filter(assertion -> isMade(owner, assertion));
        String name = test.text("name").orElseGet(() -> dbtName(owner, word, on, arguments));
        if (builtIn.isPresent()) {
            add(owner, name, builtIn.get(), new Judged(options(test), tags(test)), test.location());
            on.ifPresent(one -> arguments.put("column_name", one));
            written(owner, word, arguments, test, CheckOptions.config(test, defaults));
            return;
        }
        Definition definition =
                macros.test(owner.place(), word)
                        .orElseThrow(() ->
                                AdeException.user(
                                                "Cannot check '%s': there is no such test"
                                                        .formatted(word),
                                                "Use unique, not_null, accepted_values, relationships or k_anonymity, or"
                                                        + " define {%% test %s(model, column_name) %%} in macros/"
                                                                .formatted(word))
                                        .at(test.location()));
        on.ifPresent(one -> arguments.put("column_name", one));
        Call call = new Call(owner.place(), definition, owner.dataset(), arguments);
        Config config = CheckOptions.config(test, defaults);
        Queries.CheckQuery query =
                test.here(() -> queries.generic(call, config.text("where"), Occasion.reading()));
        Config told = CheckOptions.config(test, with(query.config()));
        Set<TableName> inputs = new TreeSet<>(query.inputs());
        TableName dataset = owner.dataset();
        if (datasets.isEphemeral(dataset)) {
            dataset = test.here(() -> datasets.last(List.copyOf(inputs), test.location()));
        }
        inputs.add(dataset);
        CheckSpec check =
                new CheckSpec(
                        name,
                        dataset,
                        inputs,
                        new Assertion.Query(Fingerprint.of(query.sql())),
                        CheckOptions.of(told),
                        Set.copyOf(told.texts("tags")),
                        test.location());
        drafts.add(new Draft(check, Optional.of(call), Optional.empty()));
        written(owner, word, arguments, test, told);
    }

    /// Whether all that a check is about is there once it is made; of ephemeral models it has to be a query.
    private boolean isMade(Owner owner, Assertion assertion) {
        return inputs(owner.dataset(), assertion).stream().noneMatch(datasets::isEphemeral);
    }

    /// Notes how the check that was read last is written.
    private void written(
            Owner owner, String word, Map<String, Object> arguments, Section test, Config config) {
        Written written =
                new Written(
                        owner,
                        word,
                        arguments,
                        test.text("name"),
                        config,
                        test.text("description"));
        drafts.add(drafts.removeLast().as(written));
    }

    /// What a test says of itself is worth less than what its caller says.
    private Map<String, @Nullable Object> with(Map<String, @Nullable Object> said) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(defaults);
        all.putAll(said);
        return all;
    }

    private Optional<Assertion> builtIn(
            String word, Optional<String> column, Map<String, Object> arguments, Section test) {
        requireKnown(word, arguments, test);
        return switch (word) {
            case "not_null" -> Optional.of(new Assertion.NotNull(require(column, word)));
            case "unique" -> Optional.of(new Assertion.Unique(require(column, word)));
            case "accepted_values" ->
                    Optional.of(
                            new Assertion.AcceptedValues(
                                    require(column, word),
                                    values(arguments, test),
                                    quoting(arguments)));
            case "relationships" ->
                    Optional.of(
                            new Assertion.Relationships(
                                    require(column, word),
                                    relation.apply(argument(arguments, "to", test)),
                                    argument(arguments, "field", test)));
            case "k_anonymity" -> Optional.of(anonymity(arguments, test));
            default -> Optional.empty();
        };
    }

    private static void requireKnown(String word, Map<String, Object> arguments, Section test) {
        Set<String> known = ARGUMENTS.get(word);
        if (known == null) {
            return;
        }
        for (String given : arguments.keySet()) {
            if (!known.contains(given)) {
                Set<String> words = new HashSet<>(CONFIG);
                words.addAll(known);
                throw AdeException.user(
                                "Cannot check %s: it takes no argument '%s'".formatted(word, given),
                                Near.of(given, words)
                                        .map("Did you mean '%s'?"::formatted)
                                        .orElse("Take it out, or correct it"))
                        .at(test.location());
            }
        }
    }

    private static Assertion anonymity(Map<String, Object> arguments, Section test) {
        if (!(arguments.get("columns") instanceof List<?> columns)) {
            throw test.missing("columns");
        }
        String k = argument(arguments, "k", test);
        if (!k.matches("\\d{1,7}")) {
            throw test.wrong("k", "a whole number, such as 5");
        }
        return new Assertion.KAnonymity(
                columns.stream().map(String::valueOf).toList(), Integer.parseInt(k));
    }

    private static Quoting quoting(Map<String, Object> arguments) {
        return Boolean.FALSE.equals(arguments.get("quote")) ? Quoting.PLAIN : Quoting.QUOTED;
    }

    private static List<String> values(Map<String, Object> arguments, Section test) {
        if (arguments.get("values") instanceof List<?> values) {
            return values.stream().map(String::valueOf).toList();
        }
        throw test.missing("values");
    }

    private static String argument(Map<String, Object> arguments, String key, Section test) {
        Object value = arguments.get(key);
        if (value == null) {
            throw test.missing(key);
        }
        return value.toString();
    }

    private static String require(Optional<String> column, String word) {
        return column.orElseThrow(() ->
                AdeException.user(
                        "Cannot check %s of a whole dataset".formatted(word),
                        "Write it under a column"));
    }

    private static Map<String, Object> arguments(Section test) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        if (test.plain("arguments").orElse(Map.of()) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> put(arguments, String.valueOf(key), value));
        }
        for (String key : test.keys()) {
            if (!CONFIG.contains(key) && !NOT_ARGUMENTS.contains(key)) {
                test.plain(key).ifPresent(value -> put(arguments, key, value));
            }
        }
        return arguments;
    }

    private static void put(Map<String, Object> arguments, String key, @Nullable Object value) {
        arguments.put(key, value == null ? None.NONE : value);
    }

    private boolean isEnabled(Section test) {
        return CheckOptions.config(test, defaults).isOn("enabled", true);
    }

    private Options options(Section test) {
        return CheckOptions.of(CheckOptions.config(test, defaults));
    }

    private Set<String> tags(Section test) {
        return Set.copyOf(CheckOptions.config(test, defaults).texts("tags"));
    }

    /// The name dbt gives a test.
    private static String dbtName(
            Owner owner, String word, Optional<String> column, Map<String, Object> arguments) {
        StringBuilder name = new StringBuilder(owner.prefix());
        name.append(word.replace('.', '_')).append('_').append(owner.label());
        column.ifPresent(one -> name.append('_').append(one));
        arguments.entrySet().stream()
                .filter(entry -> !entry.getKey().equals("quote"))
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> name.append("__").append(flat(entry.getValue())));
        return name.toString();
    }

    private static String flat(Object value) {
        String text =
                value instanceof List<?> many
                        ? String.join("__", many.stream().map(String::valueOf).toList())
                        : value.toString();
        return text.replaceAll("[^0-9a-zA-Z_]+", "_");
    }
}
