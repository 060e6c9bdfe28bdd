package dev.ade.ingest;

import dev.ade.code.library.Maven;
import dev.ade.code.library.MavenLibraries;
import dev.ade.duck.DuckEngine;
import dev.ade.ingest.cdc.CdcConnector;
import dev.ade.ingest.jdbc.JdbcConnector;
import dev.ade.ingest.sftp.Patience;
import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.EnvironmentName;
import dev.ade.model.LoadSpec;
import dev.ade.model.Settings.EngineSettings;
import dev.ade.model.Settings.MaintenanceSettings;
import dev.ade.model.SourceTable;
import dev.ade.spi.Compiler;
import dev.ade.spi.Connector;
import dev.ade.spi.Corrections;
import dev.ade.spi.Cursor;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Draft;
import dev.ade.spi.Keeper;
import dev.ade.spi.KeyGrid;
import dev.ade.spi.Lake;
import dev.ade.spi.LakeView;
import dev.ade.spi.Libraries;
import dev.ade.spi.Loader;
import dev.ade.spi.Loader.Inbox;
import dev.ade.spi.Loader.Loaded;
import dev.ade.spi.Privacy;
import dev.ade.spi.Progress;
import dev.ade.spi.Session;
import dev.ade.spi.Verified;
import dev.ade.spi.Watcher;
import dev.ade.store.Faults;
import dev.ade.store.IcebergLake;
import dev.ade.testkit.Postgres;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// A project folder with a real engine and a real lake beside it.
final class Yard implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final Path root;
    private final Path state;
    private final DuckEngine engine;
    private final Lake lake;
    private final Loader loader;
    private final Map<LoadSpec.SystemKind, Connector> connectors =
            new EnumMap<>(LoadSpec.SystemKind.class);

    /// With the password of every server of tests.
    private final Map<String, String> environment =
            new HashMap<>(Map.of("PASSWORD", Postgres.PASSWORD));

    private final Privacy privacy;
    private long written;

    private Progress progress = Progress.NONE;
    private Instant now = NOW;

    Yard(Path folder) throws IOException {
        this(folder, new PlainPrivacy());
    }

    Yard(Path folder, Privacy privacy) throws IOException {
        this.privacy = privacy;
        this.root = Files.createDirectories(folder.resolve("project"));
        this.state = folder.resolve("state");
        this.engine =
                new DuckEngine(
                        new EngineSettings(
                                2,
                                1L << 30,
                                state.resolve("spill"),
                                1L << 30,
                                2,
                                64L << 20,
                                Duration.ofMinutes(2),
                                1_000_000));
        this.lake =
                new IcebergLake(
                        state.resolve("lake"),
                        "jdbc:sqlite:" + state.resolve("ade.db"),
                        new MaintenanceSettings(
                                1000, Duration.ofDays(7), 5, Duration.ofDays(1), Optional.empty()),
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        Faults.NONE);
        FileLoader files =
                new FileLoader(
                        root, privacy, Clock.fixed(NOW, ZoneOffset.UTC), state.resolve("stages"));
        this.loader =
                new SourceLoader(
                        files,
                        new DropLoader(
                                new DropLoader.Place(root, state.resolve("stages")),
                                environment::get,
                                () -> engine,
                                new Patience(_ -> {}, RandomGenerator.getDefault()),
                                Clock.fixed(NOW, ZoneOffset.UTC),
                                files),
                        new OutsideLoader(
                                state.resolve("stages"),
                                Map.of(
                                        LoadSpec.SystemKind.JDBC,
                                        new Current(),
                                        LoadSpec.SystemKind.REST,
                                        new Current(),
                                        LoadSpec.SystemKind.CDC,
                                        new Current()),
                                environment::get,
                                () -> engine,
                                files));
    }

    /// The connector that a test has set.
    private final class Current implements Connector {
        @Override
        public Set<String> manners() {
            return connector().manners();
        }

        @Override
        public Offer look(Request request) {
            return connector().look(request);
        }

        @Override
        public Optional<List<Column>> columns(Request request) {
            return connector().columns(request);
        }

        @Override
        public Outcome read(Request request, Stage stage) {
            return connector().read(request, stage);
        }

        @Override
        public Outcome readNow(Request request, Stage stage) {
            return connector().readNow(request, stage);
        }

        @Override
        public List<String> key(Request request) {
            return connector().key(request);
        }

        @Override
        public Optional<KeyGrid.Sums> sums(
                Request request, KeyGrid grid, List<Column> columns, Progress told) {
            return connector().sums(request, grid, columns, told);
        }

        @Override
        public Outcome readNow(Request request, Stage stage, KeyGrid.Ranges ranges) {
            return connector().readNow(request, stage, ranges);
        }

        @Override
        public Found sample(Request request, Stage stage, long rowsMax) {
            return connector().sample(request, stage, rowsMax);
        }

        @Override
        public List<Listed> list(Request request) {
            return connector().list(request);
        }

        private Connector connector() {
            return Objects.requireNonNull(connectors.get(LoadSpec.SystemKind.JDBC));
        }
    }

    void connect(Connector connector) {
        connectors.put(LoadSpec.SystemKind.JDBC, connector);
    }

    /// Reads databases; drivers are what Maven has or fetches.
    static Connector databases() throws IOException {
        return new JdbcConnector(drivers());
    }

    /// Follows databases, as one run does: all that it reads is up to one place of a log.
    Connector followers() throws IOException {
        return followers("prod");
    }

    /// @param name of the environment into which the run loads
    Connector followers(String name) throws IOException {
        return new CdcConnector(
                root.resolve("slots"), () -> name, RandomGenerator.getDefault(), drivers());
    }

    static Libraries drivers() throws IOException {
        Path drivers = Files.createDirectories(Path.of("target", "drivers"));
        return new MavenLibraries(drivers, drivers, Maven.ofUser());
    }

    /// Loads from now on are of a later run.
    void later() {
        now = now.plusSeconds(1);
    }

    void progress(Progress other) {
        progress = other;
    }

    void environment(String name, String value) {
        environment.put(name, value);
    }

    /// A stage as a killed process leaves it.
    void leaveStage() throws IOException {
        Path left = Files.createDirectories(state.resolve("stages/left"));
        Files.writeString(left.resolve("lock"), "");
        Files.writeString(left.resolve("000000.ndjson"), "{}");
    }

    /// What stages have left.
    List<Path> staged() throws IOException {
        Path stages = state.resolve("stages");
        if (!Files.exists(stages)) {
            return List.of();
        }
        try (Stream<Path> left = Files.list(stages)) {
            return left.toList();
        }
    }

    Path root() {
        return root;
    }

    /// Writes a file of the project; each write has a later time of change than the one before.
    Path put(String name, String text) {
        return put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    Path put(String name, String text, Charset charset) {
        return put(name, text.getBytes(charset));
    }

    Path put(String name, byte[] bytes) {
        Path file = root.resolve(name);
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.write(file, bytes);
            written++;
            return Files.setLastModifiedTime(
                    file, FileTime.from(NOW.minusSeconds(1000).plusSeconds(written)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] gzip(String text) {
        var bytes = new java.io.ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// Makes a file with the engine: a COPY of a query.
    Path copy(String select, String name, String options) {
        Path file = put(name, "");
        try (Session session = engine.open(dev.ade.spi.Relations.none())) {
            session.execute("COPY (%s) TO '%s' (%s)".formatted(select, file, options));
        }
        return file;
    }

    void delete(String name) {
        try {
            Files.delete(root.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Inbox look(Declared declared) {
        return look(declared.source());
    }

    Inbox look(SourceTable source) {
        return loader.look(source, known(published(), source));
    }

    private static Loader.Known known(LakeView view, SourceTable source) {
        return Loader.Known.of(view, source.name());
    }

    /// What a load would find of other columns.
    List<String> drift(SourceTable source) {
        Loader.Known known = known(published(), source);
        return loader.drift(
                source,
                known,
                loader.look(source, known),
                new Loader.Glance(engine, Loader.ColumnReaders.NONE, Corrections.NONE));
    }

    /// Loads what there is and publishes it; where the load fails, nothing but the logs.
    Loaded load(Declared declared) {
        return load(declared.source());
    }

    Loaded load(SourceTable source) {
        return load(source, Compiler.Refresh.NOT_ASKED, inbox -> inbox, () -> {});
    }

    /// Loads what there is, and publishes it after something else.
    Loaded load(SourceTable source, Runnable meanwhile) {
        return load(source, Compiler.Refresh.NOT_ASKED, inbox -> inbox, meanwhile);
    }

    /// Begins, and loads what there is after something else.
    Loaded loadAfter(Runnable meanwhile, SourceTable source) {
        return load(
                source,
                Compiler.Refresh.NOT_ASKED,
                inbox -> {
                    meanwhile.run();
                    return inbox;
                },
                () -> {});
    }

    /// Loads all there is, whether it is known or not.
    Loaded refresh(Declared declared) {
        return refresh(declared.source());
    }

    Loaded refresh(SourceTable source) {
        return load(
                source,
                Compiler.Refresh.ASKED,
                inbox -> {
                    List<Loader.Item> all = new ArrayList<>(inbox.changed());
                    all.addAll(inbox.unchanged());
                    return new Inbox(
                            inbox.fresh(),
                            all,
                            List.of(),
                            inbox.gone(),
                            inbox.contract(),
                            inbox.version(),
                            inbox.news());
                },
                () -> {});
    }

    private Loaded load(
            SourceTable source,
            Compiler.Refresh refresh,
            UnaryOperator<Inbox> asking,
            Runnable beforeEnd) {
        try (Draft draft =
                        lake.begin(
                                EnvironmentName.PROD, new Lake.RunStart(NOW, "ade run", "tester"));
                Session session = engine.open(draft)) {
            Inbox inbox = asking.apply(loader.look(source, known(draft, source)));
            Loader.Context context =
                    new Loader.Context(
                            session,
                            draft,
                            privacy,
                            progress,
                            now,
                            refresh,
                            Loader.ColumnReaders.NONE,
                            Corrections.NONE,
                            Keeper.NONE,
                            Watcher.NONE);
            try {
                Loaded loaded = loader.load(source, inbox, context);
                beforeEnd.run();
                draft.publish(new Draft.RunEnd(NOW, Lake.RunState.PUBLISHED, ""), Map.of());
                return loaded;
            } catch (AdeException e) {
                draft.abandon(new Draft.RunEnd(NOW, Lake.RunState.FAILED, "failed"));
                throw e;
            }
        }
    }

    /// Publishes other rows of a dataset, as no load does.
    void falsify(SourceTable source, String select) {
        try (Draft draft =
                        lake.begin(
                                EnvironmentName.PROD, new Lake.RunStart(NOW, "by hand", "tester"));
                Session session = engine.open(draft)) {
            DatasetState state = draft.state(source.name()).orElseThrow();
            draft.commit(
                    source.name(),
                    new Draft.Change.ReplaceAll(session.write(select, draft.reopen(source.name()))),
                    new Draft.Stamp(state.version(), state.definition(), state.properties()));
            draft.publish(new Draft.RunEnd(NOW, Lake.RunState.PUBLISHED, ""), Map.of());
        }
    }

    Verified verify(Declared declared) {
        return verify(declared.source());
    }

    Verified verify(SourceTable source) {
        return verify(source, Loader.Depth.ROWS);
    }

    Verified verify(SourceTable source, Loader.Depth depth) {
        LakeView view = published();
        try (Session session = engine.open(view)) {
            return loader.verify(
                    source,
                    known(view, source),
                    new Loader.Sight(
                            session,
                            privacy,
                            progress,
                            NOW,
                            lake.suppressions(source.name()),
                            Corrections.NONE,
                            Optional.empty(),
                            depth));
        }
    }

    Loader.Inspection inspect(SourceTable source) {
        return loader.inspect(source, engine);
    }

    List<Connector.Listed> list(SourceTable source) {
        return loader.list(source);
    }

    Loader.Inspection inspect(Declared declared) {
        return loader.inspect(declared.source(), engine);
    }

    LakeView published() {
        return lake.read(EnvironmentName.PROD);
    }

    /// Rows of what is published as `a|b|c`.
    List<String> sql(String select) {
        try (Session session = engine.open(published());
                Cursor cursor = session.query(select)) {
            List<String> rows = new ArrayList<>();
            for (List<@Nullable Object> row : cursor.all(100_000)) {
                rows.add(row.stream().map(String::valueOf).collect(Collectors.joining("|")));
            }
            return rows;
        }
    }

    /// True where a file of the lake or its catalog holds `text`.
    boolean keeps(String text) throws IOException {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String latin = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                if (latin.contains(new String(wanted, StandardCharsets.ISO_8859_1))) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void close() {
        lake.close();
        engine.close();
    }
}
