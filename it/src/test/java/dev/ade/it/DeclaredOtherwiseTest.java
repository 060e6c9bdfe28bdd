package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import dev.ade.run.PlanReview;
import dev.ade.run.RunReport;
import dev.ade.spi.Lake;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A change of a declaration for which no row has to be made is put down by the next run, and then is no change any more.
class DeclaredOtherwiseTest {
    private Estate estate;

    @BeforeEach
    void write_orders(@TempDir Path folder) {
        estate =
                new Estate(folder)
                        .file("landing/orders.csv", "id,day\n1,2026-01-01\n2,2026-02-01\n")
                        .file(
                                "shop/models/order_f.sql",
                                "{{ config(materialized='table') }} select id, day from shop.orders");
        source("");
        estate.published();
    }

    private void source(String more) {
        estate.file(
                "shop/sources.yml",
                """
                sources:
                  - name: shop
                    tables:
                      - name: orders
                        load: {files: "landing/*.csv"%s}
                        columns: [{name: id, data_type: bigint}, {name: day, data_type: date}]
                """
                        .formatted(more));
    }

    private void isPutDown() {
        assertThat(review().comparison().changes()).hasSize(1);
        RunReport report = estate.published();
        assertThat(report.results()).hasSize(1);
        assertThat(report.results().getFirst().rowsWritten()).isZero();
        assertThat(review().comparison().changes()).isEmpty();
        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
    }

    private PlanReview review() {
        try (Ade ade = estate.open()) {
            return ade.review(Estate.request());
        }
    }

    @Test
    void a_limit_of_rejected_rows() {
        source(", reject_limit: 5");
        isPutDown();
    }

    @Test
    void how_rows_are_partitioned_from_now_on() {
        source(", mode: append}\n        partition_by: [month(day)]\n        meta: {a: 1");
        isPutDown();
    }

    @Test
    void a_type_that_a_model_promises() {
        estate.file(
                "shop/models/schema.yml",
                "models:\n  - name: order_f\n    columns: [{name: id, data_type: bigint}]\n");
        isPutDown();
    }
}
