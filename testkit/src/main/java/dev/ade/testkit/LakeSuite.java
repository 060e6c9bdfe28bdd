package dev.ade.testkit;

import dev.ade.model.Column;
import dev.ade.model.EnvironmentName;
import dev.ade.model.Fingerprint;
import dev.ade.model.Layout;
import dev.ade.model.Schema;
import dev.ade.model.Settings.MaintenanceSettings;
import dev.ade.model.TableName;
import dev.ade.model.Type;
import dev.ade.spi.Draft;
import dev.ade.spi.Draft.Change;
import dev.ade.spi.FileTarget;
import dev.ade.spi.Lake;
import dev.ade.spi.Lake.RunState;
import dev.ade.spi.LakeView;
import dev.ade.spi.Relation;
import dev.ade.spi.WrittenFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

/// A lake in a temporary folder, and what its contracts do with it. The files that are handed over are never
/// opened, so their content is no Parquet.
abstract class LakeSuite {
    protected static final EnvironmentName PROD = EnvironmentName.PROD;
    protected static final TableName T = TableName.parse("shop.t");
    protected static final TableName OTHER = TableName.parse("shop.other");
    protected static final TableName LOG = TableName.parse("ade.runs");
    protected static final Schema SCHEMA =
            Schema.of(new Column("id", Type.Simple.BIGINT), new Column("day", Type.Simple.DATE));
    protected static final Duration GRACE = Duration.ofHours(1);
    protected static final MaintenanceSettings SETTINGS =
            new MaintenanceSettings(8, Duration.ofDays(7), 5, GRACE, Optional.empty());

    /// Far ahead, so that every file of the test is old to the lake.
    protected final SettableClock clock = SettableClock.at("2126-01-01T00:00:00Z");

    protected @TempDir Path folder = Path.of("");

    /// A lake in `home`, which is there; opened again and again, also while it is open.
    protected abstract Lake open(Path home, MaintenanceSettings maintenance, Clock clock);

    protected final Lake open() {
        return open(folder, SETTINGS, clock);
    }

    protected final void publish(Lake lake, TableName name, int id, long rows) {
        try (Draft draft = lake.begin(PROD, start())) {
            append(draft, name, id, rows);
            draft.publish(end(RunState.PUBLISHED), Map.of());
        }
    }

    /// Appends one file in one commit, with a version that follows from `name` and `id`.
    protected static void append(Draft draft, TableName name, int id, long rows) {
        FileTarget target = draft.prepare(name, SCHEMA, Layout.PLAIN);
        draft.commit(name, new Change.Append(List.of(file(target, rows))), stamp(name + "" + id));
    }

    protected static WrittenFile file(FileTarget target, long rows) {
        Path path = Path.of(target.folder(), UUID.randomUUID() + ".parquet");
        String content = "not read here";
        try {
            Files.createDirectories(Path.of(target.folder()));
            Files.writeString(path, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new WrittenFile(path.toString(), rows, content.length(), List.of(), Map.of());
    }

    protected static long rows(LakeView view, TableName name) {
        return ((Relation.Scan) view.find(name).orElseThrow()).rows();
    }

    protected static Draft.Stamp stamp(String version) {
        return new Draft.Stamp(
                Fingerprint.of(version), Fingerprint.of("definition"), Map.of("a", "b=c&d"));
    }

    protected static Lake.RunStart start() {
        return new Lake.RunStart(Instant.EPOCH, "test", "tester");
    }

    protected static Draft.RunEnd end(RunState state) {
        return new Draft.RunEnd(Instant.EPOCH, state, "");
    }
}
