package dev.ade.store;

import dev.ade.model.AdeException;
import dev.ade.model.TableName;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Environments;
import dev.ade.spi.Erasure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;

/// Removal of what tables were. All of it hangs on one transaction in which no run is open: who begins one later only
/// knows the new metadata, and writes files that were not there when the old ones were listed.
final class IcebergErasure implements Erasure {
    private final Parts parts;

    /// @param folders of the lake
    /// @param markCrashed ends the runs of processes that are gone; called within a transaction
    record Parts(
            Folders folders,
            Catalog catalog,
            Environments environments,
            Tables tables,
            Clock clock,
            Faults faults,
            Runnable markCrashed) {}

    IcebergErasure(Parts parts) {
        this.parts = parts;
    }

    @Override
    public void requireQuiet() {
        parts.catalog()
                .inTransaction(() -> {
                    requireNoRun();
                    return parts;
                });
    }

    private void requireNoRun() {
        parts.markCrashed().run();
        parts.catalog().requireNoRun();
    }

    @Override
    public List<String> files(Set<TableName> names) {
        return all(folders(names), names).stream()
                .map(Path::toString)
                .filter(path -> path.endsWith(".parquet"))
                .toList();
    }

    @Override
    public Report purge(Set<TableName> names) {
        long[] snapshots = {0};
        Set<Path> unneeded = new TreeSet<>();
        parts.catalog()
                .inTransaction(() -> {
                    requireNoRun();
                    Set<Path> folders = folders(names);
                    parts.faults().before("purge");
                    unneeded.addAll(all(folders, names));
                    snapshots[0] = forget(names);
                    unneeded.removeAll(referenced(folders));
                    parts.faults().before("commit purge");
                    return names;
                });
        long bytes = 0;
        // Logs first: where this is stopped, what is left is found again by the keys in the tables.
        Path logs = parts.folders().lake().resolve("ade");
        List<Path> ordered =
                unneeded.stream()
                        .sorted(Comparator.comparing(file -> !file.startsWith(logs)))
                        .toList();
        for (Path file : ordered) {
            parts.faults().before("delete");
            bytes += delete(file);
        }
        return new Report(snapshots[0], unneeded.size(), bytes);
    }

    /// What lies in their folders, and what is reached elsewhere: in an archive that is not set any more.
    private Set<Path> all(Set<Path> folders, Set<TableName> names) {
        Set<Path> files = list(folders);
        Reached reached = new Reached(parts.tables());
        parts.catalog().everyPointer().stream()
                .filter(pointer -> names.contains(pointer.name()) && isTable(pointer))
                .forEach(reached::add);
        reached.files().stream()
                .filter(file -> !parts.folders().isInLake(file) && Files.exists(file))
                .forEach(files::add);
        return files;
    }

    private static long delete(Path file) {
        try {
            long size = Files.size(file);
            Files.delete(file);
            return size;
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot remove %s: %s".formatted(file, e.getMessage()),
                            "Check who may write there, and do it again")
                    .causedBy(e);
        }
    }

    /// Snapshots that go. In a transaction.
    private long forget(Set<TableName> names) {
        long before = snapshots(names);
        Map<String, Pointer> current = new TreeMap<>();
        for (Environments.Environment environment : parts.environments().list()) {
            parts.catalog().pointers(environment.name()).values().stream()
                    .filter(pointer -> names.contains(pointer.name()) && isTable(pointer))
                    .forEach(pointer -> current.putIfAbsent(pointer.location(), pointer));
        }
        current.values().forEach(pointer -> parts.catalog().move(pointer, alone(pointer)));
        names.forEach(parts.catalog()::forgetHistory);
        return before - snapshots(names);
    }

    private static boolean isTable(Pointer pointer) {
        return pointer.kind() == DatasetState.Kind.TABLE;
    }

    /// The same table as if its current snapshot were its first. Manifests are written anew, as those of a change name
    /// the files that went, with the least and greatest of their values.
    private Pointer alone(Pointer pointer) {
        Tables.Working table = parts.tables().open(pointer.location());
        if (table.current().currentSnapshot() == null) {
            return pointer;
        }
        BaseTable iceberg = table.table(pointer.name().toString());
        Manifests.update(iceberg, iceberg.rewriteManifests()).clusterBy(_ -> "all").commit();
        iceberg.expireSnapshots()
                .expireOlderThan(Long.MAX_VALUE)
                .retainLast(1)
                .cleanupLevel(ExpireSnapshots.CleanupLevel.NONE)
                .commit();
        Snapshot snapshot = Objects.requireNonNull(table.current().currentSnapshot());
        return pointer.at(
                new Pointer.Place(
                        table.location(), snapshot.snapshotId(), pointer.bytes(), pointer.files()));
    }

    private long snapshots(Set<TableName> names) {
        Set<Long> ids = new HashSet<>();
        Set<String> seen = new HashSet<>();
        for (Pointer pointer : parts.catalog().everyPointer()) {
            if (names.contains(pointer.name())
                    && isTable(pointer)
                    && seen.add(pointer.location())) {
                parts.tables()
                        .metadata(pointer.location())
                        .snapshots()
                        .forEach(snapshot -> ids.add(snapshot.snapshotId()));
            }
        }
        return ids.size();
    }

    private Set<Path> folders(Set<TableName> names) {
        Set<Path> folders = new TreeSet<>();
        for (Pointer pointer : parts.catalog().everyPointer()) {
            if (names.contains(pointer.name()) && isTable(pointer)) {
                Path folder = Path.of(metadata(pointer).location());
                folders.add(folder);
                parts.folders().archived(folder).ifPresent(folders::add);
            }
        }
        for (Path root : parts.folders().all()) {
            names.forEach(name -> folders.addAll(madeFor(name, root)));
        }
        return folders;
    }

    private TableMetadata metadata(Pointer pointer) {
        return parts.tables().metadata(pointer.location());
    }

    /// Folders of tables of this name that no pointer leads to any more.
    private static List<Path> madeFor(TableName name, Path root) {
        Path namespace = root.resolve(name.namespace());
        if (!Files.isDirectory(namespace)) {
            return List.of();
        }
        Pattern own = Pattern.compile(Pattern.quote(name.name()) + "-[0-9a-f]{8}");
        try (Stream<Path> children = Files.list(namespace)) {
            return children.filter(
                            path -> own.matcher(String.valueOf(path.getFileName())).matches())
                    .toList();
        } catch (IOException e) {
            throw unreadable(namespace, e);
        }
    }

    private static Set<Path> list(Set<Path> folders) {
        Set<Path> files = new TreeSet<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> all = Files.walk(folder)) {
                    all.filter(Files::isRegularFile).forEach(files::add);
                } catch (IOException e) {
                    throw unreadable(folder, e);
                }
            }
        }
        return files;
    }

    private static AdeException unreadable(Path folder, IOException e) {
        return AdeException.resource(
                        "Cannot list %s: %s".formatted(folder, e.getMessage()),
                        "Check the disk, and do it again")
                .causedBy(e);
    }

    /// Tables of other names may lie in these folders too: they were renamed.
    private Set<Path> referenced(Set<Path> folders) {
        Reached reached = new Reached(parts.tables());
        for (Pointer pointer : parts.catalog().everyPointer()) {
            boolean isIn =
                    isTable(pointer)
                            && folders.stream().anyMatch(Path.of(pointer.location())::startsWith);
            if (isIn) {
                reached.add(pointer);
            }
        }
        return reached.files();
    }
}
