package dev.ade.store;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.Field;
import dev.ade.model.Fingerprint;
import dev.ade.model.Layout;
import dev.ade.model.RunId;
import dev.ade.model.Schema;
import dev.ade.model.TableName;
import dev.ade.spi.Batch;
import dev.ade.spi.Bound;
import dev.ade.spi.CorrectedFile;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Declaration;
import dev.ade.spi.Draft;
import dev.ade.spi.Environments;
import dev.ade.spi.FileTarget;
import dev.ade.spi.FilledInterval;
import dev.ade.spi.Lake;
import dev.ade.spi.LakeView;
import dev.ade.spi.Relation;
import dev.ade.spi.Suppression;
import dev.ade.spi.VaultBatch;
import dev.ade.spi.WrittenFile;
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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;

/// A run's overlay. What it has written lies in the catalog's overlay table too, so that it can be inspected
/// after a crash and its files are not collected under it.
final class IcebergDraft implements Draft {
    private static final long FILE_BYTES_TARGET = 256L << 20;
    private static final String LOG_VERSION = "log";

    /// @param folder of the lake
    record Parts(
            Path folder,
            Catalog catalog,
            Ledgers ledgers,
            CatalogEnvironments environments,
            Tables tables,
            Scans scans,
            Clock clock,
            Faults faults) {}

    private final RunId run;
    private final EnvironmentName environment;
    private final Set<RunId> beside;
    private final PointerView base;
    private final Parts parts;
    private final Map<TableName, Pointer> drafted = new ConcurrentHashMap<>();
    private final Map<TableName, Tables.Working> working = new ConcurrentHashMap<>();
    private final Map<TableName, Layout> layouts = new ConcurrentHashMap<>();
    private final Map<TableName, List<Batch>> batches = new ConcurrentHashMap<>();
    private final Map<TableName, List<FilledInterval>> filled = new ConcurrentHashMap<>();
    private final Map<TableName, Declaration> declared = new ConcurrentHashMap<>();
    private final Map<TableName, Change.Rewrite> logs = new ConcurrentHashMap<>();
    private final Set<String> writtenPaths = ConcurrentHashMap.newKeySet();
    private final Set<TableName> withheld = ConcurrentHashMap.newKeySet();
    private final Set<TableName> dropped = ConcurrentHashMap.newKeySet();
    private final Map<TableName, Pointer> settled = new ConcurrentHashMap<>();
    private final Map<EnvironmentName, Rebase> rebases = new ConcurrentHashMap<>();
    private final Set<Suppression> suppressed = ConcurrentHashMap.newKeySet();
    private final VaultNews vaulted = new VaultNews();
    private volatile boolean isEnded;

    IcebergDraft(DraftedRun run, PointerView base, Parts parts) {
        this.run = run.id();
        this.environment = run.environment();
        this.beside = run.beside();
        this.base = base;
        this.parts = parts;
    }

    @Override
    public RunId run() {
        return run;
    }

    @Override
    public EnvironmentName environment() {
        return environment;
    }

    @Override
    public Set<RunId> beside() {
        return beside;
    }

    @Override
    public LakeView base() {
        return base;
    }

    @Override
    public LakeView outcome() {
        Map<TableName, Pointer> seen = new HashMap<>(base.pointers());
        seen.keySet().removeAll(dropped);
        seen.putAll(going());
        return new PointerView(seen, parts.scans(), parts.catalog());
    }

    @Override
    public FileTarget prepare(TableName name, Schema schema, Layout layout) {
        Tables.Working table = working.get(name);
        if (table == null) {
            Optional<Pointer> there =
                    pointer(name).filter(pointer -> pointer.kind() == DatasetState.Kind.TABLE);
            table =
                    there.isPresent()
                            ? parts.tables().open(there.get().location())
                            : parts.tables().create(parts.folder(), name, schema, layout);
            working.put(name, table);
        }
        BaseTable iceberg = table.table(name.toString());
        Evolution.evolve(iceberg, schema);
        Specs.evolve(iceberg, layout);
        layouts.put(name, layout);
        return target(table, layout);
    }

    @Override
    public FileTarget reopen(TableName name) {
        Pointer there =
                pointer(name)
                        .filter(pointer -> pointer.kind() == DatasetState.Kind.TABLE)
                        .orElseThrow(() -> new IllegalStateException(name + " is no table"));
        Tables.Working table =
                working.computeIfAbsent(name, _ -> parts.tables().open(there.location()));
        return target(table, Specs.layout(table.current().spec()));
    }

    @Override
    public void renameColumns(TableName name, Map<String, String> names) {
        reopen(name);
        Evolution.rename(working(name).table(name.toString()), names);
    }

    private Tables.Working working(TableName name) {
        Tables.Working table = working.get(name);
        if (table == null) {
            throw new IllegalStateException(name + " was not prepared");
        }
        return table;
    }

    @Override
    public List<Suppression> suppressions(TableName source) {
        return new Suppressions(parts.catalog()).of(source);
    }

    @Override
    public void suppress(Collection<Suppression> values) {
        suppressed.addAll(values);
    }

    private static FileTarget target(Tables.Working table, Layout layout) {
        TableMetadata metadata = table.current();
        List<Field> fields = IcebergTypes.fields(metadata.schema());
        String folder = Scans.folder(metadata.location(), metadata.currentSchemaId());
        return new FileTarget(folder, fields, layout, FILE_BYTES_TARGET);
    }

    @Override
    public void commit(TableName name, Change change, Stamp stamp) {
        Tables.Working table = working(name);
        parts.faults().before("commit " + name);
        Changes.added(change).forEach(file -> writtenPaths.add(file.path()));
        Changes.apply(table, name, change);
        put(pointer(name, table, stamp), "written");
    }

    private Pointer pointer(TableName name, Tables.Working table, Stamp stamp) {
        Snapshot snapshot = table.current().currentSnapshot();
        Map<String, String> summary = snapshot == null ? Map.of() : snapshot.summary();
        return new Pointer(
                name,
                DatasetState.Kind.TABLE,
                table.location(),
                "",
                Field.schema(IcebergTypes.fields(table.current().schema())),
                stamp.version(),
                stamp.definition(),
                snapshot == null ? 0 : snapshot.snapshotId(),
                Long.parseLong(summary.getOrDefault("total-records", "0")),
                Long.parseLong(summary.getOrDefault("total-files-size", "0")),
                Long.parseLong(summary.getOrDefault("total-data-files", "0")),
                run,
                parts.clock().instant(),
                stamp.properties(),
                ledger(name));
    }

    /// Stays what it is until the draft records another.
    private String ledger(TableName name) {
        return pointer(name).map(Pointer::ledger).orElse("");
    }

    @Override
    public void commitView(TableName name, String sql, Schema schema, Stamp stamp) {
        put(
                new Pointer(
                        name,
                        DatasetState.Kind.VIEW,
                        "",
                        sql,
                        schema,
                        stamp.version(),
                        stamp.definition(),
                        0,
                        -1,
                        0,
                        0,
                        run,
                        parts.clock().instant(),
                        stamp.properties(),
                        ledger(name)),
                "written");
    }

    @Override
    public void annotate(TableName name, Map<String, String> properties) {
        pointer(name).ifPresent(pointer -> put(pointer.with(properties), "written"));
    }

    @Override
    public void declare(TableName name, Declaration declaration) {
        if (pointer(name).isPresent()) {
            annotate(name, Map.of(Declarations.PROPERTY, Declarations.id(declaration)));
            declared.put(name, declaration);
        }
    }

    private void put(Pointer pointer, String change) {
        parts.faults().before("overlay " + pointer.name());
        parts.catalog().putOverlay(run, pointer, change);
        dropped.remove(pointer.name());
        drafted.put(pointer.name(), pointer);
    }

    @Override
    public Set<Fingerprint> vaulted(TableName source) {
        return new VaultTable(parts.catalog()).batches(source);
    }

    @Override
    public void vault(VaultBatch batch) {
        vaulted.add(batch);
    }

    @Override
    public List<CorrectedFile> corrected(TableName source) {
        return base.corrected(source);
    }

    @Override
    public void correct(CorrectedFile file, List<CorrectedFile> known) {
        vaulted.add(file, known);
    }

    @Override
    public void shorten(CorrectedFile before, CorrectedFile after) {
        vaulted.shorten(before, after);
    }

    @Override
    public void recordBatches(TableName name, Collection<Batch> all) {
        batches.put(name, List.copyOf(all));
    }

    @Override
    public void recordFilled(TableName name, Collection<FilledInterval> all) {
        filled.put(name, List.copyOf(all));
    }

    @Override
    public void adopt(TableName name, LakeView from) {
        if (!(from instanceof PointerView view)) {
            throw new IllegalArgumentException("a view of this lake that is no draft is needed");
        }
        view.pointer(name).ifPresent(pointer -> put(pointer, "adopted"));
    }

    @Override
    public void rebase(
            EnvironmentName branch, Map<TableName, Environments.Mark> marks, Set<TableName> gone) {
        rebases.put(branch, new Rebase(marks, gone));
    }

    @Override
    public void move(TableName from, TableName to) {
        Optional<Pointer> there = pointer(from);
        if (there.isPresent()) {
            put(there.get().named(to), "moved");
            drop(from);
        }
    }

    @Override
    public void keep(TableName name) {
        Pointer pointer = drafted.get(name);
        if (pointer != null) {
            settled.put(name, pointer);
        }
    }

    @Override
    public void drop(TableName name) {
        pointer(name)
                .ifPresent(pointer -> {
                    put(pointer, "dropped");
                    drafted.remove(name);
                    dropped.add(name);
                });
    }

    @Override
    public void withhold(TableName name) {
        Pointer pointer = drafted.get(name);
        if (pointer != null && withheld.add(name)) {
            parts.catalog().putOverlay(run, pointer, "withheld");
        }
    }

    @Override
    public Set<TableName> withheld() {
        return Set.copyOf(withheld);
    }

    @Override
    public FileTarget prepareLog(TableName name, Schema schema) {
        Optional<Pointer> there = base.pointer(name);
        Tables.Working table =
                there.isPresent()
                        ? parts.tables().open(there.get().location())
                        : parts.tables().create(parts.folder(), name, schema, Layout.PLAIN);
        Evolution.evolve(table.table(name.toString()), schema);
        working.putIfAbsent(name, table);
        return target(working.getOrDefault(name, table), Layout.PLAIN);
    }

    @Override
    public void appendLog(TableName name, List<WrittenFile> files) {
        rewriteLog(name, new Change.Rewrite(Set.of(), files));
    }

    @Override
    public void rewriteLog(TableName name, Change.Rewrite change) {
        logs.merge(name, change, Change.Rewrite::and);
    }

    @Override
    public Published publish(RunEnd end, Map<TableName, Fingerprint> readVersions) {
        requireOpen();
        Map<TableName, Pointer> going = going();
        syncData();
        parts.faults().before("publish");
        parts.catalog()
                .inTransaction(() -> {
                    requireEnvironment();
                    parts.catalog().requireRunning(run);
                    Map<TableName, Pointer> now = parts.catalog().pointers(environment);
                    going.keySet().forEach(name -> requireUnchanged(name, now));
                    dropped.forEach(name -> requireUnchanged(name, now));
                    readVersions.forEach((name, version) -> requireVersion(name, version, now));
                    Instant at =
                            parts.catalog().publicationTime(environment, parts.clock().instant());
                    going.values().forEach(pointer -> publish(pointer, at));
                    dropped.forEach(name ->
                            base.pointer(name)
                                    .ifPresent(it ->
                                            parts.catalog().drop(environment, it.publishedAt(at))));
                    publishLogs(now, at);
                    new Suppressions(parts.catalog()).add(suppressed, at);
                    vaulted.list(
                            parts.catalog(),
                            name -> going.containsKey(name) && !withheld.contains(name));
                    rebases.forEach((branch, rebase) ->
                            parts.environments().rebase(branch, rebase.marks(), rebase.gone()));
                    parts.catalog().endRun(run, end.state(), end.endedAt(), end.message());
                    parts.catalog().published(run, at);
                    if (withheld.isEmpty()) {
                        parts.catalog().forgetOverlay(run);
                    }
                    parts.faults().before("commit publication");
                    return run;
                });
        isEnded = true;
        return new Published(List.copyOf(going.keySet()));
    }

    private SortedMap<TableName, Pointer> going() {
        SortedMap<TableName, Pointer> going = new TreeMap<>(drafted);
        going.keySet().removeAll(withheld);
        withheld.stream()
                .filter(settled::containsKey)
                .forEach(it -> going.put(it, settled.get(it)));
        return going;
    }

    private void publish(Pointer pointer, Instant at) {
        TableName name = pointer.name();
        parts.faults().before("pointer " + name);
        String ledger = withheld.contains(name) ? pointer.ledger() : publishedLedger(name, pointer);
        parts.catalog().publish(environment, pointer.publishedAt(at).withLedger(ledger));
        Declaration declaration = declared.get(name);
        if (declaration != null) {
            new Declarations(parts.catalog()).put(declaration);
        }
    }

    private String publishedLedger(TableName name, Pointer pointer) {
        if (!batches.containsKey(name) && !filled.containsKey(name)) {
            return pointer.ledger();
        }
        return parts.ledgers().save(new Ledger(batches(name), filled(name)));
    }

    /// A run does not bring back an environment that was dropped under it.
    private void requireEnvironment() {
        if (parts.environments().find(environment).isEmpty()) {
            throw AdeException.conflict(
                    "Cannot publish run %s: environment %s was dropped meanwhile"
                            .formatted(run, environment),
                    "Make it again: ade env create " + environment);
        }
    }

    /// Log rows go on top of whatever is there now, so two runs never conflict about them.
    private void publishLogs(Map<TableName, Pointer> now, Instant at) {
        new TreeMap<>(logs)
                .forEach((name, change) -> {
                    Tables.Working table = logTable(name, now);
                    Changes.apply(table, name, change);
                    Snapshot snapshot = table.current().currentSnapshot();
                    Fingerprint version =
                            Fingerprint.of(
                                    LOG_VERSION, snapshot == null ? 0 : snapshot.snapshotId());
                    Stamp stamp =
                            new Stamp(
                                    version,
                                    Fingerprint.of(LOG_VERSION),
                                    Map.of("kind", LOG_VERSION));
                    parts.catalog()
                            .publish(environment, pointer(name, table, stamp).publishedAt(at));
                });
    }

    private Tables.Working logTable(TableName name, Map<TableName, Pointer> now) {
        Pointer current = now.get(name);
        Tables.Working mine = working.get(name);
        if (current == null || mine == null) {
            return java.util.Objects.requireNonNull(mine);
        }
        Tables.Working table = parts.tables().open(current.location());
        Evolution.evolve(
                table.table(name.toString()),
                Field.schema(IcebergTypes.fields(mine.current().schema())));
        return table;
    }

    private void requireUnchanged(TableName name, Map<TableName, Pointer> now) {
        Optional<Pointer> before = base.pointer(name);
        Pointer current = now.get(name);
        boolean isSame =
                before.isEmpty()
                        ? current == null
                        : current != null && before.get().isSameAs(current);
        if (!isSame) {
            throw conflict(
                    name, current == null ? "dropped it" : "published it in run " + current.run());
        }
    }

    private void requireVersion(TableName name, Fingerprint version, Map<TableName, Pointer> now) {
        Pointer current = now.get(name);
        if (current == null || !current.version().equals(version)) {
            throw conflict(name, "changed it while this run read it");
        }
    }

    private AdeException conflict(TableName name, String what) {
        return AdeException.conflict(
                "Cannot publish run %s: somebody else %s meanwhile (%s)".formatted(run, what, name),
                "Run again: what they published will not be made again");
    }

    /// Forces the files of this run to the disk before anything points at them.
    private void syncData() {
        Set<String> paths = new HashSet<>(writtenPaths);
        logs.values().forEach(log -> log.added().forEach(file -> paths.add(file.path())));
        Disk.sync(paths);
    }

    @Override
    public void abandon(RunEnd end) {
        requireOpen();
        parts.catalog()
                .inTransaction(() -> {
                    publishLogs(
                            parts.catalog().pointers(environment),
                            parts.catalog().publicationTime(environment, parts.clock().instant()));
                    parts.catalog().endRun(run, end.state(), end.endedAt(), end.message());
                    return run;
                });
        isEnded = true;
    }

    @Override
    public void close() {
        if (!isEnded) {
            isEnded = true;
            parts.catalog()
                    .inTransaction(() -> {
                        parts.catalog()
                                .endRun(
                                        run,
                                        Lake.RunState.FAILED,
                                        parts.clock().instant(),
                                        "it was not published");
                        return run;
                    });
        }
    }

    private void requireOpen() {
        if (isEnded) {
            throw new IllegalStateException("run " + run + " has ended");
        }
    }

    private Optional<Pointer> pointer(TableName name) {
        if (dropped.contains(name)) {
            return Optional.empty();
        }
        Pointer own = drafted.get(name);
        return own != null ? Optional.of(own) : base.pointer(name);
    }

    @Override
    public Optional<Relation> find(TableName name, List<Bound> bounds) {
        return pointer(name).map(pointer -> PointerView.relation(parts.scans(), pointer, bounds));
    }

    @Override
    public Collection<TableName> names() {
        Set<TableName> names = new HashSet<>(base.names());
        names.addAll(drafted.keySet());
        names.removeAll(dropped);
        return names;
    }

    @Override
    public Optional<DatasetState> state(TableName name) {
        return pointer(name).map(Pointer::state);
    }

    @Override
    public List<DatasetState> states() {
        return names().stream().sorted().flatMap(name -> state(name).stream()).toList();
    }

    @Override
    public Optional<Declaration> declaration(TableName name) {
        Declaration own = declared.get(name);
        return own != null
                ? Optional.of(own)
                : pointer(name).flatMap(new Declarations(parts.catalog())::find);
    }

    @Override
    public List<Batch> batches(TableName name) {
        List<Batch> own = batches.get(name);
        return own != null ? own : drafted(name).batches();
    }

    @Override
    public List<FilledInterval> filled(TableName name) {
        List<FilledInterval> own = filled.get(name);
        return own != null ? own : drafted(name).filled();
    }

    private Ledger drafted(TableName name) {
        return parts.ledgers().load(ledger(name));
    }
}
