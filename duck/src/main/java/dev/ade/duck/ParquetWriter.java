package dev.ade.duck;

import dev.ade.model.AdeException;
import dev.ade.model.Field;
import dev.ade.model.Layout;
import dev.ade.model.Sql;
import dev.ade.spi.FileTarget;
import dev.ade.spi.Watcher;
import dev.ade.spi.WrittenFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// Writes what a query gives as Parquet files that a table can take in without opening them.
final class ParquetWriter {
    private static final long ROW_GROUP_ROWS = 122_880;
    private static final String PARTITION = "__p";

    private final DuckDBConnection connection;
    private final Running running;
    private final Watching watching;

    ParquetWriter(DuckDBConnection connection, Running running, Watching watching) {
        this.connection = connection;
        this.running = running;
        this.watching = watching;
    }

    /// @param watcher sees each row
    List<WrittenFile> write(String select, FileTarget target, Watcher watcher) {
        Path folder = Path.of(target.folder());
        try {
            Files.createDirectories(folder);
            if (watcher.equals(Watcher.NONE)) {
                return copy(select, target, rows(select, target));
            }
            try (Watching.Watch watch = watching.begin(connection, target.fields(), watcher)) {
                List<String> names = target.fields().stream().map(Field::name).toList();
                return copy(select, target, watch.rows(rows(select, target), names));
            }
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot make the folder %s: %s".formatted(folder, e.getMessage()),
                            "Check its permissions and the free space")
                    .causedBy(e);
        } catch (RuntimeException | Error e) {
            removeAll(folder);
            throw e;
        }
    }

    /// @param rows what `select` gives, under the names and types of the target
    private List<WrittenFile> copy(String select, FileTarget target, String rows) {
        String copy =
                "copy (%s) to %s (%s)"
                        .formatted(query(rows, target), Sql.literal(path(target)), options(target));
        List<WrittenFile> files = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(copy)) {
            running.begin(statement);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    if (result.getLong(2) > 0) {
                        files.add(file(result, target));
                    } else {
                        Files.deleteIfExists(Path.of(result.getString(1)));
                    }
                }
            }
        } catch (SQLException e) {
            throw running.failure(e, select);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            running.end();
        }
        return files;
    }

    /// Unpartitioned results are one file until they pass the target size; then DuckDB needs a folder.
    private static String path(FileTarget target) {
        return target.folder();
    }

    private static String rows(String select, FileTarget target) {
        List<Field> fields = target.fields();
        String names =
                IntStream.range(0, fields.size())
                        .mapToObj(i -> "c" + i)
                        .collect(Collectors.joining(", "));
        String columns =
                IntStream.range(0, fields.size())
                        .mapToObj(i ->
                                "cast(c%d as %s) as %s"
                                        .formatted(
                                                i,
                                                fields.get(i).type().sql(),
                                                Sql.quote(fields.get(i).name())))
                        .collect(Collectors.joining(", "));
        return "select %s from (%s) as q(%s)".formatted(columns, select, names);
    }

    private static String query(String rows, FileTarget target) {
        List<Layout.Partition> partitions = sortedInto(target);
        String transforms =
                IntStream.range(0, partitions.size())
                        .mapToObj(i ->
                                ", " + Transforms.sql(partitions.get(i)) + " as " + PARTITION + i)
                        .collect(Collectors.joining());
        String order =
                target.layout().sortBy().isEmpty()
                        ? ""
                        : target.layout().sortBy().stream()
                                .map(Sql::quote)
                                .collect(Collectors.joining(", ", " order by ", ""));
        return "select *%s from (%s) as w%s".formatted(transforms, rows, order);
    }

    private static String options(FileTarget target) {
        List<String> options = new ArrayList<>();
        options.add("format parquet");
        options.add("compression snappy");
        options.add("row_group_size " + ROW_GROUP_ROWS);
        options.add("return_stats true");
        options.add("filename_pattern 'data_{uuid}'");
        options.add("field_ids " + fieldIds(target.fields()));
        int partitions = sortedInto(target).size();
        if (partitions > 0) {
            options.add(
                    IntStream.range(0, partitions)
                            .mapToObj(i -> PARTITION + i)
                            .collect(Collectors.joining(", ", "partition_by (", ")")));
            options.add("write_partition_columns false");
        } else {
            options.add("file_size_bytes " + target.fileBytesTarget());
        }
        return String.join(", ", options);
    }

    /// Partitions that each row has to be asked for.
    private static List<Layout.Partition> sortedInto(FileTarget target) {
        return target.within().isPresent() ? List.of() : target.layout().partitions();
    }

    private static String fieldIds(List<Field> fields) {
        return fields.stream()
                .map(field -> Sql.quote(field.name()) + ": " + fieldId(field))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String fieldId(Field field) {
        if (field.children().isEmpty()) {
            return String.valueOf(field.id());
        }
        return field.children().stream()
                .map(child -> Sql.quote(child.name()) + ": " + fieldId(child))
                .collect(Collectors.joining(", ", "{__duckdb_field_id: " + field.id() + ", ", "}"));
    }

    private static WrittenFile file(ResultSet result, FileTarget target) throws SQLException {
        String path = Path.of(result.getString(1)).toAbsolutePath().toString();
        Map<?, ?> keys = (Map<?, ?>) result.getObject(6);
        List<@Nullable Object> partition = new ArrayList<>(target.within().orElse(List.of()));
        List<Layout.Partition> partitions = sortedInto(target);
        for (int i = 0; i < partitions.size(); i++) {
            Object key = keys == null ? null : keys.get(PARTITION + i);
            partition.add(
                    Transforms.value(
                            partitions.get(i), key == null ? null : key.toString(), target));
        }
        return new WrittenFile(
                path,
                result.getLong(2),
                result.getLong(3),
                partition,
                Stats.of((Map<?, ?>) result.getObject(5), target.fields()));
    }

    static void removeAll(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // What is left is unreferenced and collected by maintenance.
        }
    }
}
