package dev.ade.store;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Maintenance.Archived;
import dev.ade.spi.Maintenance.Cold;
import dev.ade.spi.Maintenance.Effect;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/// Moves cold files of tables from the lake's folder to its archive, byte by byte.
final class Archive {
    private final Folders folders;
    private final Catalog catalog;
    private final Tables tables;
    private final Faults faults;

    Archive(Folders folders, Catalog catalog, Tables tables, Faults faults) {
        this.folders = folders;
        this.catalog = catalog;
        this.tables = tables;
        this.faults = faults;
    }

    Archived move(EnvironmentName environment, Cold cold, Effect effect) {
        if (folders.archive().isEmpty()) {
            throw AdeException.user(
                    "Cannot archive %s: ade.yml does not say where".formatted(cold.table()),
                    "Write archive: /mnt/cold, a folder outside the lake");
        }
        Pointer before = catalog.pointers(environment).get(cold.table());
        if (before == null || before.kind() != DatasetState.Kind.TABLE) {
            return Archived.NONE;
        }
        Tables.Working table = tables.open(before.location());
        BaseTable iceberg = table.table(before.name().toString());
        List<DataFile> files = cold(iceberg, cold);
        Archived moved =
                new Archived(
                        files.size(),
                        files.stream().mapToLong(DataFile::recordCount).sum(),
                        files.stream().mapToLong(DataFile::fileSizeInBytes).sum());
        if (files.isEmpty() || effect == Effect.DRY_RUN) {
            return moved;
        }
        move(iceberg, files);
        return catalog.replace(environment, before, before.at(table.place()))
                ? moved
                : Archived.NONE;
    }

    private List<DataFile> cold(BaseTable table, Cold cold) {
        Types.NestedField field = table.schema().caseInsensitiveFindField(cold.column());
        if (field == null) {
            return List.of();
        }
        return Changes.files(table.newScan().includeColumnStats()).stream()
                .filter(file -> folders.isInLake(Path.of(file.location())))
                .filter(file -> isBefore(file, field, cold.before()))
                .toList();
    }

    private static boolean isBefore(DataFile file, Types.NestedField field, Instant instant) {
        if (file.upperBounds() == null || file.nullValueCounts() == null) {
            return false;
        }
        ByteBuffer latest = file.upperBounds().get(field.fieldId());
        Long nulls = file.nullValueCounts().get(field.fieldId());
        return latest != null
                && nulls != null
                && nulls == 0
                && moment(latest, field.type()).isBefore(instant);
    }

    private static Instant moment(ByteBuffer bound, Type type) {
        Object value = Conversions.fromByteBuffer(type, bound);
        return switch (type.typeId()) {
            case DATE ->
                    LocalDate.ofEpochDay((Integer) value).atStartOfDay(ZoneOffset.UTC).toInstant();
            case TIMESTAMP -> Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS);
            default -> Instant.MAX;
        };
    }

    private void move(BaseTable table, List<DataFile> files) {
        RewriteFiles rewrite =
                Manifests.update(table, table.newRewrite())
                        // Of the time before, snapshots may have expired.
                        .validateFromSnapshot(table.currentSnapshot().snapshotId());
        List<String> copies = new ArrayList<>();
        for (DataFile file : files) {
            String copy = copy(Path.of(file.location())).toString();
            copies.add(copy);
            rewrite.deleteFile(file);
            rewrite.addFile(
                    DataFiles.builder(table.specs().get(file.specId()))
                            .copy(file)
                            .withPath(copy)
                            .build());
        }
        Disk.sync(copies);
        rewrite.commit();
    }

    private Path copy(Path file) {
        Path copy = folders.archived(file).orElseThrow();
        Path draft = copy.resolveSibling(copy.getFileName() + ".part");
        faults.before("archive");
        try {
            Files.createDirectories(copy.resolve("..").normalize());
            Files.copy(file, draft, StandardCopyOption.REPLACE_EXISTING);
            if (Files.mismatch(file, draft) >= 0) {
                throw new IOException("what was written is not what is read");
            }
            Files.move(draft, copy, StandardCopyOption.ATOMIC_MOVE);
            return copy;
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot archive %s in %s: %s"
                                    .formatted(
                                            file, folders.archive().orElseThrow(), e.getMessage()),
                            "Check its free space and who may write there, and do it again: nothing has moved")
                    .causedBy(e);
        }
    }
}
