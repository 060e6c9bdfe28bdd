package dev.ade.store.rest;

import dev.ade.model.Sql;
import dev.ade.spi.Connector;
import dev.ade.spi.Session;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.mapping.NameMappingParser;

/// Files of a table as the engine finds them.
final class EngineFiles {
    private final Connector.Request request;
    private final Copies copies;
    private final Map<String, ParquetField> columns = new HashMap<>();

    EngineFiles(Connector.Request request, Copies copies) {
        this.request = request;
        this.copies = copies;
    }

    /// Reads what columns files have.
    void look(Collection<? extends ContentFile<?>> files, Table table, Session session) {
        files.forEach(this::requireReadable);
        copies.fetch(files);
        Map<String, String> named = new LinkedHashMap<>();
        for (ContentFile<?> file : files) {
            named.put(path(file).toString(), name(file));
        }
        Optional<NameMapping> names =
                Optional.ofNullable(table.properties().get(TableProperties.DEFAULT_NAME_MAPPING))
                        .map(NameMappingParser::fromJson);
        columns.putAll(ParquetField.of(session, named.values(), names));
    }

    /// What a file has, as one field.
    ParquetField root(ContentFile<?> file) {
        Path path = path(file);
        ParquetField root = Objects.requireNonNull(columns.get(path.toString()));
        if (root.children().stream().allMatch(field -> field.id() == 0)) {
            throw request.wrong(
                    "%s has no field ids, and the table says nothing of names (%s)"
                            .formatted(file.location(), TableProperties.DEFAULT_NAME_MAPPING),
                    "Set that property in the engine that writes the table");
        }
        return root;
    }

    /// The text that names a file in a query. The engine takes some characters of a name for a pattern.
    String name(ContentFile<?> file) {
        String path = path(file).toString();
        return Sql.literal(path.replace("[", "[[]").replace("*", "[*]").replace("?", "[?]"));
    }

    private Path path(ContentFile<?> file) {
        requireReadable(file);
        return copies.path(file);
    }

    private void requireReadable(ContentFile<?> file) {
        if (file.format() != FileFormat.PARQUET) {
            throw request.wrong(
                    "%s is in the format %s, and only Parquet is read"
                            .formatted(file.location(), file.format()),
                    "Have the engine that writes the table rewrite its data files as Parquet");
        }
        if (file.keyMetadata() != null) {
            throw request.wrong(
                    "%s is encrypted".formatted(file.location()),
                    "Have an engine that has its keys export the table");
        }
    }
}
