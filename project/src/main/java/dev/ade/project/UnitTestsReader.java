package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.TableName;
import dev.ade.model.UnitTest;
import dev.ade.model.UnitTest.Given;
import dev.ade.model.UnitTest.Overrides;
import dev.ade.model.UnitTest.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads dbt's `unit_tests:`.
final class UnitTestsReader {
    private final Names names;
    private final Fixtures fixtures;
    private final List<UnitTest> tests = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    UnitTestsReader(Names names, Fixtures fixtures) {
        this.names = names;
        this.fixtures = fixtures;
    }

    List<UnitTest> tests() {
        return tests;
    }

    void read(Properties.Resource resource) {
        Section section = resource.section();
        String model = section.requireText("model");
        section.ignore("description", "versions");
        Optional<Section> config = section.section("config");
        boolean isEnabled = config.flatMap(one -> one.flag("enabled")).orElse(true);
        if (!isEnabled) {
            return;
        }
        TableName tested = section.here(() -> names.ref(resource.domain(), model));
        String name = section.requireText("name");
        if (!seen.add(tested + "." + name)) {
            throw AdeException.user(
                            "Cannot test %s twice under the name %s".formatted(tested, name),
                            "Rename one of the unit tests")
                    .at(section.location());
        }
        Set<String> tags = new HashSet<>(section.texts("tags"));
        config.ifPresent(one -> tags.addAll(one.texts("tags")));
        tests.add(
                new UnitTest(
                        name,
                        tested,
                        given(section, tested),
                        expected(section),
                        section.section("overrides")
                                .map(UnitTestsReader::overrides)
                                .orElse(Overrides.NONE),
                        tags,
                        section.location()));
        section.done("a unit test");
    }

    private List<Given> given(Section section, TableName tested) {
        List<Given> given = new ArrayList<>();
        for (Section input : section.sections("given")) {
            String text = input.requireText("input");
            TableName dataset =
                    text.strip().equals("this")
                            ? tested
                            : input.here(() -> ReferenceText.resolve(text, names));
            given.add(new Given(dataset, rows(input)));
            input.done("an input of a unit test");
        }
        return given;
    }

    private Rows expected(Section section) {
        Section expect = section.section("expect").orElseThrow(() -> section.missing("expect"));
        Rows rows = rows(expect);
        expect.done("what a unit test expects");
        return rows;
    }

    private Rows rows(Section section) {
        String format = section.text("format").orElse("dict");
        Optional<String> fixture = section.text("fixture");
        Optional<Yaml> inline = section.value("rows");
        return switch (format) {
            case "dict" -> inline.map(yaml -> values(section, yaml)).orElse(NOTHING);
            case "csv" -> Fixtures.csv(text(section, fixture, inline, "csv"), section.location());
            case "sql" -> new Rows.Query(text(section, fixture, inline, "sql"));
            default -> throw section.wrong("format", "dict, csv or sql");
        };
    }

    private static final Rows NOTHING = new Rows.Values(List.of(), List.of());

    private String text(
            Section section, Optional<String> fixture, Optional<Yaml> inline, String extension) {
        if (fixture.isPresent()) {
            return section.here(() -> fixtures.text(fixture.get(), extension));
        }
        if (inline.isPresent() && inline.get() instanceof Yaml.Scalar scalar) {
            return scalar.text();
        }
        throw section.wrong("rows", "text of " + extension + ", or fixture: a file's name");
    }

    private static Rows values(Section section, Yaml yaml) {
        if (!(yaml instanceof Yaml.Items items)) {
            throw section.wrong("rows", "a list of rows such as {id: 1, name: pen}");
        }
        Set<String> columns = new LinkedHashSet<>();
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Yaml item : items.items()) {
            if (!(item instanceof Yaml.Entries entries)) {
                throw Section.wrong("rows", "rows such as {id: 1, name: pen}", item);
            }
            Map<String, @Nullable Object> row = new HashMap<>();
            entries.entries().forEach((key, value) -> row.put(key, value.plain()));
            columns.addAll(entries.entries().keySet());
            rows.add(row);
        }
        List<String> ordered = List.copyOf(columns);
        List<List<@Nullable Object>> values = new ArrayList<>();
        for (Map<String, @Nullable Object> row : rows) {
            List<@Nullable Object> cells = new ArrayList<>();
            ordered.forEach(column -> cells.add(row.get(column)));
            values.add(cells);
        }
        return new Rows.Values(ordered, values);
    }

    private static Overrides overrides(Section section) {
        Overrides overrides =
                new Overrides(
                        mapping(section, "macros"),
                        mapping(section, "vars"),
                        mapping(section, "env_vars"));
        section.done("overrides");
        return overrides;
    }

    private static Map<String, @Nullable Object> mapping(Section section, String key) {
        Map<String, @Nullable Object> mapping = new HashMap<>();
        if (section.value(key).map(Yaml::plain).orElse(null) instanceof Map<?, ?> map) {
            map.forEach((name, value) -> mapping.put(String.valueOf(name), value));
        }
        return mapping;
    }
}
