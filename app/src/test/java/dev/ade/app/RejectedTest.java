package dev.ade.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.app.Ade.ReadPoint;
import dev.ade.model.TableName;
import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.run.rejected.RejectedGroup;
import dev.ade.spi.Cursor;
import dev.ade.spi.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows that loads kept out, and loading them again.
class RejectedTest {
    private static final TableName ORDERS = TableName.of("shop", "orders");
    private static final String COUNTS =
            "select (select count(*) from shop.orders), (select count(*) from shop.order_f)";

    private final Lab lab;

    RejectedTest(@TempDir Path root) {
        this.lab = new Lab(root, "2126-01-01T00:00:00.123456789Z");
    }

    private void project(String columns) {
        lab.file(
                "shop/sources.yml",
                """
                sources:
                  - name: shop
                    tables:
                      - name: orders
                        event_time: ordered_at
                        load: {files: "landing/*.csv", reject_limit: 50%%}
                        columns: [{name: ordered_at, data_type: timestamp}%s]
                """
                        .formatted(columns));
        lab.file(
                "shop/models/order_f.sql",
                "{{ config(materialized='fact', event_time='ordered_at', grain='day') }} select id, ordered_at from shop.orders");
    }

    private static String rows(int from, int to, String qty) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append("%d,2125-01-0%d 10:00:00,%s\n".formatted(i, 1 + i % 7, qty));
        }
        return text.toString();
    }

    private Optional<RunReport> replay() {
        return lab.with(ade ->
                ade.rejected()
                        .replaying(ORDERS, "test")
                        .map(request -> ade.run(request, RunListener.NONE)));
    }

    /// `open: landing/1.csv qty not an integer 1`, the newest first.
    private List<String> groups() {
        return lab.with(ade -> ade.rejected().list(Optional.of(ORDERS))).stream()
                .map(it ->
                        "%s: %s %s %s, %d from line %d"
                                .formatted(
                                        it.status().word(),
                                        it.origin(),
                                        it.column().orElse(""),
                                        it.reason(),
                                        it.rows(),
                                        it.firstLine()))
                .toList();
    }

    private List<@Nullable Object> counts() {
        return lab.with(ade -> {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            try (Cursor cursor = ade.sql(COUNTS, new ReadPoint.Now())) {
                rows.addAll(cursor.all(1));
            }
            return rows.getFirst();
        });
    }

    @Test
    void rows_that_fit_by_now_land_once_with_all_that_follows_from_them() {
        project("");
        lab.file("landing/1.csv", "id,ordered_at,qty\n" + rows(0, 20, "1"));
        lab.file("landing/2.csv", "id,ordered_at,qty\n" + rows(20, 40, "1") + rows(40, 41, "many"));
        lab.run();
        assertThat(counts()).containsExactly(40L, 40L);
        assertThat(groups())
                .containsExactly("open: landing/2.csv qty not a bigint, 1 from line 22");
        lab.file("landing/3.csv", "id,ordered_at,qty\n" + rows(50, 90, "few"));
        lab.run();
        assertThat(groups()).as("nothing but a replay looks again").hasSize(1);

        RunReport report = replay().orElseThrow();

        assertThat(report.state()).isEqualTo(Lake.RunState.PUBLISHED);
        assertThat(report.published()).extracting(TableName::name).contains("orders", "order_f");
        assertThat(counts()).containsExactly(81L, 81L);
        assertThat(groups())
                .containsExactly("replayed: landing/2.csv qty not a bigint, 1 from line 22");
        List<RejectedGroup> all = lab.with(ade -> ade.rejected().list(Optional.empty()));
        assertThat(all.getFirst().replayedBy()).isEqualTo(report.run());
        assertThat(replay()).as("once is enough").isEmpty();
        assertThat(counts()).containsExactly(81L, 81L);
        assertThat(lab.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
    }

    @Test
    void a_replay_of_a_merge_keeps_what_came_later() {
        lab.file(
                "shop/sources.yml",
                """
                sources:
                  - name: shop
                    tables:
                      - name: orders
                        load: {files: "landing/*.csv", mode: merge, key: id, reject_limit: 50%}
                        columns: [{name: qty, data_type: integer}]
                """);
        lab.file("shop/models/order_f.sql", "select id from shop.orders where qty = 11");
        lab.file("landing/1.csv", "id,qty\n1,10\n2,x\n3,30\n");
        lab.run();
        lab.file("landing/2.csv", "id,qty\n1,11\n");
        lab.run();

        replay();

        assertThat(counts()).containsExactly(2L, 1L);
        assertThat(groups().getFirst())
                .isEqualTo("open: landing/1.csv qty not an integer, 1 from line 3");
    }

    @Test
    void a_row_that_is_refused_again_stays_out_with_the_reason_of_now() {
        project(", {name: qty, data_type: integer}");
        lab.file(
                "landing/1.csv",
                "id,ordered_at,qty\n"
                        + rows(0, 6, "1")
                        + rows(6, 7, "x")
                        + rows(7, 8, "99999999999"));
        lab.run();
        assertThat(groups())
                .containsExactly("open: landing/1.csv qty not an integer, 2 from line 8");
        project(", {name: qty, data_type: bigint}");

        assertThat(replay().orElseThrow().state()).isEqualTo(Lake.RunState.PUBLISHED);

        assertThat(counts()).containsExactly(7L, 7L);
        assertThat(groups())
                .containsExactly(
                        "open: landing/1.csv qty not a bigint, 1 from line 8",
                        "replayed: landing/1.csv qty not an integer, 2 from line 8");
    }

    @Test
    void a_load_that_failed_is_tried_again_and_a_file_that_is_gone_is_named() throws IOException {
        project(", {name: qty, data_type: integer}");
        lab.file("landing/1.csv", "id,ordered_at,qty\n" + rows(0, 2, "1") + rows(2, 6, "x"));
        assertThat(lab.run().state()).isEqualTo(Lake.RunState.FAILED);
        assertThat(groups())
                .containsExactly("not_loaded: landing/1.csv qty not an integer, 4 from line 4");
        project(", {name: qty, data_type: varchar}");
        replay();
        assertThat(counts()).containsExactly(6L, 6L);
        assertThat(groups())
                .containsExactly("replayed: landing/1.csv qty not an integer, 4 from line 4");

        project(", {name: qty, data_type: integer}");
        lab.file("landing/1.csv", "id,ordered_at,qty\n" + rows(0, 5, "1") + rows(5, 6, "x"));
        lab.file("landing/0.csv", "id,ordered_at,qty\n" + rows(20, 25, "1") + rows(25, 26, "x"));
        lab.file("landing/3.csv", "id,ordered_at,qty\n" + rows(30, 35, "1"));
        lab.run();
        Files.delete(lab.root.resolve("landing/0.csv"));
        Files.delete(lab.root.resolve("landing/1.csv"));
        Files.delete(lab.root.resolve("landing/3.csv"));
        lab.file("landing/2.csv", "id,ordered_at,qty\n" + rows(10, 12, "1"));

        assertThatThrownBy(this::replay)
                .hasMessageContaining(
                        "Cannot replay rejected rows of shop.orders: ADE does not keep them, and landing/0.csv, landing/1.csv are not there any more");
        assertThatThrownBy(() ->
                        lab.with(ade ->
                                ade.rejected().replaying(TableName.of("shop", "order_f"), "test")))
                .hasMessageContaining("it is no source of this project");
    }
}
