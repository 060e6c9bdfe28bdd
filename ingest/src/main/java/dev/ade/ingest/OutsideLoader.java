package dev.ade.ingest;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Fingerprint;
import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.SourceTable;
import dev.ade.spi.Batch;
import dev.ade.spi.Compiler;
import dev.ade.spi.Connector;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Engine;
import dev.ade.spi.Loader;
import dev.ade.spi.Verified;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Loads what connectors read. A reading is staged as files first, and loaded from there as files are: so that the
/// outside is asked once and only as long as it takes to read, every row is accounted for by a count of its own, and
/// bad rows are found without asking again. Where the next reading begins is published with the rows.
public final class OutsideLoader implements Loader {
    /// The property under which a dataset keeps where its next reading begins.
    static final String POSITION = "source_position";

    private final Path stages;
    private final Map<LoadSpec.SystemKind, Connector> connectors;
    private final Function<String, @Nullable String> environment;
    private final Supplier<Engine> engine;
    private final FileLoader samples;

    /// @param stages a folder of the project's state
    /// @param environment variables that settings may name
    /// @param samples looks at what was staged to be inspected
    public OutsideLoader(
            Path stages,
            Map<LoadSpec.SystemKind, Connector> connectors,
            Function<String, @Nullable String> environment,
            Supplier<Engine> engine,
            FileLoader samples) {
        this.samples = samples;
        this.stages = stages;
        this.connectors = Map.copyOf(connectors);
        this.environment = environment;
        this.engine = engine;
    }

    @Override
    public Inbox look(SourceTable source, Known known) {
        LoadSpec.Outside load = load(source);
        known.state().ifPresent(state -> requireHistory(source, load, state));
        Contract accepted = Contract.of(source, load, connector(load));
        Fingerprint contract = accepted.fingerprint();
        Optional<DatasetState> state =
                known.state().filter(it -> accepted.holds(it.definition()) || isLog(load));
        Connector.Offer offer =
                connector(load).look(request(source, load, position(state), Instant.EPOCH));
        boolean isSame = state.filter(it -> accepted.holds(it.definition())).isPresent();
        if (offer.news().isEmpty() && isSame) {
            return nothingButNames(source, known, state.get(), contract);
        }
        Item reading =
                new Item(
                        Fingerprint.of("to be read"),
                        source.name().toString(),
                        "",
                        0,
                        Instant.EPOCH);
        boolean isContinued = state.isPresent() && load.mode() != Mode.REPLACE;
        boolean onlyAdds = isContinued || known.state().isEmpty();
        return new Inbox(
                onlyAdds ? List.of(reading) : List.of(),
                onlyAdds ? List.of() : List.of(reading),
                isContinued ? items(known.batches()) : List.of(),
                List.of(),
                contract,
                Fingerprint.of(contract, "to be read"),
                Optional.of(news(known, isSame, offer)));
    }

    private static Inbox nothingButNames(
            SourceTable source, Known known, DatasetState state, Fingerprint contract) {
        Optional<String> names = Renaming.of(source, state).news();
        List<Item> there = items(known.batches());
        List<Fingerprint> all = there.stream().map(Item::id).sorted().toList();
        return new Inbox(
                List.of(),
                List.of(),
                there,
                List.of(),
                contract,
                names.isEmpty()
                        ? state.version()
                        : Contract.version(source, contract, source.load().mode(), all),
                names);
    }

    private static String news(Known known, boolean isSame, Connector.Offer offer) {
        if (offer.isObstacle()) {
            return offer.news().orElse("");
        }
        return known.state().isEmpty()
                ? "it is not loaded yet"
                : isSame ? offer.news().orElse("") : "its declaration changed";
    }

    /// The rows of a table as it is are no changes, and those of before cannot be had any more.
    private static void requireHistory(
            SourceTable source, LoadSpec.Outside load, DatasetState state) {
        List<Column> own = Connector.History.of(load);
        if (!own.isEmpty()
                && own.stream()
                        .noneMatch(column -> state.schema().find(column.name()).isPresent())) {
            throw AdeException.user(
                            "Cannot load %s: mode: append keeps every change, and what is published under this name is the table as it was"
                                    .formatted(source.name()),
                            "Give the history a name of its own")
                    .at(source.location());
        }
    }

    /// Rows of a log that was once read cannot be had again, so they stay whatever the declaration says later.
    private static boolean isLog(LoadSpec.Outside load) {
        return load.system().knowsKey() && load.mode() == Mode.APPEND;
    }

    private static List<Item> items(List<Batch> batches) {
        return batches.stream()
                .map(batch ->
                        new Item(batch.id(), batch.origin(), "", batch.bytes(), batch.modifiedAt()))
                .toList();
    }

    @Override
    public Loaded load(SourceTable source, Inbox inbox, Context context) {
        Optional<String> position =
                isContinued(load(source), inbox, context)
                        ? position(context.draft().state(source.name()))
                        : Optional.empty();
        try {
            return read(source, inbox, context, position);
        } catch (Connector.PositionLost e) {
            Loaded all = read(source, inbox, context, Optional.empty());
            return all.remarking(List.of("all rows were read again: " + e.reason()));
        }
    }

    private Loaded read(
            SourceTable source, Inbox inbox, Context context, Optional<String> position) {
        LoadSpec.Outside load = load(source);
        Connector.Request request =
                request(source, load, position, context.now())
                        .reading(
                                extent(source, context, position),
                                position(context.draft().state(source.name())),
                                new Connector.Runs(
                                        Optional.of(context.draft().run()),
                                        context.draft().beside()));
        try (StageFolder stage = StageFolder.in(stages, engine.get(), context)) {
            context.progress().phase("reading " + load.system().word());
            Connector.Outcome outcome = connector(load).read(request, stage);
            Fingerprint reading =
                    position.map(from -> Fingerprint.of(inbox.contract(), from))
                            .orElse(inbox.contract());
            List<Item> items = stage.items(reading, context.now());
            boolean isAdded = isAdded(load, position, isContinued(load, inbox, context));
            Inbox staged = staged(source, inbox, items, isAdded);
            SourceTable keyed = keyed(source, load, outcome);
            Loaded loaded =
                    items.isEmpty() && !isRenaming(source, context)
                            ? nothing(source, context)
                            : new Loading(
                                            keyed,
                                            files(load(keyed), position),
                                            staged,
                                            context,
                                            new Loading.Place(
                                                    stage.staged().leaving(rest(load, context)),
                                                    stages))
                                    .run();
            requireAll(source, outcome, loaded);
            outcome.position()
                    .or(() -> items.isEmpty() ? position : Optional.empty())
                    .ifPresent(next ->
                            context.draft()
                                    .annotate(
                                            source.name(),
                                            properties(connector(load), request, next)));
            return loaded.remarking(outcome.remarks());
        }
    }

    /// A full refresh gives what a table has now, also of a merge. Of systems that may give the last of their rows only,
    /// what is not there any more stays.
    private static Staged.Rest rest(LoadSpec.Outside load, Context context) {
        return context.refresh() == Compiler.Refresh.ASKED && load.system().hasTables()
                ? Staged.Rest.GOES
                : Staged.Rest.STAYS;
    }

    /// Where what is published is replaced, readers must not see less until the next reading.
    private static Connector.Extent extent(
            SourceTable source, Context context, Optional<String> position) {
        boolean isThere =
                context.draft().state(source.name()).filter(state -> state.rows() > 0).isPresent();
        return isThere && position.isEmpty() ? Connector.Extent.ALL : Connector.Extent.PART;
    }

    private static Map<String, String> properties(
            Connector connector, Connector.Request request, String position) {
        Map<String, String> properties = new HashMap<>();
        properties.put(POSITION, position);
        connector.keeps(request, position).ifPresent(kept -> properties.put(KEPT_OUTSIDE, kept));
        return properties;
    }

    private static boolean isRenaming(SourceTable source, Context context) {
        return context.draft()
                .state(source.name())
                .filter(state -> !Renaming.of(source, state).isNothing())
                .isPresent();
    }

    /// Whether a reading goes on where the last one ended.
    private static boolean isContinued(LoadSpec.Outside load, Inbox inbox, Context context) {
        return inbox.changed().isEmpty()
                && load.mode() != Mode.REPLACE
                && context.refresh() == Compiler.Refresh.NOT_ASKED;
    }

    /// Whether batches of before stay. A system that follows a log has all of it in a reading without a position.
    private static boolean isAdded(
            LoadSpec.Outside load, Optional<String> position, boolean isContinued) {
        return load.system().knowsKey() ? position.isPresent() || isLog(load) : isContinued;
    }

    /// The source with the key that the system told.
    private static SourceTable keyed(
            SourceTable source, LoadSpec.Outside load, Connector.Outcome outcome) {
        return outcome.key().isEmpty() ? source : source.with(load.keyedBy(outcome.key()));
    }

    private static Inbox staged(
            SourceTable source, Inbox inbox, List<Item> items, boolean isAdded) {
        Mode mode = source.load().mode();
        List<Item> kept = new ArrayList<>(isAdded ? inbox.unchanged() : List.of());
        if (isLog(load(source))) {
            // What a log said once cannot be read again.
            kept.addAll(inbox.changed());
        }
        List<Fingerprint> all =
                Stream.concat(kept.stream(), items.stream()).map(Item::id).sorted().toList();
        return new Inbox(
                items,
                List.of(),
                kept,
                List.of(),
                inbox.contract(),
                Contract.version(source, inbox.contract(), mode, all),
                inbox.news());
    }

    private static LoadSpec.Files files(LoadSpec.Outside load, Optional<String> position) {
        return new LoadSpec.Files(
                List.of("staged"),
                LoadSpec.Format.AUTO,
                landing(load, position),
                load.key(),
                Map.of(),
                load.rejectLimit());
    }

    /// Rows that may come again are told apart by their key. Where a log is followed, the first reading has each row
    /// once.
    private static Mode landing(LoadSpec.Outside load, Optional<String> position) {
        if (load.system().knowsKey() && !isLog(load)) {
            return position.isEmpty() ? Mode.REPLACE : load.mode();
        }
        boolean isAgain = load.mode() == Mode.APPEND && !load.key().isEmpty() && !isLog(load);
        return isAgain ? Mode.MERGE : load.mode();
    }

    private static Loaded nothing(SourceTable source, Context context) {
        if (context.draft().state(source.name()).isEmpty()) {
            throw new IllegalStateException(source.name() + " was read, but no part was staged");
        }
        return Loaded.nothing(source.name());
    }

    private static void requireAll(SourceTable source, Connector.Outcome outcome, Loaded loaded) {
        if (outcome.rows().isPresent() && outcome.rows().getAsLong() != loaded.read()) {
            throw AdeException.data(
                            "Cannot load %s: the source has %,d rows, %,d were read"
                                    .formatted(
                                            source.name(),
                                            outcome.rows().getAsLong(),
                                            loaded.read()),
                            "Nothing was published. Run again; if it stays so, rows are lost on the way")
                    .at(source.location());
        }
    }

    /// Whether values of a text would fit what the column was is not known before they are read, so it is taken to be so.
    @Override
    public List<String> drift(SourceTable source, Known known, Inbox inbox, Glance glance) {
        LoadSpec.Outside load = load(source);
        boolean isFirst = known.state().isEmpty();
        boolean isKnown =
                load.system().isCode()
                        && known.state()
                                .filter(it -> it.definition().equals(inbox.contract()))
                                .isPresent();
        if (inbox.isEmpty() || isKnown || (isFirst && !Unfound.isPossible(source))) {
            return List.of();
        }
        Optional<String> position = position(known.state());
        ReaderOptions none = new ReaderOptions(Map.of());
        return connector(load)
                .columns(request(source, load, position, Instant.EPOCH))
                .map(columns ->
                        new Reconciler(
                                        source,
                                        Expected.of(source, none, known.state()),
                                        List.of(
                                                new Reconciler.FileShape(
                                                        "the source",
                                                        stages,
                                                        new Shape(
                                                                        LoadSpec.Format.PARQUET,
                                                                        Dialect.PLAIN,
                                                                        columns)
                                                                .under(
                                                                        source.aliases(),
                                                                        "the source"))),
                                        (_, _, _) -> new Reconciler.Fit(0, 0, 0),
                                        glance.readers())
                                .reconcile()
                                .drift())
                .filter(_ -> !isFirst)
                .orElse(List.of());
    }

    @Override
    public Verified verify(SourceTable source, Known known, Sight sight) {
        LoadSpec.Outside load = load(source);
        Contract contract = Contract.of(source, load, connector(load));
        DatasetState state = Verifying.published(source, known.state(), contract);
        if (isLog(load)) {
            throw AdeException.user(
                            "Cannot compare %s with its source: it holds every change, the source only what became of them"
                                    .formatted(source.name()),
                            "Compare a dataset of the table as it is: leave mode: out of load")
                    .at(source.location());
        }
        Optional<String> news =
                connector(load)
                        .look(request(source, load, position(known.state()), Instant.EPOCH))
                        .news();
        Connector.Request all = request(source, load, Optional.empty(), sight.now());
        Optional<Checksums.Found> sums = checksums(source, state, all, sight);
        if (sums.filter(Checksums.Found::isEqual).isPresent()) {
            return sums.get().verified();
        }
        List<String> notes =
                new ArrayList<>(
                        news.map("the next load finds something: "::concat).stream().toList());
        if (sums.isEmpty() && sight.depth() == Depth.CHECKSUMS) {
            notes.add(
                    source.aliases().isEmpty()
                            ? "every row was read: there are no checksums of a table without a whole number as key, or of this system"
                            : "every row was read: there are no checksums of columns that have aliases");
        }
        try (StageFolder stage = StageFolder.in(stages, engine.get(), sight)) {
            Connector.Outcome outcome =
                    sums.isPresent()
                            ? connector(load).readNow(all, stage, sums.get().ranges())
                            : connector(load).readNow(all, stage);
            SourceTable keyed = keyed(source, load, outcome);
            Verified rows =
                    new Verifying(
                                    keyed,
                                    files(load(keyed), Optional.empty()),
                                    stage.staged(),
                                    Desk.of(sight, Optional.of(state), Set.of(), stages),
                                    new Verifying.Apart(
                                            Set.of(),
                                            newest(source, state),
                                            sight.cut(),
                                            sums.map(Checksums.Found::ranges)))
                            .noting(notes)
                            .run(stage.items(contract.fingerprint(), sight.now()), outcome.rows());
            return sums.map(it -> it.with(rows)).orElse(rows);
        }
    }

    private Optional<Checksums.Found> checksums(
            SourceTable source, DatasetState state, Connector.Request all, Sight sight) {
        if (sight.depth() == Depth.ROWS || !source.aliases().isEmpty()) {
            return Optional.empty();
        }
        Connector connector = connector(all.load());
        SourceTable keyed = source.with(all.load().keyedBy(connector.key(all)));
        Checksums checksums = new Checksums(keyed, state, sight.session());
        return checksums
                .grid(cursor(all.load()))
                .flatMap(grid ->
                        connector
                                .sums(all, grid, checksums.wanted(), sight.progress())
                                .map(sums -> checksums.compare(grid, sums)));
    }

    /// Where the last load ended, where a column says it.
    private static Optional<Verifying.Newest> newest(SourceTable source, DatasetState state) {
        return cursor(load(source))
                .flatMap(cursor ->
                        Optional.ofNullable(state.properties().get(POSITION))
                                .map(position ->
                                        new Verifying.Newest(
                                                source.aliases().own(cursor), position)));
    }

    private static Optional<String> cursor(LoadSpec.Outside load) {
        boolean isTold = load.system() == LoadSpec.SystemKind.JDBC && load.mode() != Mode.REPLACE;
        return isTold
                ? Optional.ofNullable(load.settings().get("cursor")).map(Object::toString)
                : Optional.empty();
    }

    @Override
    public Inspection inspect(SourceTable proposal, Engine someEngine) {
        LoadSpec.Outside load = load(proposal);
        Connector.Request request = request(proposal, load, Optional.empty(), Instant.EPOCH);
        try (StageFolder stage = StageFolder.in(stages, someEngine, samples.privacy())) {
            Connector.Found found = connector(load).sample(request, stage, Inspector.ROWS);
            stage.writeAll();
            return new OutsideInspection(proposal, load, found)
                    .of(
                            stage.items(Fingerprint.of("a sample"), Instant.EPOCH),
                            staged -> samples.inspect(staged, someEngine));
        }
    }

    @Override
    public List<Connector.Listed> list(SourceTable proposal) {
        LoadSpec.Outside load = load(proposal);
        return connector(load).list(request(proposal, load, Optional.empty(), Instant.EPOCH));
    }

    private Connector.Request request(
            SourceTable source, LoadSpec.Outside load, Optional<String> position, Instant now) {
        Map<String, Object> settings = new OutsideSettings(source, environment).of(load.settings());
        return new Connector.Request(source, load, settings, position, now);
    }

    private Connector connector(LoadSpec.Outside load) {
        return Objects.requireNonNull(
                connectors.get(load.system()), () -> "no connector for " + load.system().word());
    }

    private static Optional<String> position(Optional<DatasetState> state) {
        return state.map(there -> there.properties().get(POSITION));
    }

    private static LoadSpec.Outside load(SourceTable source) {
        return switch (source.load()) {
            case LoadSpec.Outside outside -> outside;
            case LoadSpec.Files _ ->
                    throw new IllegalArgumentException(source.name() + " is loaded from files");
        };
    }
}
