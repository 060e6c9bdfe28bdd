package dev.ade.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.Settings.MaintenanceSettings;
import dev.ade.spi.Draft;
import dev.ade.spi.Lake;
import dev.ade.spi.Maintenance;
import dev.ade.testkit.LakeContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IcebergLakeTest extends LakeContract {
    private static final MaintenanceSettings NO_GRACE =
            new MaintenanceSettings(8, Duration.ofDays(7), 5, Duration.ZERO, Optional.empty());

    @Override
    protected Lake open(Path home, MaintenanceSettings maintenance, Clock clock) {
        return open(home, maintenance, clock, Faults.NONE);
    }

    private Lake open(Path home, Faults faults) {
        return open(home, NO_GRACE, clock, faults);
    }

    private static Lake open(
            Path home, MaintenanceSettings maintenance, Clock clock, Faults faults) {
        return new IcebergLake(
                home.resolve("lake"),
                "jdbc:sqlite:" + home.resolve("ade.db"),
                maintenance,
                clock,
                faults);
    }

    @Test
    void a_crash_at_any_write_leaves_the_old_state_or_the_new_and_no_file_after_a_sweep()
            throws IOException {
        for (int crash = 1; ; crash++) {
            Path home = Files.createDirectory(folder.resolve("crash" + crash));
            try (Lake lake = open(home, Faults.NONE);
                    Draft draft = lake.begin(PROD, start())) {
                append(draft, T, 1, 3);
                draft.publish(end(Lake.RunState.PUBLISHED), Map.of());
            }
            boolean isCrashed = crashed(home, crash);
            try (Lake lake = open(home, Faults.NONE)) {
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

    private boolean crashed(Path home, int at) {
        List<String> points = new ArrayList<>();
        Faults faults =
                point -> {
                    points.add(point);
                    if (points.size() == at) {
                        throw new Crash();
                    }
                };
        try (Lake lake = open(home, faults)) {
            Draft draft = lake.begin(PROD, start());
            append(draft, T, 2, 4);
            draft.publish(end(Lake.RunState.PUBLISHED), Map.of());
            return false;
        } catch (Crash e) {
            return true;
        }
    }

    /// As if another process had begun the runs that go on, so much earlier than this one.
    private static void started(Path home, Duration earlier) throws SQLException {
        try (Connection catalog =
                        DriverManager.getConnection("jdbc:sqlite:" + home.resolve("ade.db"));
                PreparedStatement change =
                        catalog.prepareStatement(
                                "UPDATE run SET process_started_at = process_started_at - ?")) {
            change.setLong(1, earlier.toMillis());
            change.executeUpdate();
        }
    }

    @Test
    void a_run_that_was_taken_for_dead_publishes_nothing() throws IOException, SQLException {
        Path home = Files.createDirectory(folder.resolve("home"));
        try (Lake lake = open(home, Faults.NONE);
                Draft draft = lake.begin(PROD, start())) {
            append(draft, T, 1, 3);
            started(home, Duration.ofHours(1));
            lake.begin(PROD, start()).close();

            assertThatThrownBy(() -> draft.publish(end(Lake.RunState.PUBLISHED), Map.of()))
                    .isInstanceOfSatisfying(
                            AdeException.class,
                            e -> assertThat(e.kind()).isEqualTo(AdeException.Kind.CONFLICT))
                    .hasMessage("Cannot publish run 1: another process took it for dead meanwhile");
            assertThat(lake.read(PROD).find(T)).isEmpty();
        }
    }

    @Test
    void a_clock_that_is_set_makes_no_run_dead() throws IOException, SQLException {
        Path home = Files.createDirectory(folder.resolve("home"));
        try (Lake lake = open(home, Faults.NONE);
                Draft draft = lake.begin(PROD, start())) {
            append(draft, T, 1, 3);
            started(home, Duration.ofSeconds(2));
            lake.begin(PROD, start()).close();

            draft.publish(end(Lake.RunState.PUBLISHED), Map.of());

            assertThat(rows(lake.read(PROD), T)).isEqualTo(3);
        }
    }

    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }
}
