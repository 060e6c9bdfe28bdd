package dev.ade.testkit;

import dev.ade.model.Field;
import dev.ade.model.TableName;
import dev.ade.spi.Bound;
import dev.ade.spi.Relation;
import dev.ade.spi.Relations;
import dev.ade.spi.WrittenFile;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Datasets of files that a test has written, without a lake.
public final class ScanOf {
    private ScanOf() {}

    /// One dataset, all of whose files have the columns `fields`.
    public static Relations files(String name, List<Field> fields, List<WrittenFile> files) {
        List<Relation.ScanFile> scanned =
                files.stream()
                        .map(file ->
                                new Relation.ScanFile(
                                        file.path(), file.rows(), file.bytes(), List.of()))
                        .toList();
        Relation scan = new Relation.Scan(fields, List.of(new Relation.FileGroup(fields, scanned)));
        return new One(Map.of(TableName.parse(name), scan));
    }

    /// The datasets of both.
    ///
    /// @param one from `files`
    /// @param other from `files`, with other names
    public static Relations both(Relations one, Relations other) {
        Map<TableName, Relation> all = new HashMap<>(((One) one).all());
        all.putAll(((One) other).all());
        return new One(all);
    }

    private record One(Map<TableName, Relation> all) implements Relations {
        @Override
        public Optional<Relation> find(TableName name, List<Bound> bounds) {
            return Optional.ofNullable(all.get(name));
        }

        @Override
        public Collection<TableName> names() {
            return all.keySet();
        }
    }
}
