package dev.ade.project;

import dev.ade.model.CheckSpec;
import dev.ade.model.CheckSpec.FailureStorage;
import dev.ade.model.TableName;
import dev.ade.model.UnitTest;
import dev.ade.model.UnitTest.Rows;
import dev.ade.model.Wording;
import dev.ade.project.manifest.ConfigJson;
import dev.ade.project.manifest.TemplateText;
import dev.ade.project.manifest.TestName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Tests in dbt's words: those that YAML declares, those that are files, and unit tests.
final class ManifestTests {
    private final ManifestParts parts;
    private final ManifestReferences references;
    private final Map<String, ChecksReader.Call> calls;
    private final String target;
    private final Instant at;
    private final FailureTables failures;
    private final Fixtures fixtures;

    /// @param calls generic tests that are macros, by the names of their checks
    /// @param target name of the folder that dbt's files go to
    ManifestTests(
            ManifestParts parts,
            ManifestReferences references,
            Map<String, ChecksReader.Call> calls,
            String target,
            Instant at) {
        this.parts = parts;
        this.references = references;
        this.calls = calls;
        this.target = target;
        this.at = at;
        this.failures = new FailureTables(parts, references.ids());
        this.fixtures = fixtures(parts);
    }

    /// Empty where dbt does not know of such a check.
    Optional<Map<String, @Nullable Object>> test(CheckSpec check) {
        ChecksReader.Written written = parts.tests().get(check.name());
        if (written != null) {
            return Optional.of(generic(check, written));
        }
        return Optional.ofNullable(parts.singular().get(check.name()))
                .map(file -> singular(check, file));
    }

    private Map<String, @Nullable Object> generic(CheckSpec check, ChecksReader.Written written) {
        TestName name = references.ids().name(written);
        String owner = written.owner().place();
        String yaml = parts.within(check.location().file());
        ManifestNode node =
                new ManifestNode(
                        "test",
                        name.id(owner),
                        name.full(),
                        new ManifestNode.Origin(owner, name.brief() + ".sql", yaml));
        node.put("fqn", fqn(owner, yaml, name.full()));
        stored(node, check, written.config().values(), name.brief());
        node.described(config(check, written.config().values()), at);
        written.description().ifPresent(text -> node.put("description", text));
        node.put("checksum", TemplateText.none());
        Optional<String> sql =
                Optional.ofNullable(calls.get(check.name()))
                        .flatMap(call -> parts.sql().of(call, check.options().where()));
        String path = "%s/compiled/%s/%s/%s.sql".formatted(target, owner, yaml, name.brief());
        node.compiled(raw(name), sql, path);
        references.inOrder(node, parts.read(check), macros(check));
        attach(node, written.owner().dataset(), written);
        node.put("column_name", written.column().orElse(null));
        node.put("test_metadata", ConfigJson.json(name.metadata()));
        return node.json();
    }

    private static String raw(TestName name) {
        return "{{ %stest_%s(**_dbt_generic_test_kwargs) }}"
                .formatted(name.namespace().map(it -> it + ".").orElse(""), name.plain());
    }

    private List<String> macros(CheckSpec check) {
        ChecksReader.Call call = calls.get(check.name());
        if (call == null || OwnMacros.names().contains(call.definition().name())) {
            return Optional.ofNullable(parts.tests().get(check.name()))
                    .map(written -> dbts(written.word()))
                    .orElseGet(List::of);
        }
        String macro = "test_" + call.definition().name();
        return parts.macros().owners().stream()
                .filter(one -> call.definition().equals(parts.macros().all(one).get(macro)))
                .map(one -> ManifestIds.id("macro", one, macro))
                .distinct()
                .toList();
    }

    /// Those that dbt calls for one of its own tests.
    private static List<String> dbts(String word) {
        if (!OwnMacros.names().contains("test_" + word)) {
            return List.of();
        }
        String test = ManifestIds.id("macro", "dbt", "test_" + word);
        return word.equals("relationships")
                ? List.of(test, ManifestIds.id("macro", "dbt", "get_where_subquery"))
                : List.of(test);
    }

    private void attach(ManifestNode node, TableName dataset, ChecksReader.Written written) {
        String id = references.ids().of(dataset).orElse("");
        String type = id.substring(0, Math.max(0, id.indexOf('.')));
        String[] words = id.split("\\.", -1);
        node.put("file_key_name", words.length > 2 ? type + "s." + words[2] : "");
        node.put("attached_node", type.equals("source") ? null : id);
        parts.names()
                .model(written.owner().dataset())
                .flatMap(ModelAccess::group)
                .ifPresent(group -> node.put("group", group));
    }

    /// The folders of a file below the one of its kind, and a name.
    private static List<String> fqn(String owner, String file, String name) {
        List<String> words = List.of(file.split("/", -1));
        List<String> fqn = new ArrayList<>(List.of(owner));
        if (words.size() > 2) {
            fqn.addAll(words.subList(1, words.size() - 1));
        }
        fqn.add(name);
        return fqn;
    }

    /// Where failing rows are, if the test keeps them.
    private void stored(
            ManifestNode node,
            CheckSpec check,
            Map<String, ? extends @Nullable Object> config,
            String plain) {
        boolean isKept = check.options().failureStorage() == FailureStorage.STORED;
        node.relation(failures.name(config, plain), isKept);
        node.put("alias", FailureTables.alias(config, plain));
    }

    private static Map<String, @Nullable Object> config(
            CheckSpec check, Map<String, ? extends @Nullable Object> said) {
        Map<String, @Nullable Object> config = ConfigJson.test(said);
        config.put("severity", Wording.of(check.options().severity()).toUpperCase(Locale.ROOT));
        config.put("tags", List.copyOf(new TreeSet<>(check.tags())));
        return config;
    }

    private Map<String, @Nullable Object> singular(CheckSpec check, ReadProject.Singular file) {
        String owner = file.place().owner();
        String path = parts.within(check.location().file());
        String within = path.substring(path.indexOf('/') + 1);
        ManifestSql.Told query = parts.sql().of(file, check.location());
        String raw =
                new ProjectFiles(parts.basics().root(), ProjectFiles.Folders.DEFAULT)
                        .read(check.location().file())
                        .strip();
        ManifestNode node =
                new ManifestNode(
                        "test",
                        ManifestIds.id("test", owner, file.name()),
                        file.name(),
                        new ManifestNode.Origin(owner, within, path));
        node.put("fqn", fqn(owner, path, file.name()));
        Map<String, @Nullable Object> said = failures.said(file, query.config());
        stored(node, check, said, file.name());
        node.described(config(check, said), at);
        parts.properties()
                .test(file.name())
                .ifPresent(it -> node.section(it, parts.patch(it.location().file())));
        node.put("checksum", TemplateText.checksum(raw, path));
        node.compiled(raw, query.sql(), "%s/compiled/%s/%s".formatted(target, owner, path));
        references.put(node, check.inputs(), references.macros(owner, raw));
        return node.json();
    }

    Map<String, @Nullable Object> unit(UnitTest test) {
        String file = test.location().file();
        String owner = parts.owner(file);
        String path = parts.within(file);
        ManifestNode node =
                new ManifestNode(
                        "unit_test",
                        references.ids().of(test),
                        test.name(),
                        new ManifestNode.Origin(
                                owner, path.substring(path.indexOf('/') + 1), path));
        List<String> fqn = new ArrayList<>(fqn(owner, path, test.model().name()));
        fqn.add(test.name());
        node.put("fqn", fqn);
        node.put("model", test.model().name());
        Optional<Section> section =
                parts.properties().unitTests().stream()
                        .map(Properties.Resource::section)
                        .filter(it -> it.location().equals(test.location()))
                        .findFirst();
        List<Object> given = new ArrayList<>();
        section.ifPresent(it ->
                it.sections("given")
                        .forEach(input -> {
                            Map<String, @Nullable Object> rows = rows(input);
                            rows.put("input", input.text("input").orElse(""));
                            given.add(rows);
                        }));
        node.put("given", given);
        node.put(
                "expect",
                section.flatMap(it -> it.section("expect")).map(this::rows).orElseGet(Map::of));
        node.put("overrides", section.flatMap(ManifestTests::overrides).orElse(null));
        node.put("description", section.flatMap(it -> it.text("description")).orElse(""));
        node.dependsOn(List.of(), references.ids().of(test.model()).stream().toList());
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("tags", List.copyOf(new TreeSet<>(test.tags())));
        config.put("meta", Map.of());
        node.put("config", config);
        node.put("checksum", test.fingerprint().hex());
        node.put("schema", test.model().namespace());
        node.put("created_at", at.toEpochMilli() / 1000.0);
        node.put("versions", null);
        node.put("version", null);
        return node.json();
    }

    private Map<String, @Nullable Object> rows(Section section) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        String format = section.text("format").orElse("dict");
        Optional<String> fixture = section.text("fixture");
        Object rows =
                fixture.<Object>map(name -> fixtures.text(name, format))
                        .or(() -> section.plain("rows"))
                        .orElse(null);
        boolean isCsv = format.equals("csv") && rows instanceof String;
        Object told = isCsv ? table(text(rows), section) : rows;
        json.put("rows", told instanceof Collection<?> ? ConfigJson.json(told) : text(told));
        json.put("format", format);
        json.put("fixture", fixture.orElse(null));
        return json;
    }

    private static Fixtures fixtures(ManifestParts parts) {
        Fixtures fixtures =
                new Fixtures(new ProjectFiles(parts.basics().root(), ProjectFiles.Folders.DEFAULT));
        parts.files().stream().filter(Fixtures::isFixture).forEach(fixtures::add);
        return fixtures;
    }

    /// Rows of CSV as dbt tells them: mappings of texts.
    private static List<Object> table(@Nullable String csv, Section section) {
        Rows.Values values = Fixtures.csv(String.valueOf(csv), section.location());
        List<Object> table = new ArrayList<>();
        for (List<@Nullable Object> row : values.rows()) {
            Map<String, @Nullable Object> told = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
                told.put(values.columns().get(i), row.get(i));
            }
            table.add(told);
        }
        return table;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static Optional<Map<String, @Nullable Object>> overrides(Section section) {
        return section.section("overrides")
                .map(said -> {
                    Map<String, @Nullable Object> json = new LinkedHashMap<>();
                    for (String key : List.of("macros", "vars", "env_vars")) {
                        json.put(key, ConfigJson.json(said.plain(key).orElse(Map.of())));
                    }
                    return json;
                });
    }
}
