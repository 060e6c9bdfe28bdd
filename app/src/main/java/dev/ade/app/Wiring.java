package dev.ade.app;

import dev.ade.code.compile.JavaModels;
import dev.ade.code.library.Maven;
import dev.ade.code.library.MavenLibraries;
import dev.ade.code.source.JavaConnector;
import dev.ade.duck.DuckEngine;
import dev.ade.ingest.DeclaredLoads;
import dev.ade.ingest.DropLoader;
import dev.ade.ingest.FileLoader;
import dev.ade.ingest.OutsideLoader;
import dev.ade.ingest.SourceLoader;
import dev.ade.ingest.cdc.CdcConnector;
import dev.ade.ingest.estate.EstateConnector;
import dev.ade.ingest.estate.Estates;
import dev.ade.ingest.jdbc.JdbcConnector;
import dev.ade.ingest.rest.RestConnector;
import dev.ade.ingest.sftp.Patience;
import dev.ade.ingest.singer.SingerConnector;
import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.LoadSpec;
import dev.ade.model.Location;
import dev.ade.model.Settings;
import dev.ade.privacy.FileVault;
import dev.ade.privacy.KeyedPrivacy;
import dev.ade.privacy.Keyring;
import dev.ade.project.Invocation;
import dev.ade.project.ProjectReader;
import dev.ade.quality.check.SqlChecker;
import dev.ade.quality.profile.SketchProfiler;
import dev.ade.run.Stages;
import dev.ade.run.lineage.LineageCache;
import dev.ade.run.vault.ReadLog;
import dev.ade.run.vault.VaultRoom;
import dev.ade.spi.Compiler.CompiledProject;
import dev.ade.spi.Connector;
import dev.ade.spi.Engine;
import dev.ade.spi.Lake;
import dev.ade.spi.LakeView;
import dev.ade.spi.Libraries;
import dev.ade.spi.Loader;
import dev.ade.spi.Privacy;
import dev.ade.spi.Vault;
import dev.ade.store.Faults;
import dev.ade.store.IcebergLake;
import dev.ade.store.rest.IcebergConnector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes the parts and hands them to each other: the one place that sees all of them. Each is made when it is
/// first asked for. Thread-safe.
final class Wiring implements AutoCloseable {
    private static final String MASTER_KEY = "ADE_MASTER_KEY";

    /// Folder of compiled classes, in the project's state.
    private static final String JAVA_CLASSES = "java";

    /// Folder of jars that Maven fetched, there too.
    private static final String JARS = "libraries";

    private final Ade.Options options;
    private final Clock clock;

    /// Loads ask it side by side, which the default one does not stand.
    private final Random random = new Random();

    private final Faults faults;
    private final ProjectReader reader;
    private final Object reading = new Object();
    private final LineageCache lineages =
            new LineageCache((select, schemas) -> engine().lineage(select, schemas));

    private volatile Consumer<String> says = _ -> {};

    private ProjectReader.@Nullable Opened opened;
    private @Nullable EnvironmentName environment;
    private boolean isExisting;
    private @Nullable CompiledProject compiled;
    private @Nullable IcebergLake lake;
    private @Nullable Engine engine;
    private @Nullable Keyring keyring;
    private @Nullable RestConnector apis;
    private @Nullable Libraries libraries;

    Wiring(Ade.Options options, Clock clock) {
        this(options, clock, Faults.NONE);
    }

    /// @param faults for tests that stop at a write
    Wiring(Ade.Options options, Clock clock, Faults faults) {
        this.options = options;
        this.clock = clock;
        this.faults = faults;
        this.reader =
                new ProjectReader(
                                Host.machine(),
                                sql -> engine().references(sql),
                                System::getenv,
                                Invocation.at(clock.instant(), text -> says.accept(text)))
                        .understanding((root, state) ->
                                new JavaModels(
                                        root, state.resolve(JAVA_CLASSES), this::projectLibraries))
                        .remembering(DuckEngine.class);
    }

    /// What ade.yml says; the rest of the project is not read for it.
    synchronized Settings settings() {
        return opened().settings();
    }

    private synchronized ProjectReader.Opened opened() {
        if (opened == null) {
            opened = reader.open(options.root(), target(), options.vars());
        }
        return opened;
    }

    /// Reading asks the engine from several threads, so it must not happen under the lock that the engine needs.
    CompiledProject compiled() {
        synchronized (reading) {
            if (compiled == null) {
                compiled = opened().read();
            }
            return compiled;
        }
    }

    /// The environment that is meant: the one that was asked for, else the one that ade.yml names.
    synchronized EnvironmentName environment() {
        if (environment == null) {
            environment = options.environment().orElseGet(this::defaultEnvironment);
        }
        return environment;
    }

    private EnvironmentName defaultEnvironment() {
        ProjectReader.Opened known =
                reader.open(options.root(), EnvironmentName.PROD.name(), options.vars());
        EnvironmentName name = known.settings().environment();
        if (name.equals(EnvironmentName.PROD)) {
            opened = known;
        }
        return name;
    }

    /// The same, once it is certain that it is there. The default one always is: the first run makes it.
    synchronized EnvironmentName existingEnvironment() {
        EnvironmentName name = environment();
        if (!isExisting && !name.equals(settings().environment())) {
            Environs.require(lake().environments(), name);
        }
        isExisting = true;
        return name;
    }

    private String target() {
        return environment().name();
    }

    synchronized Lake lake() {
        if (lake == null) {
            Settings known = settings();
            lake =
                    new IcebergLake(
                            known.lake(), known.catalog(), known.maintenance(), clock, faults);
        }
        return lake;
    }

    synchronized Engine engine() {
        if (engine == null) {
            engine = new DuckEngine(settings().engine());
        }
        return engine;
    }

    /// Does something whose templates may print.
    <T> T saying(Consumer<String> listener, Supplier<T> work) {
        says = listener;
        try {
            return work.get();
        } finally {
            says = _ -> {};
        }
    }

    LineageCache lineages() {
        return lineages;
    }

    synchronized Keyring keyring() {
        if (keyring == null) {
            Settings known = settings();
            keyring =
                    Keyring.open(
                            known.keys(),
                            known.masterKeyFile(),
                            Optional.ofNullable(System.getenv(MASTER_KEY)),
                            new SecureRandom());
        }
        return keyring;
    }

    Privacy privacy() {
        return new KeyedPrivacy(keyring(), clock);
    }

    Loader loader() {
        Path root = options.root().toAbsolutePath().normalize();
        FileLoader files = new FileLoader(root, privacy(), clock, staging());
        return new SourceLoader(
                files,
                new DropLoader(
                        new DropLoader.Place(root, staging()),
                        System::getenv,
                        this::engine,
                        new Patience(Thread::sleep, random),
                        clock,
                        files),
                new OutsideLoader(
                        staging(), connectors(root), System::getenv, this::engine, files));
    }

    /// Folder of what taps said that failed.
    Path taps() {
        return settings().state().resolve("taps");
    }

    /// Folder of what must not outlive its work.
    Path staging() {
        return settings().engine().spill().resolve("stages");
    }

    DeclaredLoads declaredLoads() {
        return new DeclaredLoads(
                connectors(options.root().toAbsolutePath().normalize()), System::getenv);
    }

    private Map<LoadSpec.SystemKind, Connector> connectors(Path root) {
        Path classes = settings().state().resolve(JAVA_CLASSES);
        return Map.of(
                LoadSpec.SystemKind.JDBC,
                new JdbcConnector(libraries()),
                LoadSpec.SystemKind.JAVA,
                new JavaConnector(
                        root, classes, () -> environment().name(), this::projectLibraries),
                LoadSpec.SystemKind.SINGER,
                new SingerConnector(root, taps()),
                LoadSpec.SystemKind.CDC,
                new CdcConnector(
                        settings().state().resolve("slots"),
                        () -> environment().name(),
                        random,
                        libraries()),
                LoadSpec.SystemKind.REST,
                apis(),
                LoadSpec.SystemKind.ADE,
                new EstateConnector(root, this::estate, this::engine),
                LoadSpec.SystemKind.ICEBERG,
                new IcebergConnector(this::engine, this::libraries));
    }

    /// Another project, of which only what it published is read.
    private Estates.Estate estate(Path root, Optional<EnvironmentName> name) {
        Wiring other = new Wiring(new Ade.Options(root, name, Map.of()), clock);
        if (!Files.isDirectory(root) || !Files.isDirectory(other.settings().state())) {
            throw AdeException.user(
                    "Cannot read from the project %s: it has never run there".formatted(root),
                    "Name its folder, from this project's on, in load: {ade: ../other}, and run it first");
        }
        return new Estates.Estate() {
            @Override
            public EnvironmentName environment() {
                return other.existingEnvironment();
            }

            @Override
            public LakeView view() {
                return other.lake().read(environment());
            }

            @Override
            public void close() {
                other.close();
            }
        };
    }

    /// Jars of the Maven coordinates that a project names.
    synchronized Libraries libraries() {
        if (libraries == null) {
            libraries =
                    new MavenLibraries(
                            options.root(),
                            settings().state().resolve(JARS),
                            Maven.ofUser(),
                            text -> says.accept(text));
        }
        return libraries;
    }

    private List<Path> projectLibraries() {
        try {
            return libraries().jars(settings().libraries());
        } catch (AdeException e) {
            throw e.location() == null ? e.at(Location.of("ade.yml")) : e;
        }
    }

    /// One for all that ask, so that tables of the same pages ask once, and a host's rate is kept.
    private synchronized RestConnector apis() {
        if (apis == null) {
            apis =
                    new RestConnector(
                            settings().state().resolve("http"), clock, Thread::sleep, random);
        }
        return apis;
    }

    Stages stages() {
        return new Stages(
                engine(), loader(), privacy(), new SketchProfiler(), new SqlChecker(), vault());
    }

    /// Originals lie beside the lake, never in it.
    Vault vault() {
        return new FileVault(
                settings().lake().resolveSibling("vault"), keyring(), new SecureRandom());
    }

    VaultRoom vaultRoom() {
        return new VaultRoom(vaultParts());
    }

    ReadLog readLog() {
        return new ReadLog(vaultParts());
    }

    VaultRoom.Parts vaultParts() {
        return new VaultRoom.Parts(
                lake(),
                vault(),
                this::engine,
                () -> compiled().project(),
                clock,
                System.getProperty("user.name", ""));
    }

    @Override
    public synchronized void close() {
        if (engine != null) {
            engine.close();
        }
        if (lake != null) {
            lake.close();
        }
    }
}
