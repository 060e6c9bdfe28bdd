package dev.ade.store;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.RunId;
import dev.ade.model.Settings.MaintenanceSettings;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.spi.Draft;
import dev.ade.spi.Environments;
import dev.ade.spi.Erasure;
import dev.ade.spi.Lake;
import dev.ade.spi.LakeView;
import dev.ade.spi.Maintenance;
import dev.ade.spi.OwnerOnly;
import dev.ade.spi.Suppression;
import dev.ade.spi.VaultIndex;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Datasets as Iceberg tables in a folder, and their pointers in a SQL catalog.
public final class IcebergLake implements Lake {
    /// More names would hide what an error says.
    private static final int NAMES_MAX = 20;

    private static final long START_MILLIS_TOLERATED = 10_000;

    private final Folders folders;
    private final Catalog catalog;
    private final MaintenanceSettings maintenance;
    private final Clock clock;
    private final Faults faults;
    private final Tables tables;
    private final Scans scans;
    private final Ledgers ledgers;
    private final CatalogEnvironments environments;

    /// @param folder of data and metadata files; made when it is first written
    /// @param catalogUrl JDBC URL of the catalog
    public IcebergLake(
            Path folder,
            String catalogUrl,
            MaintenanceSettings maintenance,
            Clock clock,
            Faults faults) {
        this.folders = Folders.of(folder, maintenance.archive());
        this.maintenance = maintenance;
        this.clock = clock;
        this.faults = faults;
        this.tables = new Tables(faults);
        this.scans = new Scans(tables);
        makeFolderOf(catalogUrl);
        this.catalog = Catalog.open(catalogUrl, tables::force);
        this.ledgers = new Ledgers(catalog);
        this.environments = new CatalogEnvironments(catalog, this::markCrashed);
    }

    private static void makeFolderOf(String url) {
        String file = url.replaceFirst("^jdbc:sqlite:", "");
        Path parent = Path.of(file).resolveSibling("").toAbsolutePath();
        try {
            OwnerOnly.folders(parent);
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot make the folder of the catalog %s: %s"
                                    .formatted(parent, Wording.reason(e)),
                            "Check its permissions, or set catalog in ade.yml")
                    .causedBy(e);
        }
    }

    @Override
    public LakeView read(EnvironmentName environment) {
        return view(catalog.pointers(environment));
    }

    @Override
    public LakeView readAt(EnvironmentName environment, Instant instant) {
        return view(catalog.pointersAt(environment, instant));
    }

    @Override
    public LakeView readAfter(EnvironmentName environment, RunId run) {
        Instant at =
                catalog.publishedAt(environment, run)
                        .orElseThrow(() ->
                                AdeException.user(
                                        "Cannot read environment %s after run %s: that run published nothing in it"
                                                .formatted(environment, run),
                                        "ade status -e %s lists its runs".formatted(environment)));
        Map<TableName, Pointer> then = catalog.pointersAt(environment, at);
        Set<TableName> expired = new TreeSet<>(catalog.forgottenAt(environment, at));
        then.forEach((name, pointer) -> {
            if (pointer.ledger().equals(Ledgers.LOST)) {
                expired.add(name);
            }
        });
        expired.removeIf(name -> name.namespace().equals("ade"));
        if (!expired.isEmpty()) {
            throw AdeException.user(
                    "Cannot read environment %s after run %s: the snapshots of then have expired of %s"
                            .formatted(environment, run, named(expired)),
                    "Choose a later run; maintenance.snapshot_age in ade.yml says how long they are kept");
        }
        return view(then);
    }

    private static String named(Collection<TableName> names) {
        String some =
                names.stream()
                        .limit(NAMES_MAX)
                        .map(TableName::toString)
                        .collect(Collectors.joining(", "));
        int more = names.size() - NAMES_MAX;
        return more > 0 ? some + " and %,d more".formatted(more) : some;
    }

    @Override
    public Environments environments() {
        return environments;
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
        pointers.put(table, now.atSnapshot(snapshotId));
        return view(pointers);
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
        return Optional.of(view(pointers));
    }

    private PointerView view(Map<TableName, Pointer> pointers) {
        return new PointerView(pointers, scans, catalog);
    }

    @Override
    public Draft begin(EnvironmentName environment, RunStart start) {
        faults.before("begin");
        Set<RunId> beside = new HashSet<>();
        RunId run =
                catalog.inTransaction(() -> {
                    markCrashed();
                    beside.addAll(runningHere());
                    environments.register(environment, start.startedAt());
                    return catalog.newRun(environment, start, thisProcess());
                });
        PointerView base = view(catalog.pointers(environment));
        return new IcebergDraft(
                new DraftedRun(run, environment, beside),
                base,
                new IcebergDraft.Parts(
                        folders.lake(),
                        catalog,
                        ledgers,
                        environments,
                        tables,
                        scans,
                        clock,
                        faults));
    }

    private Set<RunId> runningHere() {
        return catalog.running().entrySet().stream()
                .filter(run -> run.getValue().host().equals(host()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
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

    /// When a process started is told in time since the machine did, whose beginning moves when the clock is set.
    private static boolean isAlive(Catalog.Owner process) {
        return ProcessHandle.of(process.id())
                .map(handle ->
                        Math.abs(startedAt(handle) - process.startedAt()) < START_MILLIS_TOLERATED)
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
        return new IcebergMaintenance(
                folders,
                new Archive(folders, catalog, tables, faults),
                catalog,
                ledgers,
                environments,
                tables,
                scans,
                maintenance,
                clock,
                this::markCrashed);
    }

    @Override
    public VaultIndex vault() {
        return new VaultTable(catalog);
    }

    @Override
    public List<Suppression> suppressions(TableName source) {
        return new Suppressions(catalog).of(source);
    }

    @Override
    public Erasure erasure() {
        return new IcebergErasure(
                new IcebergErasure.Parts(
                        folders, catalog, environments, tables, clock, faults, this::markCrashed));
    }

    @Override
    public void close() {
        catalog.close();
    }
}
