package dev.ade.store;

import dev.ade.model.AdeException;
import dev.ade.model.TableName;
import dev.ade.spi.Draft.Change;
import dev.ade.spi.WrittenFile;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expressions;

/// Changes of files as Iceberg's commits.
final class Changes {
    private Changes() {}

    static void apply(Tables.Working working, TableName name, Change change) {
        BaseTable table = working.table(name.toString());
        DataFileMaker maker = new DataFileMaker(table.schema(), table.spec());
        switch (change) {
            case Change.Append append -> append(table, maker, append.added());
            case Change.ReplaceAll all -> replaceAll(table, maker, all.added());
            case Change.Rewrite rewrite -> rewrite(table, maker, name, rewrite);
            case Change.Nothing _ -> {}
        }
    }

    private static void append(BaseTable table, DataFileMaker maker, List<WrittenFile> added) {
        if (added.isEmpty()) {
            return;
        }
        AppendFiles append = Manifests.update(table, table.newFastAppend());
        added.forEach(file -> append.appendFile(maker.make(file)));
        append.commit();
    }

    private static void replaceAll(BaseTable table, DataFileMaker maker, List<WrittenFile> added) {
        if (table.currentSnapshot() == null) {
            append(table, maker, added);
            return;
        }
        OverwriteFiles overwrite =
                Manifests.update(table, table.newOverwrite())
                        .overwriteByRowFilter(Expressions.alwaysTrue());
        added.forEach(file -> overwrite.addFile(maker.make(file)));
        overwrite.commit();
    }

    private static void rewrite(
            BaseTable table, DataFileMaker maker, TableName name, Change.Rewrite change) {
        if (change.removed().isEmpty()) {
            append(table, maker, change.added());
            return;
        }
        Set<String> missing = new HashSet<>(change.removed());
        OverwriteFiles overwrite = Manifests.update(table, table.newOverwrite());
        for (DataFile file : files(table.newScan())) {
            if (missing.remove(file.location())) {
                overwrite.deleteFile(file);
            }
        }
        if (!missing.isEmpty()) {
            throw AdeException.conflict(
                    "Cannot rewrite files of %s: %d of them are no longer in the table"
                            .formatted(name, missing.size()),
                    "Run again: somebody else wrote them again meanwhile");
        }
        change.added().forEach(file -> overwrite.addFile(maker.make(file)));
        overwrite.commit();
    }

    static List<DataFile> files(TableScan scan) {
        return Manifests.files(scan).stream().map(FileScanTask::file).toList();
    }

    /// Files that a change brings.
    static List<WrittenFile> added(Change change) {
        return switch (change) {
            case Change.Append append -> append.added();
            case Change.ReplaceAll all -> all.added();
            case Change.Rewrite rewrite -> rewrite.added();
            case Change.Nothing _ -> List.of();
        };
    }
}
