package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.TableName;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/// A table under `sources:` as it is written.
///
/// @param source dbt's name of the source, and `table` of its table: what `source(…)` is called with
/// @param schema and `identifier` what it is called where it lies
/// @param whole the source with all its tables
/// @param properties the table
record SourceItem(
        String source,
        String table,
        String schema,
        String identifier,
        Section whole,
        Section properties) {
    static SourceItem of(Section source, Section table) {
        String name = source.requireText("name");
        String tableName = table.requireText("name");
        return new SourceItem(
                name,
                tableName,
                source.text("schema").orElse(name),
                table.text("identifier").orElse(tableName),
                source,
                table);
    }

    /// @throws AdeException USER where it lies under a name that no dataset can have
    TableName name() {
        return properties.here(() -> TableName.of(schema, identifier));
    }

    /// Whether a dataset can be called so.
    boolean isNamable() {
        try {
            return is(name());
        } catch (AdeException e) {
            return false;
        }
    }

    boolean is(TableName name) {
        return name.namespace().equalsIgnoreCase(schema) && isNamed(name);
    }

    boolean isNamed(TableName name) {
        return name.name().equalsIgnoreCase(identifier);
    }

    SourceFreshness freshness() {
        return SourceFreshness.of(whole, properties);
    }

    String description() {
        return properties.text("description").orElse("");
    }

    /// Those of the source too, beside `config:` or in it.
    Set<String> tags() {
        Set<String> tags = new HashSet<>();
        Stream.of(whole, properties)
                .flatMap(it -> Stream.concat(Stream.of(it), it.section("config").stream()))
                .forEach(place -> tags.addAll(place.texts("tags")));
        return tags;
    }

    @Override
    public String toString() {
        return source + "." + table;
    }
}
