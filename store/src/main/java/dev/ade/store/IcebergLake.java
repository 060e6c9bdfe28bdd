package dev.ade.store;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.RunId;
import dev.ade.model.Settings.MaintenanceSettings;
import dev.ade.model.TableName;
import dev.ade.spi.Draft;
import dev.ade.spi.Lake;
import dev.ade.spi.LakeView;
import dev.ade.spi.Maintenance;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Datasets as Iceberg tables in a folder, and their pointers in a SQL catalog.
public final class IcebergLake implements Lake {
    private final Path folder;
    private final Catalog catalog;
    private final MaintenanceSettings maintenance;
    private final Clock clock;
    private final Faults faults;
    private final Tables tables;
    private final Scans scans;

    /// @param folder of data and metadata files; made when it is first written
    /// @param catalogUrl JDBC URL of the catalog
    public IcebergLake(
            Path folder,
            String catalogUrl,
            MaintenanceSettings maintenance,
            Clock clock,
            Faults faults) {
        this.folder = folder.toAbsolutePath().normalize();
        this.maintenance = maintenance;
        this.clock = clock;
        this.faults = faults;
        this.tables = new Tables(faults);
        this.scans = new Scans(tables);
        makeFolderOf(catalogUrl);
        this.catalog = Catalog.open(catalogUrl);
    }

    private static void makeFolderOf(String url) {
        String file = url.replaceFirst("^jdbc:sqlite:", "");
        Path parent = Path.of(file).toAbsolutePath().getParent();
        try {
            Files.createDirectories(parent);
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot make the folder of the catalog %s: %s"
                                    .formatted(parent, e.getMessage()),
                            "Check its permissions, or set catalog in ade.yml")
                    .causedBy(e);
        }
    }

    @Override
    public LakeView read(EnvironmentName environment) {
        return view(environment, catalog.pointers(environment));
    }

    @Override
    public LakeView readAt(EnvironmentName environment, Instant instant) {
        return view(environment, catalog.pointersAt(environment, instant));
    }

    @Override
    public LakeView readAt(EnvironmentName environment, TableName table, long snapshotId) {
        Map<TableName, Pointer> pointers = new HashMap<>(catalog.pointers(environment));
        Pointer now = pointers.get(table);
        if (now == null || now.location().isEmpty()) {
            throw AdeException.user(
                    "Cannot read a snapshot of %s: there is no such table".formatted(table),
                    "ade status lists them");
        }
        if (tables.metadata(now.location()).snapshot(snapshotId) == null) {
            throw AdeException.user(
                    "Cannot read snapshot %d of %s: it has expired or never was"
                            .formatted(snapshotId, table),
                    "Choose a later one");
        }
        pointers.put(
                table,
                new Pointer(
                        now.name(),
                        now.kind(),
                        now.location(),
                        now.viewSql(),
                        now.schema(),
                        now.version(),
                        now.definition(),
                        snapshotId,
                        now.rows(),
                        now.bytes(),
                        now.files(),
                        now.run(),
                        now.publishedAt(),
                        now.properties()));
        return view(environment, pointers);
    }

    @Override
    public Optional<LakeView> overlay(RunId run) {
        Map<TableName, Pointer> drafted = catalog.overlay(run);
        if (drafted.isEmpty()) {
            return Optional.empty();
        }
        EnvironmentName environment = catalog.environmentOf(run);
        Map<TableName, Pointer> pointers = new HashMap<>(catalog.pointers(environment));
        pointers.putAll(drafted);
        return Optional.of(view(environment, pointers));
    }

    private PointerView view(EnvironmentName environment, Map<TableName, Pointer> pointers) {
        return new PointerView(pointers, scans, catalog, environment);
    }

    @Override
    public Draft begin(EnvironmentName environment, RunStart start) {
        faults.before("begin");
        RunId run =
                catalog.inTransaction(() -> {
                    markCrashed();
                    return catalog.newRun(environment, start, thisProcess());
                });
        PointerView base = view(environment, catalog.pointers(environment));
        return new IcebergDraft(
                run,
                environment,
                base,
                new IcebergDraft.Parts(folder, catalog, tables, scans, clock, faults));
    }

    private void markCrashed() {
        catalog.running()
                .forEach((run, process) -> {
                    if (process.host().equals(host()) && !isAlive(process)) {
                        catalog.endRun(
                                run,
                                RunState.CRASHED,
                                clock.instant(),
                                "its process ended without a word");
                    }
                });
    }

    private static boolean isAlive(Catalog.Owner process) {
        return ProcessHandle.of(process.id())
                .map(handle -> startedAt(handle) == process.startedAt())
                .orElse(false);
    }

    private static Catalog.Owner thisProcess() {
        ProcessHandle self = ProcessHandle.current();
        return new Catalog.Owner(host(), self.pid(), startedAt(self));
    }

    private static long startedAt(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    @Override
    public List<RunRecord> runs(EnvironmentName environment, int limit) {
        return catalog.runs(environment, limit);
    }

    @Override
    public Maintenance maintenance() {
        return new IcebergMaintenance(folder, catalog, tables, scans, maintenance, clock);
    }

    @Override
    public void close() {
        catalog.close();
    }
}
