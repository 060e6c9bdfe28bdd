package dev.ade.project;

import dev.ade.jinja.Definition;
import dev.ade.model.CheckSpec;
import dev.ade.model.TableName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Under which names dbt stores the failing rows of tests: a table each, in a schema of their own. Used by one thread.
final class FailureTables {
    private static final String SCHEMA = "dbt_test__audit";

    private final ManifestParts parts;
    private final ManifestIds ids;
    private final Map<String, String> namespaces = new HashMap<>();

    FailureTables(ManifestParts parts, ManifestIds ids) {
        this.parts = parts;
        this.ids = ids;
    }

    /// Checks by the names of their tables; those that dbt does not know have none.
    Map<TableName, CheckSpec> all() {
        Map<TableName, CheckSpec> all = new LinkedHashMap<>();
        parts.project()
                .checks()
                .forEach(check -> of(check).ifPresent(name -> all.putIfAbsent(name, check)));
        return all;
    }

    private Optional<TableName> of(CheckSpec check) {
        ChecksReader.Written written = parts.tests().get(check.name());
        if (written != null) {
            return Optional.of(name(written.config().values(), ids.name(written).brief()));
        }
        return Optional.ofNullable(parts.singular().get(check.name()))
                .map(file -> {
                    ManifestSql.Told told = parts.sql().of(file, check.location());
                    return name(said(file, told.config()), file.name());
                });
    }

    /// The config of a test that is a file: what YAML says of it, and what it says itself.
    Map<String, @Nullable Object> said(
            ReadProject.Singular file, Map<String, @Nullable Object> itself) {
        Map<String, @Nullable Object> config = new HashMap<>();
        parts.properties()
                .test(file.name())
                .flatMap(it -> it.plain("config"))
                .ifPresent(it ->
                        ManifestParts.mapping(it)
                                .forEach((key, value) -> config.put(String.valueOf(key), value)));
        config.putAll(itself);
        return config;
    }

    /// @param config of the test
    /// @param plain its name
    TableName name(Map<String, ? extends @Nullable Object> config, String plain) {
        return TableName.of(
                namespaces.computeIfAbsent(text(config, "schema").orElse(""), this::namespace),
                identifier(alias(config, plain)));
    }

    /// What dbt calls the table.
    static String alias(Map<String, ? extends @Nullable Object> config, String plain) {
        return text(config, "alias").orElse(plain);
    }

    /// Names of files may have blanks and dashes, names of datasets may not.
    private static String identifier(String text) {
        String plain = text.replaceAll("[^A-Za-z0-9_$]", "_");
        String begun = plain.matches("[A-Za-z_].*") ? plain : "_" + plain;
        return begun.substring(0, Math.min(begun.length(), TableName.PART_LENGTH_MAX));
    }

    private static Optional<String> text(
            Map<String, ? extends @Nullable Object> config, String key) {
        return Optional.ofNullable(config.get(key)).map(Object::toString);
    }

    /// What a `generate_schema_name` of the project says; without one, dbt's schema beside the project's own, and a
    /// schema of the test as it is written, as those of models are.
    private String namespace(String said) {
        Optional<Definition> macro =
                parts.macros().in(parts.basics().name(), "generate_schema_name");
        if (macro.isEmpty()) {
            return identifier(said.isEmpty() ? parts.basics().namespace() + "_" + SCHEMA : said);
        }
        Supplier<Map<Object, Object>> node =
                () -> Map.of("resource_type", "test", "package_name", parts.basics().name());
        String custom = said.isEmpty() ? SCHEMA : said;
        return identifier(
                parts.sql()
                        .queries()
                        .call(macro.get(), List.of(custom, node.get()), node)
                        .toString()
                        .strip());
    }
}
