package dev.ade.quality;

import dev.ade.model.EnvironmentName;
import dev.ade.model.Fingerprint;
import dev.ade.model.Layout;
import dev.ade.model.Schema;
import dev.ade.model.Settings.MaintenanceSettings;
import dev.ade.model.TableName;
import dev.ade.quality.profile.SketchProfiler;
import dev.ade.spi.Checker;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Draft;
import dev.ade.spi.Engine;
import dev.ade.spi.FileTarget;
import dev.ade.spi.Lake;
import dev.ade.spi.Profile;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.spi.SystemTable;
import dev.ade.store.Faults;
import dev.ade.store.IcebergLake;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A real lake and a real engine: datasets are published, then checked by a session that reads them.
public final class LakeLab implements AutoCloseable {
    /// A Saturday morning.
    public static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");

    private static final EnvironmentName PROD = EnvironmentName.PROD;

    private final Lake lake;
    private final Engine engine;
    private final Map<TableName, Profile> profiles = new HashMap<>();
    private @Nullable Session session;
    private @Nullable String eventTime;

    public LakeLab(Path folder) {
        this.lake =
                new IcebergLake(
                        folder.resolve("lake"),
                        "jdbc:sqlite:" + folder.resolve("ade.db"),
                        new MaintenanceSettings(
                                8, Duration.ofDays(7), 5, Duration.ZERO, Optional.empty()),
                        Clock.fixed(AT, ZoneOffset.UTC),
                        Faults.NONE);
        this.engine = Lab.engine(folder);
    }

    /// Publishes what `select` gives, and profiles it.
    public void publish(String dataset, String select) {
        TableName name = TableName.parse(dataset);
        try (Draft draft = begin();
                Session work = engine.open(Relations.none())) {
            FileTarget target = draft.prepare(name, work.describe(select), Layout.PLAIN);
            var files = work.write(select, target);
            draft.commit(
                    name,
                    new Draft.Change.ReplaceAll(files),
                    new Draft.Stamp(
                            Fingerprint.of(dataset, select), Fingerprint.of("test"), Map.of()));
            profiles.put(name, new SketchProfiler().profile(work, target, files));
            draft.publish(end(), Map.of());
        }
    }

    public void publishView(String dataset, String select, Schema schema) {
        try (Draft draft = begin()) {
            draft.commitView(
                    TableName.parse(dataset),
                    select,
                    schema,
                    new Draft.Stamp(Fingerprint.of(select), Fingerprint.of("test"), Map.of()));
            draft.publish(end(), Map.of());
        }
    }

    /// Adds rows to `ade.profiles`: what `select` gives, of its columns in order.
    public void log(String select) {
        SystemTable profiles = SystemTable.PROFILES;
        try (Draft draft = begin();
                Session work = engine.open(Relations.none())) {
            FileTarget target = draft.prepareLog(profiles.table(), profiles.schema());
            draft.appendLog(profiles.table(), work.write(select, target));
            draft.publish(end(), Map.of());
        }
    }

    private Draft begin() {
        return lake.begin(PROD, new Lake.RunStart(AT, "test", "tester"));
    }

    private static Draft.RunEnd end() {
        return new Draft.RunEnd(AT, Lake.RunState.PUBLISHED, "");
    }

    /// Sees what was published when it was first asked for.
    public Session session() {
        Session open = session;
        if (open == null) {
            open = engine.open(lake.read(PROD));
            session = open;
        }
        return open;
    }

    /// Datasets have an event time from now on.
    public void eventTime(String column) {
        eventTime = column;
    }

    public DatasetState state(String dataset) {
        return lake.read(PROD).state(TableName.parse(dataset)).orElseThrow();
    }

    public Checker.Context context(String dataset, List<Checker.IntervalProfile> intervals) {
        return new Checker.Context(
                session(),
                Optional.empty(),
                state(dataset),
                Optional.ofNullable(eventTime),
                Optional.ofNullable(profiles.get(TableName.parse(dataset))),
                intervals,
                AT);
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
        }
        engine.close();
        lake.close();
    }
}
