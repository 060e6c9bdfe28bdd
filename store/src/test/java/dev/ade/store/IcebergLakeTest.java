package dev.ade.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.EnvironmentName;
import dev.ade.model.Fingerprint;
import dev.ade.model.Intervals;
import dev.ade.model.Layout;
import dev.ade.model.Schema;
import dev.ade.model.Settings.MaintenanceSettings;
import dev.ade.model.TableName;
import dev.ade.model.Type;
import dev.ade.spi.Batch;
import dev.ade.spi.Draft;
import dev.ade.spi.Draft.Change;
import dev.ade.spi.FileTarget;
import dev.ade.spi.Lake;
import dev.ade.spi.LakeView;
import dev.ade.spi.Maintenance;
import dev.ade.spi.Relation;
import dev.ade.spi.WrittenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IcebergLakeTest {
    private static final EnvironmentName PROD = EnvironmentName.PROD;
    private static final TableName T = TableName.parse("shop.t");
    private static final TableName LOG = TableName.parse("ade.runs");
    private static final Schema SCHEMA =
            Schema.of(new Column("id", Type.Simple.BIGINT), new Column("day", Type.Simple.DATE));

    private @TempDir Path folder = Path.of("");

    @Test
    void nothing_is_seen_before_it_is_published_and_all_of_it_after() throws IOException {
        try (Lake lake = lake(Faults.NONE);
                Draft draft = lake.begin(PROD, start())) {
            append(draft, T, 1, 3);
            draft.commitView(TableName.parse("shop.v"), "select 1", SCHEMA, stamp("v"));
            assertThat(lake.read(PROD).states()).isEmpty();
            assertThat(rows(draft, T)).isEqualTo(3);

            draft.publish(end(Lake.RunState.PUBLISHED), Map.of());

            assertThat(lake.read(PROD).names()).containsExactly(T, TableName.parse("shop.v"));
            assertThat(rows(lake.read(PROD), T)).isEqualTo(3);
            assertThat(lake.runs(PROD, 10))
                    .extracting(Lake.RunRecord::state)
                    .containsExactly(Lake.RunState.PUBLISHED);
        }
    }

    @Test
    void the_second_to_publish_the_same_dataset_is_told() throws IOException {
        try (Lake lake = lake(Faults.NONE);
                Draft first = lake.begin(PROD, start());
                Draft second = lake.begin(PROD, start())) {
            append(first, T, 1, 3);
            append(second, T, 2, 4);
            first.publish(end(Lake.RunState.PUBLISHED), Map.of());

            assertThatThrownBy(() -> second.publish(end(Lake.RunState.PUBLISHED), Map.of()))
                    .isInstanceOfSatisfying(
                            AdeException.class,
                            e -> assertThat(e.kind()).isEqualTo(AdeException.Kind.CONFLICT))
                    .hasMessageContaining("published it in run 1");
            assertThat(rows(lake.read(PROD), T)).isEqualTo(3);
        }
    }

    @Test
    void logs_of_two_runs_never_conflict() throws IOException {
        try (Lake lake = lake(Faults.NONE);
                Draft first = lake.begin(PROD, start());
                Draft second = lake.begin(PROD, start())) {
            first.appendLog(LOG, List.of(file(first.prepareLog(LOG, SCHEMA), 1)));
            second.appendLog(LOG, List.of(file(second.prepareLog(LOG, SCHEMA), 2)));
            first.publish(end(Lake.RunState.PUBLISHED), Map.of());
            second.abandon(end(Lake.RunState.FAILED));

            assertThat(rows(lake.read(PROD), LOG)).isEqualTo(3);
        }
    }

    @Test
    void ledgers_and_earlier_states_are_kept() throws IOException {
        Batch batch =
                new Batch(
                        Fingerprint.of("b"),
                        "a.csv",
                        1,
                        Instant.EPOCH,
                        Fingerprint.of("c"),
                        Instant.EPOCH,
                        3,
                        2,
                        1,
                        Intervals.ALWAYS);
        try (Lake lake = lake(Faults.NONE)) {
            try (Draft draft = lake.begin(PROD, start())) {
                append(draft, T, 1, 3);
                draft.recordBatches(T, List.of(batch));
                draft.publish(end(Lake.RunState.PUBLISHED), Map.of());
            }
            Instant between = Instant.now();
            try (Draft draft = lake.begin(PROD, start())) {
                append(draft, T, 2, 4);
                draft.publish(end(Lake.RunState.PUBLISHED), Map.of());
            }

            assertThat(lake.read(PROD).batches(T)).containsExactly(batch);
            assertThat(rows(lake.read(PROD), T)).isEqualTo(7);
            assertThat(rows(lake.readAt(PROD, between), T)).isEqualTo(3);
        }
    }

    @Test
    void schemas_evolve_by_field_id() throws IOException {
        Schema wider =
                Schema.of(
                        new Column("day", Type.Simple.DATE),
                        new Column("id", Type.Simple.BIGINT),
                        new Column("note", Type.Simple.VARCHAR));
        try (Lake lake = lake(Faults.NONE)) {
            try (Draft draft = lake.begin(PROD, start())) {
                append(draft, T, 1, 3);
                draft.publish(end(Lake.RunState.PUBLISHED), Map.of());
            }
            try (Draft draft = lake.begin(PROD, start())) {
                FileTarget target = draft.prepare(T, wider, Layout.PLAIN);
                draft.commit(T, new Change.Append(List.of(file(target, 2))), stamp("2"));
                draft.publish(end(Lake.RunState.PUBLISHED), Map.of());
            }
            Relation.Scan scan = (Relation.Scan) lake.read(PROD).find(T).orElseThrow();

            assertThat(scan.schema()).isEqualTo(wider);
            assertThat(scan.fields()).extracting(dev.ade.model.Field::id).containsExactly(2, 1, 3);
            assertThat(scan.groups()).hasSize(2);
        }
    }

    @Test
    void a_crash_at_any_write_leaves_the_old_state_or_the_new_and_no_file_after_a_sweep()
            throws IOException {
        for (int crash = 1; ; crash++) {
            Path home = Files.createDirectory(folder.resolve("crash" + crash));
            try (Lake lake = lake(home, Faults.NONE);
                    Draft draft = lake.begin(PROD, start())) {
                append(draft, T, 1, 3);
                draft.publish(end(Lake.RunState.PUBLISHED), Map.of());
            }
            boolean isCrashed = crashed(home, crash);
            try (Lake lake = lake(home, Faults.NONE)) {
                assertThat(rows(lake.read(PROD), T)).as("crash at write %d", crash).isIn(3L, 7L);
                if (rows(lake.read(PROD), T) == 3) {
                    try (Draft draft = lake.begin(PROD, start())) {
                        append(draft, T, 2, 4);
                        draft.publish(end(Lake.RunState.PUBLISHED), Map.of());
                    }
                }
                assertThat(rows(lake.read(PROD), T)).isEqualTo(7);
                lake.maintenance().sweep(Maintenance.Effect.DELETE);
                assertThat(lake.maintenance().sweep(Maintenance.Effect.DRY_RUN).filesRemoved())
                        .isZero();
                assertThat(rows(lake.read(PROD), T)).isEqualTo(7);
            }
            if (!isCrashed) {
                assertThat(crash).isGreaterThan(5);
                return;
            }
        }
    }

    private boolean crashed(Path home, int at) throws IOException {
        List<String> points = new ArrayList<>();
        Faults faults =
                point -> {
                    points.add(point);
                    if (points.size() == at) {
                        throw new Crash();
                    }
                };
        try (Lake lake = lake(home, faults)) {
            Draft draft = lake.begin(PROD, start());
            append(draft, T, 2, 4);
            draft.publish(end(Lake.RunState.PUBLISHED), Map.of());
            return false;
        } catch (Crash e) {
            return true;
        }
    }

    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private void append(Draft draft, TableName name, int id, long rows) throws IOException {
        FileTarget target = draft.prepare(name, SCHEMA, Layout.PLAIN);
        draft.commit(name, new Change.Append(List.of(file(target, rows))), stamp(name + "" + id));
    }

    private static WrittenFile file(FileTarget target, long rows) throws IOException {
        Path path = Path.of(target.folder(), UUID.randomUUID() + ".parquet");
        Files.createDirectories(path.getParent());
        Files.writeString(path, "not read here");
        return new WrittenFile(path.toString(), rows, 13, List.of(), Map.of());
    }

    private static long rows(LakeView view, TableName name) {
        return ((Relation.Scan) view.find(name).orElseThrow()).rows();
    }

    private static Draft.Stamp stamp(String version) {
        return new Draft.Stamp(
                Fingerprint.of(version), Fingerprint.of("definition"), Map.of("a", "b=c&d"));
    }

    private static Lake.RunStart start() {
        return new Lake.RunStart(Instant.now(), "test", "tester");
    }

    private static Draft.RunEnd end(Lake.RunState state) {
        return new Draft.RunEnd(Instant.now(), state, "");
    }

    private Lake lake(Faults faults) {
        return lake(folder, faults);
    }

    private static Lake lake(Path home, Faults faults) {
        return new IcebergLake(
                home.resolve("lake"),
                "jdbc:sqlite:" + home.resolve("ade.db"),
                new MaintenanceSettings(8, Duration.ofDays(7), 5, Duration.ZERO),
                Clock.system(ZoneOffset.UTC),
                faults);
    }
}
