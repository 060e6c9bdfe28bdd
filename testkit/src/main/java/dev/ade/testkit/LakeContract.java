package dev.ade.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.EnvironmentName;
import dev.ade.model.Fingerprint;
import dev.ade.model.Intervals;
import dev.ade.model.Layout;
import dev.ade.model.Schema;
import dev.ade.model.TableName;
import dev.ade.model.Type;
import dev.ade.spi.Batch;
import dev.ade.spi.Bound;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Declaration;
import dev.ade.spi.Draft;
import dev.ade.spi.Draft.Change;
import dev.ade.spi.FileTarget;
import dev.ade.spi.Lake;
import dev.ade.spi.Lake.RunState;
import dev.ade.spi.LakeView;
import dev.ade.spi.Maintenance;
import dev.ade.spi.Relation;
import dev.ade.spi.WrittenFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every `Lake` and its drafts promise.
public abstract class LakeContract extends LakeSuite {
    @Test
    void nothing_is_seen_before_it_is_published_and_all_of_it_after() {
        TableName view = TableName.parse("shop.v");
        try (Lake lake = open();
                Draft draft = lake.begin(PROD, start())) {
            append(draft, T, 1, 3);
            draft.commitView(view, "select 1", SCHEMA, stamp("v"));
            assertThat(lake.read(PROD).states()).isEmpty();
            assertThat(lake.runs(PROD, 10))
                    .extracting(Lake.RunRecord::state)
                    .containsExactly(RunState.RUNNING);

            assertThat(draft.publish(end(RunState.PUBLISHED), Map.of()).datasets())
                    .containsExactlyInAnyOrder(T, view);

            assertThat(lake.read(PROD).names()).containsExactlyInAnyOrder(T, view);
            assertThat(rows(lake.read(PROD), T)).isEqualTo(3);
            assertThat(lake.read(PROD).state(T).orElseThrow().properties())
                    .isEqualTo(Map.of("a", "b=c&d"));
        }
        try (Lake later = open()) {
            assertThat(rows(later.read(PROD), T)).as("after it was opened again").isEqualTo(3);
            assertThat(later.runs(PROD, 10))
                    .extracting(Lake.RunRecord::state)
                    .containsExactly(RunState.PUBLISHED);
        }
    }

    @Test
    void a_draft_reads_its_own_over_what_was_published_when_it_began() {
        try (Lake lake = open()) {
            publish(lake, T, 1, 3);
            try (Draft draft = lake.begin(PROD, start())) {
                publish(lake, OTHER, 2, 5);
                append(draft, T, 3, 4);

                assertThat(rows(draft, T)).isEqualTo(7);
                assertThat(rows(draft.base(), T)).isEqualTo(3);
                assertThat(draft.find(OTHER)).as("published later").isEmpty();
                assertThat(rows(lake.overlay(draft.run()).orElseThrow(), T)).isEqualTo(7);
                assertThat(rows(lake.read(PROD), T)).isEqualTo(3);
            }
        }
    }

    @Test
    void a_draft_knows_which_runs_went_on_when_it_began() {
        try (Lake lake = open()) {
            publish(lake, T, 1, 3);
            try (Draft first = lake.begin(PROD, start());
                    Draft second = lake.begin(PROD, start())) {
                first.abandon(end(RunState.FAILED));

                assertThat(first.beside()).isEmpty();
                assertThat(second.beside()).containsExactly(first.run());
            }
        }
    }

    @Test
    void finds_the_files_that_may_hold_rows_within_bounds() {
        try (Lake lake = open();
                Draft draft = lake.begin(PROD, start())) {
            FileTarget target = draft.prepare(T, SCHEMA, Layout.PLAIN);
            draft.commit(
                    T,
                    new Change.Append(
                            List.of(
                                    withIds(file(target, 10), 1, 10),
                                    withIds(file(target, 100), 11, 20),
                                    file(target, 1_000))),
                    stamp("bounded"));

            assertThat(within(draft, Optional.of(1L), Optional.of(10L))).isEqualTo(1_010);
            assertThat(within(draft, Optional.of(10L), Optional.of(11L))).isEqualTo(1_110);
            assertThat(within(draft, Optional.of(12L), Optional.empty())).isEqualTo(1_100);
            assertThat(within(draft, Optional.of(21L), Optional.of(30L)))
                    .as("a file without statistics may hold anything")
                    .isEqualTo(1_000);
            assertThat(rows(draft, T)).isEqualTo(1_110);
        }
    }

    @Test
    void a_column_that_rows_were_partitioned_and_ordered_by_may_go() {
        Schema ids = Schema.of(SCHEMA.columns().getFirst());
        Layout byDay = new Layout(List.of(Layout.Partition.parse("day(day)")), List.of("day"));
        try (Lake lake = open()) {
            try (Draft draft = lake.begin(PROD, start())) {
                FileTarget target = draft.prepare(T, SCHEMA, byDay);
                WrittenFile file = file(target, 3);
                draft.commit(
                        T,
                        new Change.Append(
                                List.of(
                                        new WrittenFile(
                                                file.path(),
                                                file.rows(),
                                                file.bytes(),
                                                List.of(20_000),
                                                Map.of()))),
                        stamp("by day"));
                draft.publish(end(RunState.PUBLISHED), Map.of());
            }
            Instant then = clock.instant();
            clock.advance(Duration.ofMinutes(1));
            try (Draft draft = lake.begin(PROD, start())) {
                FileTarget target = draft.prepare(T, ids, Layout.PLAIN);
                draft.commit(T, new Change.ReplaceAll(List.of(file(target, 5))), stamp("plain"));
                draft.publish(end(RunState.PUBLISHED), Map.of());
            }

            assertThat(rows(lake.read(PROD), T)).isEqualTo(5);
            assertThat(rows(lake.readAt(PROD, then), T)).isEqualTo(3);
        }
        try (Lake later = open()) {
            assertThat(rows(later.read(PROD), T)).as("opened again").isEqualTo(5);
            publish(later, T, 7, 2);
            assertThat(rows(later.read(PROD), T)).as("and the column may come back").isEqualTo(7);
        }
    }

    private static WrittenFile withIds(WrittenFile file, long min, long max) {
        return new WrittenFile(
                file.path(),
                file.rows(),
                file.bytes(),
                file.partition(),
                Map.of(1, new WrittenFile.ColumnStats(8, file.rows(), 0, min, max)));
    }

    private static long within(LakeView view, Optional<Object> min, Optional<Object> max) {
        Bound ids = new Bound(SCHEMA.columns().getFirst().name(), min, max);
        return ((Relation.Scan) view.find(T, List.of(ids)).orElseThrow()).rows();
    }

    @Test
    void a_view_that_is_held_stays_as_it_was() {
        try (Lake lake = open()) {
            publish(lake, T, 1, 3);
            LakeView held = lake.read(PROD);

            publish(lake, T, 2, 4);

            assertThat(rows(held, T)).isEqualTo(3);
            assertThat(rows(lake.read(PROD), T)).isEqualTo(7);
        }
    }

    @Test
    void environments_do_not_see_each_other() {
        EnvironmentName dev = new EnvironmentName("dev");
        try (Lake lake = open()) {
            publish(lake, T, 1, 3);
            try (Draft draft = lake.begin(dev, start())) {
                append(draft, OTHER, 2, 4);
                draft.publish(end(RunState.PUBLISHED), Map.of());
            }
            assertThat(lake.read(PROD).names()).containsExactly(T);
            assertThat(lake.read(dev).find(OTHER)).isPresent();
        }
    }

    @Test
    void the_second_to_publish_the_same_dataset_is_told_and_nothing_of_it_is_seen() {
        try (Lake lake = open();
                Draft first = lake.begin(PROD, start());
                Draft second = lake.begin(PROD, start())) {
            append(first, T, 1, 3);
            append(second, T, 2, 4);
            append(second, OTHER, 3, 5);
            first.publish(end(RunState.PUBLISHED), Map.of());

            assertConflict(second, Map.of());
            assertThat(rows(lake.read(PROD), T)).isEqualTo(3);
            assertThat(lake.read(PROD).names()).containsExactly(T);
        }
    }

    @Test
    void a_run_whose_input_changed_meanwhile_is_told() {
        try (Lake lake = open()) {
            publish(lake, T, 1, 3);
            try (Draft draft = lake.begin(PROD, start())) {
                Fingerprint read = draft.base().state(T).orElseThrow().version();
                append(draft, OTHER, 2, 4);
                publish(lake, T, 3, 1);

                assertConflict(draft, Map.of(T, read));
                assertThat(lake.read(PROD).find(OTHER)).isEmpty();
            }
        }
    }

    private static void assertConflict(Draft draft, Map<TableName, Fingerprint> readVersions) {
        assertThatThrownBy(() -> draft.publish(end(RunState.PUBLISHED), readVersions))
                .isInstanceOfSatisfying(
                        AdeException.class,
                        e -> {
                            assertThat(e.kind()).isEqualTo(AdeException.Kind.CONFLICT);
                            assertThat(e.nextStep()).startsWith("Run again");
                        })
                .hasMessageContaining(T.toString());
    }

    @Test
    void runs_of_different_datasets_do_not_conflict() {
        try (Lake lake = open();
                Draft first = lake.begin(PROD, start());
                Draft second = lake.begin(PROD, start())) {
            append(first, T, 1, 3);
            append(second, OTHER, 2, 4);
            first.publish(end(RunState.PUBLISHED), Map.of());
            second.publish(end(RunState.PUBLISHED), Map.of());

            assertThat(lake.read(PROD).names()).containsExactlyInAnyOrder(T, OTHER);
        }
    }

    @Test
    void logs_of_two_runs_never_conflict_and_are_kept_where_one_fails() {
        try (Lake lake = open();
                Draft first = lake.begin(PROD, start());
                Draft second = lake.begin(PROD, start())) {
            first.appendLog(LOG, List.of(file(first.prepareLog(LOG, SCHEMA), 1)));
            second.appendLog(LOG, List.of(file(second.prepareLog(LOG, SCHEMA), 2)));
            first.publish(end(RunState.PUBLISHED), Map.of());
            second.abandon(end(RunState.FAILED));

            assertThat(rows(lake.read(PROD), LOG)).isEqualTo(3);
        }
    }

    @Test
    void files_are_replaced_and_rewritten() {
        try (Lake lake = open();
                Draft draft = lake.begin(PROD, start())) {
            FileTarget target = draft.prepare(T, SCHEMA, Layout.PLAIN);
            WrittenFile one = file(target, 1);
            draft.commit(T, new Change.Append(List.of(one, file(target, 2))), stamp("1"));
            draft.commit(
                    T,
                    new Change.Rewrite(java.util.Set.of(one.path()), List.of(file(target, 10))),
                    stamp("2"));
            assertThat(rows(draft, T)).isEqualTo(12);
            draft.commit(T, new Change.ReplaceAll(List.of(file(target, 5))), stamp("3"));
            assertThat(rows(draft, T)).isEqualTo(5);
            draft.commit(T, new Change.Nothing(), stamp("4"));

            assertThat(rows(draft, T)).isEqualTo(5);
            assertThat(draft.state(T).orElseThrow().version()).isEqualTo(Fingerprint.of("4"));
        }
    }

    @Test
    void schemas_evolve_by_field_id() {
        Schema wider =
                Schema.of(
                        new Column("day", Type.Simple.DATE),
                        new Column("id", Type.Simple.BIGINT),
                        new Column("note", Type.Simple.VARCHAR));
        try (Lake lake = open()) {
            publish(lake, T, 1, 3);
            try (Draft draft = lake.begin(PROD, start())) {
                FileTarget target = draft.prepare(T, wider, Layout.PLAIN);
                draft.commit(T, new Change.Append(List.of(file(target, 2))), stamp("2"));
                draft.publish(end(RunState.PUBLISHED), Map.of());
            }
            Relation.Scan scan = (Relation.Scan) lake.read(PROD).find(T).orElseThrow();

            assertThat(scan.schema()).isEqualTo(wider);
            assertThat(scan.fields()).extracting(dev.ade.model.Field::id).containsExactly(2, 1, 3);
            assertThat(scan.groups()).hasSize(2);
        }
    }

    @Test
    void a_column_gets_another_name_and_keeps_what_was_written() {
        try (Lake lake = open()) {
            publish(lake, T, 1, 3);
            try (Draft draft = lake.begin(PROD, start())) {
                draft.renameColumns(T, Map.of("id", "number"));
                draft.commit(T, new Change.Nothing(), stamp("2"));
                draft.publish(end(RunState.PUBLISHED), Map.of());
            }
            Relation.Scan scan = (Relation.Scan) lake.read(PROD).find(T).orElseThrow();

            assertThat(scan.schema().names()).containsExactly("number", "day");
            assertThat(scan.fields()).extracting(dev.ade.model.Field::id).containsExactly(1, 2);
            assertThat(scan.groups().getFirst().written().getFirst().name()).isEqualTo("id");
            assertThat(rows(lake.read(PROD), T)).isEqualTo(3);
        }
    }

    @Test
    void ledgers_and_earlier_states_are_kept() {
        Batch batch = batch();
        try (Lake lake = open()) {
            try (Draft draft = lake.begin(PROD, start())) {
                append(draft, T, 1, 3);
                draft.recordBatches(T, List.of(batch));
                assertThat(lake.read(PROD).batches(T)).isEmpty();
                draft.publish(end(RunState.PUBLISHED), Map.of());
            }
            long snapshot = lake.read(PROD).state(T).orElseThrow().snapshotId().orElseThrow();
            Instant between = clock.advance(Duration.ofMinutes(1));
            clock.advance(Duration.ofMinutes(1));
            publish(lake, T, 2, 4);

            assertThat(lake.read(PROD).batches(T)).containsExactly(batch);
            assertThat(rows(lake.read(PROD), T)).isEqualTo(7);
            assertThat(rows(lake.readAt(PROD, between), T)).isEqualTo(3);
            assertThat(rows(lake.readAt(PROD, T, snapshot), T)).isEqualTo(3);
            assertThat(lake.readAt(PROD, between.minus(Duration.ofDays(1))).names()).isEmpty();
            assertThatThrownBy(() -> lake.readAt(PROD, T, 42))
                    .hasMessageContaining("Cannot read snapshot 42 of shop.t");
        }
    }

    @Test
    void what_a_project_said_is_published_with_the_data_and_stays_when_the_data_is_annotated() {
        Declaration said =
                new Declaration(
                        List.of("select 'a:b' as \"x&y\"", ""),
                        Map.of("kind", "table", "privacy.e=mail", "email, pseudonym"));
        try (Lake lake = open()) {
            try (Draft draft = lake.begin(PROD, start())) {
                append(draft, T, 1, 3);
                draft.declare(T, said);
                draft.declare(OTHER, said);
                assertThat(draft.declaration(T)).contains(said);
                assertThat(lake.read(PROD).declaration(T)).isEmpty();
                draft.publish(end(RunState.PUBLISHED), Map.of());
            }
            try (Draft draft = lake.begin(PROD, start())) {
                draft.annotate(T, Map.of("checked_by", "x"));
                draft.publish(end(RunState.PUBLISHED), Map.of());
            }
            lake.maintenance().sweep(Maintenance.Effect.DELETE);

            assertThat(lake.read(PROD).declaration(T)).contains(said);
            assertThat(lake.read(PROD).declaration(OTHER)).isEmpty();
        }
    }

    @Test
    void history_keeps_its_order_where_the_clock_goes_back() {
        try (Lake lake = open()) {
            publish(lake, T, 1, 3);
            clock.advance(Duration.ofHours(-1));
            publish(lake, T, 2, 4);
            Instant second = lake.read(PROD).state(T).orElseThrow().publishedAt();

            assertThat(rows(lake.readAt(PROD, second), T)).isEqualTo(7);
            assertThat(rows(lake.readAt(PROD, second.minusNanos(1_000)), T)).isEqualTo(3);
        }
    }

    private Batch batch() {
        return new Batch(
                Fingerprint.of("b"),
                "a.csv",
                1,
                Instant.EPOCH,
                Fingerprint.of("c"),
                clock.instant(),
                3,
                2,
                1,
                Intervals.ALWAYS,
                1);
    }

    @Test
    void what_is_withheld_or_dropped_is_not_published() {
        try (Lake lake = open()) {
            publish(lake, T, 1, 3);
            publish(lake, OTHER, 2, 4);
            try (Draft draft = lake.begin(PROD, start())) {
                append(draft, T, 3, 5);
                draft.withhold(T);
                draft.drop(OTHER);
                draft.publish(end(RunState.PARTLY_PUBLISHED), Map.of());

                assertThat(draft.withheld()).containsExactly(T);
                assertThat(rows(lake.read(PROD), T)).isEqualTo(3);
                assertThat(lake.read(PROD).find(OTHER)).isEmpty();
                assertThat(rows(lake.overlay(draft.run()).orElseThrow(), T)).isEqualTo(8);
            }
        }
    }

    @Test
    void a_dropped_dataset_has_no_file_when_its_history_is_over() {
        try (Lake lake = open()) {
            publish(lake, T, 1, 3);
            publish(lake, OTHER, 2, 4);
            try (Draft draft = lake.begin(PROD, start())) {
                draft.drop(OTHER);
                draft.publish(end(RunState.PUBLISHED), Map.of());
            }
            assertThat(lake.maintenance().sweep(Maintenance.Effect.DRY_RUN).filesRemoved())
                    .isZero();

            clock.advance(Duration.ofDays(1_000));
            assertThat(lake.maintenance().sweep(Maintenance.Effect.DELETE).filesRemoved())
                    .isPositive();
            assertThat(rows(lake.read(PROD), T)).isEqualTo(3);
        }
    }

    @Test
    void a_dataset_gets_another_name_with_all_that_it_has() {
        try (Lake lake = open()) {
            publish(lake, T, 1, 3);
            DatasetState before = lake.read(PROD).state(T).orElseThrow();
            try (Draft draft = lake.begin(PROD, start())) {
                draft.move(T, OTHER);

                assertThat(draft.find(T)).isEmpty();
                assertThat(rows(draft, OTHER)).isEqualTo(3);
                draft.publish(end(RunState.PUBLISHED), Map.of());
            }

            assertThat(lake.read(PROD).find(T)).isEmpty();
            DatasetState after = lake.read(PROD).state(OTHER).orElseThrow();
            assertThat(after.version()).isEqualTo(before.version());
            assertThat(after.snapshotId()).isEqualTo(before.snapshotId());
            assertThat(rows(lake.readAt(PROD, before.publishedAt()), T)).isEqualTo(3);
            publish(lake, OTHER, 2, 4);
            assertThat(rows(lake.read(PROD), OTHER)).isEqualTo(7);
        }
    }

    @Test
    void what_is_withheld_of_a_settled_dataset_is_what_came_after() {
        try (Lake lake = open()) {
            publish(lake, T, 1, 3);
            try (Draft draft = lake.begin(PROD, start())) {
                draft.move(T, OTHER);
                draft.annotate(OTHER, Map.of("first", "t"));
                draft.keep(OTHER);
                append(draft, OTHER, 2, 4);
                draft.withhold(OTHER);
                draft.publish(end(RunState.PARTLY_PUBLISHED), Map.of());

                assertThat(rows(lake.overlay(draft.run()).orElseThrow(), OTHER)).isEqualTo(7);
            }

            assertThat(rows(lake.read(PROD), OTHER)).isEqualTo(3);
            assertThat(lake.read(PROD).state(OTHER).orElseThrow().properties())
                    .containsEntry("first", "t");
            assertThat(lake.read(PROD).find(T)).isEmpty();
        }
    }

    @Test
    void a_failed_run_stays_for_inspection_until_its_grace_is_over() {
        try (Lake lake = open()) {
            publish(lake, T, 1, 3);
            Draft draft = lake.begin(PROD, start());
            append(draft, T, 2, 4);
            draft.abandon(new Draft.RunEnd(clock.instant(), RunState.FAILED, "it broke"));

            clock.advance(GRACE.minusSeconds(1));
            lake.maintenance().sweep(Maintenance.Effect.DELETE);
            assertThat(rows(lake.overlay(draft.run()).orElseThrow(), T)).isEqualTo(7);
            assertThat(lake.runs(PROD, 1).getFirst().message()).isEqualTo("it broke");

            clock.advance(Duration.ofSeconds(2));
            assertThat(lake.maintenance().sweep(Maintenance.Effect.DELETE).filesRemoved())
                    .isPositive();
            assertThat(lake.overlay(draft.run())).isEmpty();
            assertThat(lake.maintenance().sweep(Maintenance.Effect.DRY_RUN).filesRemoved())
                    .isZero();
            assertThat(rows(lake.read(PROD), T)).isEqualTo(3);
        }
    }

    @Test
    void what_a_run_is_still_writing_stays_however_long_it_takes() {
        try (Lake lake = open();
                Draft draft = lake.begin(PROD, start())) {
            FileTarget target = draft.prepare(T, SCHEMA, Layout.PLAIN);
            WrittenFile written = file(target, 3);
            clock.advance(GRACE.multipliedBy(2));

            Maintenance.Report report = lake.maintenance().sweep(Maintenance.Effect.DELETE);
            assertThat(report.filesRemoved()).isZero();
            assertThat(report.details())
                    .containsExactly(
                            "what was written since 1970-01-01T00:00:00Z stays: run 1 is going on");

            draft.commit(T, new Change.Append(List.of(written)), stamp("1"));
            draft.publish(end(RunState.PUBLISHED), Map.of());
            assertThat(Path.of(written.path())).exists();
        }
    }

    @Test
    void a_draft_that_is_closed_without_a_word_has_failed() {
        try (Lake lake = open()) {
            try (Draft draft = lake.begin(PROD, start())) {
                append(draft, T, 1, 3);
            }
            assertThat(lake.runs(PROD, 10))
                    .extracting(Lake.RunRecord::state)
                    .containsExactly(RunState.FAILED);
            assertThat(lake.read(PROD).names()).isEmpty();
        }
    }

    @Test
    void a_draft_ends_once() {
        try (Lake lake = open()) {
            Draft draft = lake.begin(PROD, start());
            draft.publish(end(RunState.NOTHING_TO_DO), Map.of());
            assertThatThrownBy(() -> draft.abandon(end(RunState.FAILED)))
                    .hasMessageContaining("has ended");
        }
    }
}
