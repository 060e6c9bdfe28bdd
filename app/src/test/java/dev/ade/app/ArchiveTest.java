package dev.ade.app;

import static dev.ade.model.EnvironmentName.PROD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.EnvironmentName;
import dev.ade.model.TableName;
import dev.ade.run.forget.Archiver.Moved;
import dev.ade.run.forget.ForgetRequest;
import dev.ade.run.forget.Key;
import dev.ade.spi.Cursor;
import dev.ade.spi.Lake;
import dev.ade.spi.Maintenance.Effect;
import dev.ade.spi.Session;
import dev.ade.store.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Cold files, away from the lake and read as before.
class ArchiveTest {
    private static final String ROWS =
            "select (select count(*) from shop.orders), (select sum(id) from shop.order_f)";

    private final Lab lab;
    private final Path cold;

    ArchiveTest(@TempDir Path root, @TempDir Path cold) {
        this.lab = new Lab(root.resolve("shop"), "2126-06-15T12:00:00Z");
        this.cold = cold;
        project("archive: %s\n".formatted(cold));
        for (int year = 2123; year <= 2126; year++) {
            lab.file(
                    "landing/%d.csv".formatted(year),
                    "id,person,ordered_at\n%1$d1,ann,%1$d-03-10 10:00:00\n%1$d2,bob,%1$d-04-14 10:00:00\n"
                            .formatted(year));
        }
    }

    private void project(String more) {
        project(lab, more);
    }

    private static void project(Lab lab, String more) {
        lab.file(
                "ade.yml",
                "name: shop\nengine: {memory: 256MB, threads: 2}\nmaintenance: {snapshot_age: 1 day, snapshots_min: 1}\n"
                        + more);
        lab.file(
                "shop/sources.yml",
                """
                sources:
                  - name: shop
                    tables:
                      - name: orders
                        event_time: ordered_at
                        archive: 1 year
                        partition_by: year(ordered_at)
                        load: {files: "landing/*.csv"}
                        columns:
                          - {name: id, data_type: bigint}
                          - {name: person, privacy: pseudonym}
                          - {name: ordered_at, data_type: timestamp}
                """);
        lab.file(
                "shop/models/order_f.sql",
                "{{ config(materialized='fact', event_time='ordered_at', grain='month', archive={'after': '2 years', 'by': 'ordered_at'}) }}"
                        + " select id, person, ordered_at from shop.orders");
    }

    private List<String> moved(Effect effect) {
        return said(lab.with(ade -> ade.archive(effect)));
    }

    private static List<String> said(List<Moved> moved) {
        return moved.stream()
                .map(it ->
                        "%s %s before %s: %d rows"
                                .formatted(
                                        it.environment(),
                                        it.dataset(),
                                        it.until(),
                                        it.files().rows()))
                .toList();
    }

    private List<Path> archived() throws IOException {
        return dataFiles(cold);
    }

    private static List<Path> dataFiles(Path folder) throws IOException {
        return files(folder).stream().filter(it -> it.toString().endsWith(".parquet")).toList();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void old_files_move_once_for_all_environments_and_are_read_as_before() throws IOException {
        lab.run();
        lab.with(ade -> ade.environments().create(new EnvironmentName("dev"), Optional.empty()));
        String before = lab.sql(ROWS).getFirst();

        assertThat(moved(Effect.DRY_RUN)).hasSize(4);
        assertThat(archived()).isEmpty();
        assertThat(moved(Effect.DELETE))
                .containsExactly(
                        "dev shop.order_f before 2124-06-15T00:00:00Z: 4 rows",
                        "dev shop.orders before 2125-06-15T00:00:00Z: 6 rows");

        assertThat(archived()).isNotEmpty();
        assertThat(moved(Effect.DELETE)).isEmpty();
        assertThat(lab.sql(ROWS)).containsExactly(before);
        assertThat(lab.sql(new EnvironmentName("dev"), ROWS)).containsExactly(before);
        assertThat(lab.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
        int files = archived().size();
        lab.clock.advance(Duration.ofDays(10));
        lab.with(ade -> ade.maintain(Effect.DELETE));
        assertThat(archived()).hasSize(files);
        assertThat(lab.sql(ROWS)).containsExactly(before);
        assertThat(dataFiles(lab.root.resolve(".ade/lake/shop")))
                .as("2126 of orders, 2125 and 2126 of their fact")
                .allMatch(it -> it.toString().matches(".*/(orders|order_f)-.*"))
                .hasSize(3);
    }

    @Test
    void who_reads_from_before_the_move_goes_on_reading(@TempDir Path root) throws IOException {
        Instant now = Instant.now();
        Lab other = new Lab(root, now.minus(Duration.ofDays(10)).toString());
        project(other, "archive: %s\n".formatted(cold));
        other.file("landing/1.csv", "id,person,ordered_at\n1,ann,2023-03-10 10:00:00\n");
        other.run();
        for (Path file : files(root.resolve(".ade/lake"))) {
            Files.setLastModifiedTime(file, FileTime.from(now.minus(Duration.ofDays(10))));
        }
        other.clock.advance(Duration.ofDays(10));
        try (Wiring wiring = other.wiring(PROD, Faults.NONE);
                Session session = wiring.engine().open(wiring.lake().read(PROD))) {
            List<Moved> moved = other.with(ade -> ade.archive(Effect.DELETE));
            assertThat(moved).hasSize(2);
            other.with(ade -> ade.maintain(Effect.DELETE));

            try (Cursor cursor = session.query("select count(*) from shop.orders")) {
                assertThat(cursor.all(1)).containsExactly(List.of(1L));
            }
        }
    }

    @Test
    void rows_that_come_late_or_again_are_in_the_lake_until_the_next_time() throws IOException {
        lab.run();
        moved(Effect.DELETE);
        lab.file("landing/2123.csv", "id,person,ordered_at\n7,ann,2123-03-10 10:00:00\n");
        lab.run();

        assertThat(lab.sql("select sum(id) from shop.order_f where ordered_at < '2124-01-01'"))
                .containsExactly("7");
        assertThat(lab.sql("select count(*) from shop.orders")).containsExactly("7");
        assertThat(moved(Effect.DELETE)).hasSize(2);
        lab.clock.advance(Duration.ofDays(10));
        lab.with(ade -> ade.maintain(Effect.DELETE));
        assertThat(lab.sql("select sum(id) from shop.order_f where ordered_at < '2124-01-01'"))
                .containsExactly("7");
    }

    @Test
    void a_person_who_is_forgotten_is_in_no_file_of_the_archive() throws IOException {
        lab.run();
        moved(Effect.DELETE);
        List<Path> before = archived();
        project("");

        forget("person=ann");

        assertThat(archived()).doesNotContainAnyElementsOf(before);
        assertThat(lab.sql("select count(*) from shop.orders")).containsExactly("4");
    }

    private void forget(String key) {
        lab.with(ade ->
                ade.forget(
                        new ForgetRequest(
                                TableName.of("shop", "orders"),
                                List.of(Key.parse(key)),
                                List.of(),
                                PROD,
                                ForgetRequest.Effect.FORGET,
                                "ade forget")));
    }

    @Test
    void files_move_after_the_snapshots_of_before_have_gone() throws IOException {
        lab.run();
        forget("person=ann");
        String before = lab.sql(ROWS).getFirst();

        assertThat(moved(Effect.DELETE)).hasSize(2);
        assertThat(archived()).isNotEmpty();
        assertThat(lab.sql(ROWS)).containsExactly(before);
    }

    @Test
    void stopped_at_any_write_nothing_is_lost_and_the_rest_moves_later() throws IOException {
        lab.run();
        String before = lab.sql(ROWS).getFirst();
        for (int crash = 1; stops(crash); crash++) {
            assertThat(lab.sql(ROWS)).as("crash at write %d", crash).containsExactly(before);
        }
        assertThat(moved(Effect.DELETE)).isEmpty();
        assertThat(archived()).isNotEmpty();
        assertThat(lab.sql(ROWS)).containsExactly(before);
    }

    private boolean stops(int crash) {
        return Crash.stops(
                crash, faults -> lab.with(PROD, faults, ade -> ade.archive(Effect.DELETE)));
    }

    @Test
    void says_which_file_is_not_there_where_the_archive_is_not_mounted() throws IOException {
        lab.run();
        moved(Effect.DELETE);
        Path elsewhere = cold.resolveSibling(cold.getFileName() + "-unmounted");
        Files.move(cold, elsewhere);

        assertThatThrownBy(() -> lab.sql("select sum(id) from shop.order_f"))
                .hasMessageMatching(
                        "Cannot read a file of the data: %s.*\\.parquet is not there"
                                .formatted(cold));
        assertThatThrownBy(() -> lab.sql("select * from '%s/none.parquet'".formatted(cold)))
                .hasMessageNotContaining("is not there");

        Files.move(elsewhere, cold);
        assertThat(lab.sql("select count(*) from shop.orders")).containsExactly("8");
    }

    @Test
    void says_where_no_archive_is_and_refuses_one_in_the_lake() {
        lab.run();
        project("");
        assertThatThrownBy(() -> moved(Effect.DRY_RUN))
                .hasMessage("Cannot archive shop.order_f: ade.yml does not say where");
        project("archive: .ade/lake/cold\n");
        assertThatThrownBy(lab::run).hasMessageContaining("it is in the folder of the lake");
    }
}
