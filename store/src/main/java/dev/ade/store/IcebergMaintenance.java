package dev.ade.store;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.Field;
import dev.ade.model.RunId;
import dev.ade.model.Settings.MaintenanceSettings;
import dev.ade.model.TableName;
import dev.ade.spi.Bound;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Draft.Change;
import dev.ade.spi.Engine;
import dev.ade.spi.Environments;
import dev.ade.spi.FileTarget;
import dev.ade.spi.Maintenance;
import dev.ade.spi.Relation;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.spi.WrittenFile;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.TableMetadata;

/// Compaction, expiry, and the sweep of what nothing refers to.
final class IcebergMaintenance implements Maintenance {
    /// Files below this are small.
    private static final long SMALL_BYTES = 16L << 20;

    private static final long FILE_BYTES_TARGET = 256L << 20;
    private static final TableName SMALL = TableName.of("ade$maintain", "small");

    private final Folders folders;
    private final Archive archive;
    private final Catalog catalog;
    private final Ledgers ledgers;
    private final Environments environments;
    private final Tables tables;
    private final Scans scans;
    private final MaintenanceSettings settings;
    private final Clock clock;
    private final Runnable markCrashed;

    /// @param markCrashed ends the runs of processes that are gone; called within a transaction
    IcebergMaintenance(
            Folders folders,
            Archive archive,
            Catalog catalog,
            Ledgers ledgers,
            Environments environments,
            Tables tables,
            Scans scans,
            MaintenanceSettings settings,
            Clock clock,
            Runnable markCrashed) {
        this.folders = folders;
        this.archive = archive;
        this.catalog = catalog;
        this.ledgers = ledgers;
        this.environments = environments;
        this.tables = tables;
        this.scans = scans;
        this.settings = settings;
        this.clock = clock;
        this.markCrashed = markCrashed;
    }

    /// Tables whose partitions hold more files than they need: only what compaction would improve counts.
    @Override
    public List<TableName> fragmented(EnvironmentName environment) {
        return catalog.pointers(environment).values().stream()
                .filter(pointer -> pointer.kind() == DatasetState.Kind.TABLE)
                .filter(pointer -> pointer.files() > settings.smallFiles())
                .filter(pointer -> small(pointer).size() > settings.smallFiles())
                .map(Pointer::name)
                .toList();
    }

    /// Small files of the lake that share their partition with another small one.
    private List<Relation.ScanFile> small(Pointer pointer) {
        Map<Path, List<Relation.ScanFile>> byPartition =
                scans.plan(pointer, List.of()).groups().stream()
                        .flatMap(group -> group.files().stream())
                        .filter(file -> file.bytes() < SMALL_BYTES)
                        .filter(file -> folders.isInLake(Path.of(file.path())))
                        .collect(Collectors.groupingBy(file -> partition(file.path())));
        return byPartition.values().stream()
                .filter(files -> files.size() > 1)
                .flatMap(List::stream)
                .toList();
    }

    /// The part of a path that names its partition: `__p0=12/__p1=3`, empty for tables without.
    private static Path partition(String path) {
        Path partition = Path.of("");
        for (Path part : Path.of(path)) {
            if (part.toString().startsWith("__p")) {
                partition = partition.resolve(part);
            }
        }
        return partition;
    }

    @Override
    public Report compact(EnvironmentName environment, TableName name, Engine engine) {
        Pointer before = catalog.pointers(environment).get(name);
        if (before == null || before.kind() != DatasetState.Kind.TABLE) {
            return none();
        }
        Set<String> small =
                small(before).stream().map(Relation.ScanFile::path).collect(Collectors.toSet());
        if (small.isEmpty()) {
            return none();
        }
        Tables.Working table = tables.open(before.location());
        List<WrittenFile> merged = merge(engine, before, table, small);
        Changes.apply(table, name, new Change.Rewrite(small, merged));
        Disk.sync(merged.stream().map(WrittenFile::path).toList());
        boolean isPublished = catalog.replace(environment, before, before.at(table.place()));
        return isPublished
                ? new Report(
                        0,
                        small.size(),
                        0,
                        0,
                        List.of(
                                "%s: %,d files became %,d"
                                        .formatted(name, small.size(), merged.size())))
                : new Report(0, 0, 0, 0, List.of(name + ": gave way to a publication"));
    }

    private List<WrittenFile> merge(
            Engine engine, Pointer pointer, Tables.Working table, Set<String> small) {
        Relation.Scan all = scans.plan(pointer, List.of());
        List<Relation.FileGroup> groups = new ArrayList<>();
        for (Relation.FileGroup group : all.groups()) {
            List<Relation.ScanFile> files =
                    group.files().stream().filter(file -> small.contains(file.path())).toList();
            if (!files.isEmpty()) {
                groups.add(new Relation.FileGroup(group.written(), files));
            }
        }
        TableMetadata metadata = table.current();
        List<Field> fields = IcebergTypes.fields(metadata.schema());
        FileTarget target =
                new FileTarget(
                        Scans.folder(metadata.location(), metadata.currentSchemaId()),
                        fields,
                        Specs.layout(metadata.spec()),
                        FILE_BYTES_TARGET);
        try (Session session = engine.open(only(new Relation.Scan(fields, groups)))) {
            return session.write("select * from " + SMALL.quoted(), target);
        }
    }

    private static Relations only(Relation.Scan scan) {
        return new Relations() {
            @Override
            public Optional<Relation> find(TableName name, List<Bound> bounds) {
                return name.equals(SMALL) ? Optional.of(scan) : Optional.empty();
            }

            @Override
            public Collection<TableName> names() {
                return List.of(SMALL);
            }
        };
    }

    @Override
    public Archived archive(EnvironmentName environment, Cold cold, Effect effect) {
        return archive.move(environment, cold, effect);
    }

    @Override
    public Report sweep(Effect effect) {
        Instant now = clock.instant();
        catalog.inTransaction(() -> {
            markCrashed.run();
            return now;
        });
        long expired = 0;
        if (effect == Effect.DELETE) {
            expired = expire(now);
            forget(now);
        }
        Instant before = keptSince();
        Sweep sweep = new Sweep(referenced(), before, effect);
        folders.all().forEach(sweep::run);
        List<String> details = new ArrayList<>(sweep.details);
        if (before.isBefore(now.minus(settings.grace()))) {
            details.add(
                    "what was written since %s stays: run %s is going on"
                            .formatted(before, catalog.running().keySet().iterator().next()));
        }
        return new Report(expired, 0, sweep.files, sweep.bytes, details);
    }

    @Override
    public Instant keptSince() {
        Instant graced = clock.instant().minus(settings.grace());
        return catalog.runningSince().filter(graced::isAfter).orElse(graced);
    }

    private long expire(Instant now) {
        long expired = 0;
        Instant before = now.minus(settings.snapshotAge());
        for (Environments.Environment environment : environments.list()) {
            for (Pointer pointer : catalog.pointers(environment.name()).values()) {
                if (pointer.kind() == DatasetState.Kind.TABLE) {
                    expired += expire(environment.name(), pointer, before);
                }
            }
        }
        return expired;
    }

    private long expire(EnvironmentName environment, Pointer pointer, Instant before) {
        TableMetadata metadata = tables.metadata(pointer.location());
        int kept = settings.snapshotsMin();
        if (metadata.snapshots().size() <= kept
                || metadata.snapshots().stream()
                        .noneMatch(it -> it.timestampMillis() < before.toEpochMilli())) {
            return 0;
        }
        Tables.Working table = tables.open(pointer.location());
        table.table(pointer.name().toString())
                .expireSnapshots()
                .expireOlderThan(before.toEpochMilli())
                .retainLast(Math.max(1, kept))
                .cleanupLevel(ExpireSnapshots.CleanupLevel.NONE)
                .commit();
        catalog.replace(environment, pointer, pointer.at(table.place()));
        return (long) metadata.snapshots().size() - table.current().snapshots().size();
    }

    /// History and overlays that are past their time.
    private void forget(Instant now) {
        catalog.inTransaction(() -> {
            Instant before = now.minus(settings.snapshotAge());
            catalog.forgetPublicationsBefore(before);
            followMoves(before);
            for (RunId run : catalog.endedBefore(now.minus(settings.grace()))) {
                catalog.forgetOverlay(run);
            }
            new Declarations(catalog).forgetUnused();
            ledgers.forgetUnused();
            return now;
        });
    }

    /// Only what was moved long ago, too: somebody may still read where it was.
    private void followMoves(Instant before) {
        for (Environments.Environment environment : environments.list()) {
            catalog.pointers(environment.name()).values().stream()
                    .filter(pointer -> pointer.kind() == DatasetState.Kind.TABLE)
                    .filter(pointer -> pointer.publishedAt().isBefore(before))
                    .filter(pointer ->
                            tables.metadata(pointer.location()).lastUpdatedMillis()
                                    < before.toEpochMilli())
                    .forEach(pointer -> catalog.follow(environment.name(), pointer));
        }
    }

    /// Every file that some pointer, of any environment, of history or of a draft, can lead to.
    private Set<Path> referenced() {
        Reached reached = new Reached(tables);
        catalog.everyPointer().forEach(reached::add);
        return reached.files();
    }

    private static AdeException unreadable(String path, IOException e) {
        return AdeException.resource(
                        "Cannot read %s: %s".formatted(path, e.getMessage()),
                        "Nothing was removed; check the disk")
                .causedBy(e);
    }

    private static Report none() {
        return new Report(0, 0, 0, 0, List.of());
    }

    /// Walks folders of the lake, never through links, and removes what is unreferenced and old.
    private static final class Sweep extends SimpleFileVisitor<Path> {
        private static final int DETAILS_MAX = 1_000;

        private final Set<Path> referenced;
        private final Instant before;
        private final Effect effect;
        private final List<String> details = new ArrayList<>();
        private Path folder = Path.of("");
        private long files;
        private long bytes;

        Sweep(Set<Path> referenced, Instant before, Effect effect) {
            this.referenced = referenced;
            this.before = before;
            this.effect = effect;
        }

        void run(Path root) {
            folder = root;
            if (!Files.isDirectory(folder)) {
                return;
            }
            try {
                Files.walkFileTree(folder, this);
            } catch (IOException e) {
                throw unreadable(folder.toString(), e);
            }
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            boolean isOld = !attributes.lastModifiedTime().toInstant().isAfter(before);
            if (attributes.isRegularFile() && isOld && !referenced.contains(file)) {
                files++;
                bytes += attributes.size();
                if (details.size() < DETAILS_MAX) {
                    details.add(folder.relativize(file).toString());
                }
                if (effect == Effect.DELETE) {
                    Files.delete(file);
                }
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(
                Path directory, @org.jspecify.annotations.Nullable IOException error)
                throws IOException {
            if (effect == Effect.DELETE && !directory.equals(folder)) {
                boolean isOld = !Files.getLastModifiedTime(directory).toInstant().isAfter(before);
                boolean isEmpty;
                try (var children = Files.list(directory)) {
                    isEmpty = children.findAny().isEmpty();
                }
                if (isOld && isEmpty) {
                    Files.delete(directory);
                }
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
