package dev.ade.app;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.Project;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import dev.ade.run.Decisions;
import dev.ade.run.FailedRows;
import dev.ade.run.PastRuns;
import dev.ade.run.Plan;
import dev.ade.run.PlanReview;
import dev.ade.run.Planner;
import dev.ade.run.ProfileRows;
import dev.ade.run.PublishedChecks;
import dev.ade.run.Reviewer;
import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.run.RunRequest;
import dev.ade.run.Runner;
import dev.ade.run.Settled;
import dev.ade.run.Settler;
import dev.ade.run.SourceAges;
import dev.ade.run.Waiting;
import dev.ade.run.artifacts.Artifacts;
import dev.ade.run.compare.LostHistory;
import dev.ade.run.environment.Dropper;
import dev.ade.run.environment.LastRun;
import dev.ade.run.forget.Archiver;
import dev.ade.run.forget.ForgetRequest;
import dev.ade.run.forget.Forgetter;
import dev.ade.run.forget.Forgotten;
import dev.ade.run.forget.Retained;
import dev.ade.run.forget.Retainer;
import dev.ade.run.lineage.DerivedColumns;
import dev.ade.run.lineage.ProjectLineage;
import dev.ade.run.site.ColumnFacts;
import dev.ade.run.vault.VaultRoom;
import dev.ade.run.verify.Verdict;
import dev.ade.run.verify.Verifier;
import dev.ade.spi.Compiler.CompiledProject;
import dev.ade.spi.Connector;
import dev.ade.spi.Cursor;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Draft;
import dev.ade.spi.Lake;
import dev.ade.spi.LakeView;
import dev.ade.spi.Loader;
import dev.ade.spi.Maintenance;
import dev.ade.spi.Profile;
import dev.ade.spi.QueryLimits;
import dev.ade.spi.Relations;
import dev.ade.spi.Resource;
import dev.ade.spi.Session;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A project in a folder of this machine.
final class LocalAde implements Ade {
    /// A conflict makes a run plan again so often before it gives up.
    private static final int ATTEMPTS_MAX = 3;

    private final Options options;
    private final Clock clock;
    private final Wiring wiring;
    private final OpenQueries queries = new OpenQueries();
    private final AtomicReference<@Nullable Runner> running = new AtomicReference<>();

    LocalAde(Options options, Wiring wiring, Clock clock) {
        this.options = options;
        this.clock = clock;
        this.wiring = wiring;
    }

    @Override
    public Project project() {
        return wiring.compiled().project();
    }

    @Override
    public EnvironmentName environment() {
        return wiring.existingEnvironment();
    }

    @Override
    public AdeEnvironments environments() {
        return new Environs(wiring, clock);
    }

    @Override
    public Plan plan(RunRequest request) {
        return plan(request, wiring.lake().read(environment()));
    }

    @Override
    public PlanReview review(RunRequest request) {
        LakeView published = wiring.lake().read(environment());
        Settled settled = settle(request, published);
        return new Reviewer(settled, wiring.engine(), wiring.lineages(), wiring.loader())
                .review(
                        environment(),
                        plan(request, settled, published),
                        selected(request, published),
                        published);
    }

    private Plan plan(RunRequest request, LakeView published) {
        return plan(request, settle(request, published), published);
    }

    private Plan plan(RunRequest request, Settled settled, LakeView published) {
        LakeView view = settled.view(published);
        Plan plan =
                new Planner(settled, wiring.loader())
                        .plan(request, selected(request, published), view);
        return plan.warning(
                new LostHistory(settled.compiled(), view, wiring.engine()).of(plan.building()));
    }

    private Set<TableName> selected(RunRequest request, LakeView published) {
        return new Chosen(wiring.compiled(), past(published)).datasets(request);
    }

    private Settled settle(RunRequest request, LakeView published) {
        return new Settler(wiring.compiled(), wiring.engine()).settle(request, published);
    }

    @Override
    public RunReport run(RunRequest request, RunListener listener) {
        return told(
                request,
                Artifacts.Which.BUILD,
                listener,
                it -> isOnlyChecks(request) ? published(request, it) : attempts(request, it));
    }

    /// Checks alone change nothing: they are run on what is published.
    private boolean isOnlyChecks(RunRequest request) {
        LatePast past = new LatePast(() -> past(wiring.lake().read(environment())));
        return new Chosen(wiring.compiled(), past).isOnlyChecks(request);
    }

    /// Does something of which a listener and dbt's files tell, and what templates print.
    private RunReport told(
            RunRequest request,
            Artifacts.Which which,
            RunListener listener,
            Function<RunListener, RunReport> work) {
        return wiring.saying(
                listener::said,
                () -> new DbtFiles(wiring, clock).of(request, which, listener, work));
    }

    private RunReport attempts(RunRequest request, RunListener listener) {
        for (int attempt = 1; ; attempt++) {
            try {
                return new RunEvents(wiring, clock)
                        .tell(environment(), listener, it -> attempt(request, it));
            } catch (AdeException e) {
                if (e.kind() != AdeException.Kind.CONFLICT || attempt == ATTEMPTS_MAX) {
                    throw e;
                }
                listener.said(e.said() + ": planning again");
            }
        }
    }

    private RunReport attempt(RunRequest request, RunListener listener) {
        Instant started = clock.instant();
        LakeView published = wiring.lake().read(environment());
        Plan plan = plan(request, published);
        listener.planned(plan);
        if (plan.isEmpty()) {
            return nothingToDo(plan, started, listener);
        }
        Lake.RunStart start =
                new Lake.RunStart(started, request.command(), System.getProperty("user.name", ""));
        try (Draft draft = wiring.lake().begin(environment(), start)) {
            // What was planned on may have been published over until the draft fixed its base.
            Settled settled = settle(request, draft.base());
            Runner runner =
                    new Runner(
                            settled.compiled(),
                            wiring.stages(),
                            clock,
                            report -> DbtFiles.results(report, settled.compiled()));
            running.set(runner);
            boolean isOld =
                    !draft.base().states().equals(published.states())
                            || plan.isCorrectedBetween(published, draft.base());
            Plan current = isOld ? plan(request, settled, draft.base()) : plan;
            settled.rename(draft);
            RunReport report = runner.run(current, request, draft, listener);
            compactWhatIsFragmented(report);
            return report;
        } finally {
            running.set(null);
        }
    }

    private RunReport nothingToDo(Plan plan, Instant started, RunListener listener) {
        RunReport report =
                new RunReport(
                        Optional.empty(),
                        Lake.RunState.NOTHING_TO_DO,
                        plan,
                        List.of(),
                        List.of(),
                        List.of(),
                        "nothing to do: everything is published under its version",
                        Duration.between(started, clock.instant()));
        listener.ended(report);
        return report;
    }

    /// Small files are merged right after the run that made one too many; nobody waits for a nightly job.
    private void compactWhatIsFragmented(RunReport report) {
        if (report.published().isEmpty()) {
            return;
        }
        Maintenance maintenance = wiring.lake().maintenance();
        maintenance
                .fragmented(environment())
                .forEach(name -> maintenance.compact(environment(), name, wiring.engine()));
    }

    @Override
    public void cancel() {
        Runner runner = running.get();
        if (runner != null) {
            runner.cancel();
        }
        queries.cancel();
    }

    @Override
    public Cursor sql(String select, ReadPoint at) {
        return queries.query(wiring.engine().openLocked(readable(at), limits()), select);
    }

    @Override
    public long export(
            String select,
            ReadPoint at,
            Path file,
            Session.ExportFormat format,
            Map<String, String> exportOptions) {
        String target = file.toAbsolutePath().toString();
        return queries.use(
                wiring.engine().openLocked(readable(at), limits()),
                session -> session.export(select, target, format, exportOptions));
    }

    private QueryLimits limits() {
        var settings = wiring.settings().engine();
        return new QueryLimits(settings.queryTimeout(), settings.queryRowsMax());
    }

    /// What queries of users may read.
    private Relations readable(ReadPoint at) {
        Relations rows =
                new FailedRows(view(at), wiring.engine(), () -> wiring.compiled().failureTables());
        return at instanceof ReadPoint.AsOf(Instant instant)
                ? new PastRelations(rows, wiring.lake().read(environment()).names(), instant)
                : rows;
    }

    private LakeView view(ReadPoint at) {
        return switch (at) {
            case ReadPoint.Now _ -> wiring.lake().read(environment());
            case ReadPoint.AsOf past -> {
                if (past.instant().isAfter(clock.instant())) {
                    throw AdeException.user(
                            "Cannot read as of %s: that is to come".formatted(past.instant()),
                            "Leave the time out for what is there now");
                }
                yield wiring.lake().readAt(environment(), past.instant());
            }
            case ReadPoint.OfSnapshot one ->
                    wiring.lake().readAt(environment(), one.dataset(), one.snapshotId());
            case ReadPoint.OfRun of ->
                    wiring.lake()
                            .overlay(of.run())
                            .orElseThrow(() ->
                                    AdeException.user(
                                            "Cannot read run %s: it has no overlay"
                                                    .formatted(of.run()),
                                            "It was published, or its overlay was collected:"
                                                    + " ade status lists runs"));
        };
    }

    @Override
    public List<DatasetState> datasets(ReadPoint at) {
        return view(at).states();
    }

    @Override
    public List<Lake.RunRecord> runs(int limit) {
        return wiring.lake().runs(environment(), limit);
    }

    @Override
    public List<Waiting> waiting() {
        LakeView published = wiring.lake().read(environment());
        return Waiting.of(project(), published, wiring.engine());
    }

    @Override
    public Optional<Lake.RunRecord> lastRun() {
        return LastRun.of(wiring.lake(), environment());
    }

    @Override
    public Optional<Profile> profile(TableName dataset) {
        LakeView view = wiring.lake().read(environment());
        Optional<DatasetState> state = view.state(dataset);
        if (state.isEmpty() || view.state(TableName.of("ade", "profiles")).isEmpty()) {
            return Optional.empty();
        }
        try (Session session = wiring.engine().open(view)) {
            return ProfileRows.read(
                    session, wiring.stages().profiler(), dataset, state.get().version());
        }
    }

    @Override
    public RunReport check(RunRequest request, RunListener listener) {
        return told(request, Artifacts.Which.TEST, listener, it -> published(request, it));
    }

    private RunReport published(RunRequest request, RunListener listener) {
        LakeView published = wiring.lake().read(environment());
        Set<String> selected = new Chosen(wiring.compiled(), past(published)).checks(request);
        return new PublishedChecks(wiring.compiled(), wiring.stages(), clock)
                .run(published, selected, request.conduct().onFailure(), listener);
    }

    @Override
    public void checkLoads() {
        project().sources().values().forEach(wiring.declaredLoads()::check);
    }

    @Override
    public List<Resource> list(RunRequest request) {
        LatePast past = new LatePast(() -> past(wiring.lake().read(environment())));
        return new Chosen(wiring.compiled(), past).resources(request);
    }

    @Override
    public AdeTemplates templates(Consumer<String> says) {
        return new Templates(wiring, says);
    }

    @Override
    public AdeDocs docs() {
        return new Docs(wiring, clock, () -> ColumnFacts.of(lineage(), privacyReport()));
    }

    @Override
    public SourceFreshness freshness(RunRequest request) {
        SourceFreshness found = ages(request);
        new DbtFiles(wiring, clock).sources(found);
        return found;
    }

    private SourceFreshness ages(RunRequest request) {
        LakeView published = wiring.lake().read(environment());
        CompiledProject compiled = wiring.compiled();
        Instant now = clock.instant();
        SourceAges ages = new SourceAges(published, wiring.engine(), now);
        return new SourceFreshness(
                now,
                compiled
                        .select(
                                request.select(),
                                request.exclude(),
                                new Chosen(compiled, past(published)).past(request))
                        .stream()
                        .flatMap(name ->
                                Optional.ofNullable(compiled.project().sources().get(name))
                                        .stream())
                        .filter(source -> source.freshness().isPresent())
                        .map(ages::of)
                        .toList());
    }

    @Override
    public void verify(RunRequest request, Loader.Depth depth, Consumer<Verdict> verdicts) {
        LakeView published = wiring.lake().read(environment());
        Verifier verifier =
                new Verifier(
                        new Verifier.Parts(
                                project(),
                                wiring.lake(),
                                wiring.loader(),
                                wiring.privacy(),
                                wiring.vault(),
                                clock),
                        published,
                        queries.progress());
        for (SourceTable source : verifiable(request, published)) {
            verdicts.accept(
                    queries.use(
                            wiring.engine().open(published),
                            session -> verifier.of(source, session, depth)));
        }
    }

    private List<SourceTable> verifiable(RunRequest request, LakeView published) {
        List<SourceTable> sources =
                selected(request, published).stream()
                        .sorted()
                        .flatMap(
                                name -> Optional.ofNullable(project().sources().get(name)).stream())
                        .filter(source -> source.origin() == SourceTable.Origin.SOURCE)
                        .toList();
        if (sources.isEmpty()) {
            throw AdeException.user(
                    "Cannot compare sources: none is selected", "ade ls --select 'source:*'");
        }
        return sources;
    }

    private PastRuns past(LakeView published) {
        return new PastRuns(published, wiring.engine());
    }

    @Override
    public Loader.Inspection inspect(
            String pattern, TableName name, Map<String, Object> readerOptions) {
        SourceTable proposal = new Proposals(project().settings()).of(pattern, name, readerOptions);
        return wiring.loader().inspect(proposal, wiring.engine());
    }

    @Override
    public Optional<List<Connector.Listed>> tables(String connection) {
        return new Proposals(project().settings())
                .ofConnection(connection)
                .map(proposal -> wiring.loader().list(proposal));
    }

    @Override
    public AdeRejected rejected() {
        return new Rejecteds(wiring, clock);
    }

    @Override
    public Map<TableName, List<Decisions.Landed>> privacyReport() {
        Map<TableName, List<Decisions.Landed>> report = new TreeMap<>();
        LakeView view = wiring.lake().read(environment());
        for (TableName source : project().sources().keySet()) {
            view.state(source).ifPresent(state -> report.put(source, Decisions.of(state)));
        }
        report.putAll(DerivedColumns.of(lineage()));
        return report;
    }

    @Override
    public ProjectLineage lineage() {
        LakeView view = wiring.lake().read(environment());
        return new ProjectLineage(wiring.compiled(), wiring.lineages(), view::state);
    }

    @Override
    public String reveal(String realm, String token, String reason) {
        return wiring.privacy().reveal(realm, token, reason);
    }

    @Override
    public int rotateKeys() {
        return wiring.keyring().rotate();
    }

    @Override
    public int changeMasterKey(Path to) {
        return new MasterKeyChange(wiring.lake(), wiring.keyring()).to(to);
    }

    @Override
    public VaultRoom vault() {
        return wiring.vaultRoom();
    }

    @Override
    public Forgotten forget(ForgetRequest request) {
        return new Forgetter(
                        new Forgetter.Parts(
                                wiring.lake(),
                                wiring.engine(),
                                wiring.privacy(),
                                wiring.compiled(),
                                wiring.lineages(),
                                wiring.settings().state().resolve("certificates"),
                                wiring.staging(),
                                wiring.settings().engine().scratches(),
                                wiring.taps(),
                                wiring.vault(),
                                clock,
                                System.getProperty("user.name", "")))
                .forget(request);
    }

    @Override
    public Retained expired() {
        return retainer().look(environment());
    }

    @Override
    public Retained retain() {
        return retainer().apply(environment());
    }

    @Override
    public List<AdeException> undated() {
        return retainer().undated(environment());
    }

    @Override
    public List<Archiver.Moved> archive(Maintenance.Effect effect) {
        return new Archiver(wiring.lake(), project(), clock).apply(environment(), effect);
    }

    private Retainer retainer() {
        return new Retainer(
                new Retainer.Parts(
                        wiring.lake(),
                        wiring.engine(),
                        project(),
                        clock,
                        System.getProperty("user.name", "")));
    }

    @Override
    public Dropper.Dropped drop(Set<TableName> names, Maintenance.Effect effect) {
        Dropper dropper = new Dropper(wiring.lake(), wiring.engine(), project(), clock);
        Lake.RunStart start =
                new Lake.RunStart(clock.instant(), "ade drop", System.getProperty("user.name", ""));
        return switch (effect) {
            case DRY_RUN -> dropper.look(environment(), names);
            case DELETE -> dropper.drop(environment(), names, start);
        };
    }

    @Override
    public Maintenance.Report maintain(Maintenance.Effect effect) {
        Maintenance maintenance = wiring.lake().maintenance();
        List<Maintenance.Report> reports = new ArrayList<>();
        if (effect == Maintenance.Effect.DELETE) {
            maintenance
                    .fragmented(environment())
                    .forEach(name ->
                            reports.add(maintenance.compact(environment(), name, wiring.engine())));
        }
        reports.add(maintenance.sweep(effect));
        reports.add(vault().sweep(effect, maintenance.keptSince()));
        return reports.stream().reduce(LocalAde::sum).orElseThrow();
    }

    private static Maintenance.Report sum(Maintenance.Report a, Maintenance.Report b) {
        List<String> details = new ArrayList<>(a.details());
        details.addAll(b.details());
        return new Maintenance.Report(
                a.snapshotsExpired() + b.snapshotsExpired(),
                a.filesRewritten() + b.filesRewritten(),
                a.filesRemoved() + b.filesRemoved(),
                a.bytesRemoved() + b.bytesRemoved(),
                details);
    }

    @Override
    public List<Finding> doctor() {
        return new Doctor(options, wiring).findings();
    }

    @Override
    public void close() {
        wiring.close();
    }
}
