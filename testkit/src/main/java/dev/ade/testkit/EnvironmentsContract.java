package dev.ade.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.Fingerprint;
import dev.ade.model.Interval;
import dev.ade.model.Layout;
import dev.ade.model.RunId;
import dev.ade.model.TableName;
import dev.ade.spi.Draft;
import dev.ade.spi.Environments.Environment;
import dev.ade.spi.Environments.Mark;
import dev.ade.spi.FilledInterval;
import dev.ade.spi.Lake;
import dev.ade.spi.Lake.RunState;
import dev.ade.spi.LakeView;
import dev.ade.spi.Maintenance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the `Environments` of every `Lake` promise, and what moves between them.
public abstract class EnvironmentsContract extends LakeSuite {
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final TableName THIRD = TableName.parse("shop.third");

    private static final FilledInterval FILLED =
            new FilledInterval(
                    new Interval(
                            Instant.parse("2026-01-01T00:00:00Z"),
                            Instant.parse("2026-01-02T00:00:00Z")),
                    Fingerprint.of("f"),
                    3);

    private Environment create(Lake lake) {
        return lake.environments().create(DEV, PROD, clock.instant());
    }

    private static RunId publish(Lake lake, EnvironmentName where, TableName name, int id) {
        try (Draft draft = lake.begin(where, start())) {
            append(draft, name, id, id);
            draft.publish(end(RunState.PUBLISHED), Map.of());
            return draft.run();
        }
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("ade.db"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_new_environment_reads_the_files_and_ledgers_of_its_origin() {
        try (Lake lake = open()) {
            try (Draft draft = lake.begin(PROD, start())) {
                append(draft, T, 1, 3);
                draft.commitView(THIRD, "select 1", SCHEMA, stamp("v"));
                draft.recordFilled(T, List.of(FILLED));
                draft.publish(end(RunState.PUBLISHED), Map.of());
            }
            List<Path> before = files();

            Environment dev = create(lake);

            assertThat(files()).as("nothing is written").isEqualTo(before);
            assertThat(dev).isEqualTo(new Environment(DEV, Optional.of(PROD), clock.instant()));
            assertThat(lake.read(DEV).find(T)).isEqualTo(lake.read(PROD).find(T)).isPresent();
            assertThat(lake.read(DEV).states()).isEqualTo(lake.read(PROD).states());
            assertThat(lake.read(DEV).filled(T)).containsExactly(FILLED);
            assertThat(lake.environments().basis(DEV))
                    .containsEntry(T, Mark.of(lake.read(PROD).state(T).orElseThrow()))
                    .containsKey(THIRD);
            assertThat(lake.environments().list())
                    .extracting(Environment::name)
                    .containsExactly(DEV, PROD);
            assertThat(lake.environments().basis(PROD)).isEmpty();
        }
    }

    @Test
    void a_name_is_taken_once() {
        try (Lake lake = open()) {
            create(lake);
            assertThatThrownBy(() -> create(lake))
                    .isInstanceOf(AdeException.class)
                    .hasMessage("Cannot create environment dev: there is one of that name");
        }
    }

    @Test
    void what_one_environment_publishes_the_other_does_not_see() {
        try (Lake lake = open()) {
            publish(lake, T, 1, 3);
            create(lake);
            publish(lake, DEV, T, 4);
            publish(lake, PROD, T, 5);
            publish(lake, PROD, OTHER, 6);

            assertThat(rows(lake.read(DEV), T)).isEqualTo(7);
            assertThat(rows(lake.read(PROD), T)).isEqualTo(8);
            assertThat(lake.read(DEV).names()).containsExactly(T);
            assertThat(lake.runs(DEV, 10)).hasSize(1);
            assertThat(lake.runs(PROD, 10)).hasSize(3);
        }
    }

    @Test
    void what_is_adopted_is_published_as_it_is_with_its_ledger() {
        try (Lake lake = open()) {
            publish(lake, T, 1, 3);
            create(lake);
            try (Draft draft = lake.begin(DEV, start())) {
                append(draft, T, 2, 4);
                draft.recordFilled(T, List.of(FILLED));
                draft.publish(end(RunState.PUBLISHED), Map.of());
            }
            LakeView dev = lake.read(DEV);
            List<Path> before = files();
            try (Draft draft = lake.begin(PROD, start())) {
                draft.adopt(T, dev);
                draft.adopt(OTHER, dev);
                draft.rebase(DEV, Map.of(T, mark(dev, T)), Set.of());
                assertThat(rows(draft, T)).isEqualTo(7);
                assertThat(draft.filled(T)).containsExactly(FILLED);
                assertThat(lake.read(PROD).filled(T)).isEmpty();
                assertThat(draft.publish(end(RunState.PUBLISHED), Map.of()).datasets())
                        .containsExactly(T);
            }
            assertThat(files()).isEqualTo(before);
            assertThat(lake.read(PROD).find(T)).isEqualTo(dev.find(T));
            assertThat(lake.read(PROD).filled(T)).containsExactly(FILLED);
            assertThat(lake.environments().basis(DEV)).containsEntry(T, mark(dev, T));
        }
    }

    private static Mark mark(LakeView view, TableName name) {
        return Mark.of(view.state(name).orElseThrow());
    }

    @Test
    void an_adoption_conflicts_like_any_publication() {
        try (Lake lake = open()) {
            publish(lake, T, 1, 3);
            create(lake);
            publish(lake, DEV, T, 2);
            try (Draft draft = lake.begin(PROD, start())) {
                draft.adopt(T, lake.read(DEV));
                draft.rebase(DEV, Map.of(), Set.of(T));
                publish(lake, PROD, T, 3);

                assertThatThrownBy(() -> draft.publish(end(RunState.PUBLISHED), Map.of()))
                        .isInstanceOfSatisfying(
                                AdeException.class,
                                e -> assertThat(e.kind()).isEqualTo(AdeException.Kind.CONFLICT));
                assertThat(lake.environments().basis(DEV)).containsKey(T);
            }
        }
    }

    @Test
    void an_environment_is_read_as_it_was_after_a_run_ledgers_too() {
        try (Lake lake = open()) {
            RunId first;
            try (Draft draft = lake.begin(PROD, start())) {
                append(draft, T, 1, 3);
                draft.recordFilled(T, List.of(FILLED));
                draft.publish(end(RunState.PUBLISHED), Map.of());
                first = draft.run();
            }
            try (Draft draft = lake.begin(PROD, start())) {
                append(draft, T, 2, 4);
                append(draft, OTHER, 3, 5);
                draft.recordFilled(T, List.of());
                draft.publish(end(RunState.PUBLISHED), Map.of());
            }
            LakeView then = lake.readAfter(PROD, first);

            assertThat(lake.read(PROD).filled(T)).isEmpty();
            assertThat(then.names()).containsExactly(T);
            assertThat(rows(then, T)).isEqualTo(3);
            assertThat(then.filled(T)).containsExactly(FILLED);
        }
    }

    @Test
    void a_run_that_published_nothing_leaves_nothing_to_read() {
        try (Lake lake = open()) {
            RunId failed;
            try (Draft draft = lake.begin(PROD, start())) {
                append(draft, T, 1, 3);
                failed = draft.run();
            }
            RunId elsewhere = publish(lake, DEV, T, 1);
            for (RunId run : List.of(failed, elsewhere, new RunId(77))) {
                assertThatThrownBy(() -> lake.readAfter(PROD, run))
                        .isInstanceOf(AdeException.class)
                        .hasMessage(
                                "Cannot read environment prod after run %s: that run published nothing in it",
                                run);
            }
        }
    }

    @Test
    void what_has_expired_is_named() {
        try (Lake lake = open()) {
            RunId first = publish(lake, PROD, T, 1);
            clock.advance(Duration.ofDays(1));
            RunId second = publish(lake, PROD, T, 2);
            publish(lake, PROD, OTHER, 3);
            clock.advance(SETTINGS.snapshotAge().plusDays(1));
            lake.maintenance().sweep(Maintenance.Effect.DELETE);

            assertThat(rows(lake.readAfter(PROD, second), T)).isEqualTo(3);
            assertThatThrownBy(() -> lake.readAfter(PROD, first))
                    .isInstanceOf(AdeException.class)
                    .hasMessage(
                            "Cannot read environment prod after run %s: the snapshots of then have expired of shop.t",
                            first);
        }
    }

    @Test
    void maintenance_keeps_what_any_environment_needs() {
        try (Lake lake = open()) {
            publish(lake, T, 1, 3);
            create(lake);
            for (int i = 2; i < 10; i++) {
                publish(lake, PROD, T, i);
                clock.advance(Duration.ofDays(1));
            }
            publish(lake, DEV, OTHER, 1);
            clock.advance(Duration.ofDays(30));
            lake.maintenance().sweep(Maintenance.Effect.DELETE);
            lake.maintenance().sweep(Maintenance.Effect.DELETE);

            assertThat(rows(lake.read(PROD), T)).isEqualTo(47);
            assertThat(rows(lake.read(DEV), T)).isEqualTo(3);
            assertThat(rows(lake.read(DEV), OTHER)).isEqualTo(1);
            assertThat(paths(lake.read(PROD), T)).allMatch(Files::exists);
            assertThat(paths(lake.read(DEV), T)).allMatch(Files::exists);
            assertThat(paths(lake.read(DEV), OTHER)).allMatch(Files::exists);
        }
    }

    private static List<Path> paths(LakeView view, TableName name) {
        return ((dev.ade.spi.Relation.Scan) view.find(name).orElseThrow())
                .groups().stream()
                        .flatMap(group -> group.files().stream())
                        .map(file -> Path.of(file.path()))
                        .toList();
    }

    @Test
    void what_was_dropped_is_swept_and_nothing_else() {
        try (Lake lake = open()) {
            publish(lake, T, 1, 3);
            clock.advance(GRACE.plusSeconds(1));
            lake.maintenance().sweep(Maintenance.Effect.DELETE);
            List<Path> before = files();
            create(lake);
            publish(lake, DEV, T, 2);
            publish(lake, DEV, OTHER, 3);

            lake.environments().drop(DEV);

            assertThat(lake.environments().find(DEV)).isEmpty();
            assertThat(lake.read(DEV).names()).isEmpty();
            assertThat(lake.environments().basis(DEV)).isEmpty();
            clock.advance(GRACE.plusSeconds(1));
            lake.maintenance().sweep(Maintenance.Effect.DELETE);
            assertThat(files()).isEqualTo(before);
            assertThat(rows(lake.read(PROD), T)).isEqualTo(3);

            create(lake);
            assertThat(lake.runs(DEV, 10)).as("runs of the one that was dropped").isEmpty();
        }
    }

    @Test
    void an_environment_is_not_dropped_under_a_run() {
        try (Lake lake = open();
                Draft draft = lake.begin(DEV, start())) {
            assertThatThrownBy(() -> lake.environments().drop(DEV))
                    .isInstanceOf(AdeException.class)
                    .hasMessage(
                            "Cannot drop environment dev: run %s is going on in it", draft.run());
        }
    }

    @Test
    void a_thousand_tables_are_shared_without_a_file_being_written() {
        try (Lake lake = open();
                Draft draft = lake.begin(PROD, start())) {
            for (int i = 0; i < 1_000; i++) {
                TableName name = TableName.parse("shop.t" + i);
                draft.prepare(name, SCHEMA, Layout.PLAIN);
                draft.commit(name, new Draft.Change.Nothing(), stamp("v" + i));
            }
            draft.publish(end(RunState.PUBLISHED), Map.of());
            List<Path> before = files();

            create(lake);

            assertThat(files()).isEqualTo(before).hasSizeGreaterThanOrEqualTo(1_000);
            assertThat(lake.read(DEV).states()).hasSize(1_000).isEqualTo(lake.read(PROD).states());
            assertThat(lake.environments().basis(DEV)).hasSize(1_000);
        }
    }
}
