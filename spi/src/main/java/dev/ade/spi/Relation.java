package dev.ade.spi;

import dev.ade.model.Field;
import dev.ade.model.Schema;
import java.util.List;

/// What a dataset's name stands for when a query reads it.
public sealed interface Relation {
    Schema schema();

    /// A stored query.
    record ViewRelation(String sql, Schema schema) implements Relation {}

    /// Parquet files of one snapshot, planned and pruned.
    ///
    /// @param fields the table's current columns
    /// @param groups files, grouped by the schema they were written with
    record Scan(List<Field> fields, List<FileGroup> groups) implements Relation {
        public Scan {
            fields = List.copyOf(fields);
            groups = List.copyOf(groups);
        }

        @Override
        public Schema schema() {
            return Field.schema(fields);
        }

        public long rows() {
            return groups.stream()
                    .flatMap(group -> group.files().stream())
                    .mapToLong(ScanFile::rows)
                    .sum();
        }
    }

    /// Files written with the same columns. Columns are matched with the table's by field id.
    record FileGroup(List<Field> written, List<ScanFile> files) {
        public FileGroup {
            written = List.copyOf(written);
            files = List.copyOf(files);
        }
    }

    /// @param path as the table knows it; opaque
    /// @param rows in the file, deleted ones too
    /// @param bytes its size
    /// @param deletedRows positions of rows that other engines deleted, 0-based, rising
    record ScanFile(String path, long rows, long bytes, List<Long> deletedRows) {
        public ScanFile {
            deletedRows = List.copyOf(deletedRows);
        }
    }
}
