package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import dev.ade.app.Ade.ReadPoint;
import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.run.StepResult;
import dev.ade.spi.Lake;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Profiles, checks and monitors as runs use them.
class QualityTest {
    /// A Friday; runs are on the Saturday after it.
    private static final LocalDate YESTERDAY = LocalDate.parse("2026-11-20");

    private static final Clock SATURDAY =
            Clock.fixed(Instant.parse("2026-11-21T08:00:00Z"), ZoneOffset.UTC);

    private Estate estate;

    @BeforeEach
    void twelveFridays(@TempDir Path folder) {
        estate = new Estate(folder);
        estate.file(
                "shop/sources.yml",
                """
                sources:
                  - name: shop
                    tables:
                      - name: orders
                        load: {files: "landing/orders-*.csv", mode: replace}
                        event_time: ordered_at
                        monitors:
                          - volume: {deviations: 2, points: 10, season: same_weekday, severity: error}
                          - freshness: {within: 2 days}
                        columns:
                          - {name: order_id, data_type: bigint, privacy: keep, data_tests: [unique, not_null]}
                          - {name: ordered_at, data_type: timestamp, privacy: keep}
                          - name: status
                            privacy: keep
                            data_tests:
                              - accepted_values:
                                  arguments: {values: [new, paid]}
                                  config: {severity: warn, store_failures: true}
                """);
        for (int week = 1; week <= 12; week++) {
            orders(YESTERDAY.minusWeeks(week), 20 + week % 2);
            orders(YESTERDAY.minusWeeks(week).plusDays(3), 90);
        }
    }

    /// Replaces the file of a day. Of each day the first order has a status of its own.
    private void orders(LocalDate day, int rows) {
        StringBuilder text = new StringBuilder("order_id,ordered_at,status\n");
        for (int i = 0; i < rows; i++) {
            text.append(day.toEpochDay() * 1_000 + i)
                    .append(',')
                    .append(day)
                    .append(" 10:00:00,")
                    .append(i == 0 && day.equals(YESTERDAY) ? "odd" : "new")
                    .append('\n');
        }
        estate.file("landing/orders-" + day + ".csv", text.toString());
    }

    private RunReport run() {
        try (Ade ade = Ade.open(estate.options(), SATURDAY)) {
            return ade.run(Estate.request(), RunListener.NONE);
        }
    }

    private List<String> sql(String select) {
        return estate.sql(select, new ReadPoint.Now());
    }

    private String volume() {
        return sql("select outcome || ': ' || message from ade.checks where check_name like 'volume%'"
                        + " order by run_id desc limit 1")
                .getFirst();
    }

    @Test
    void yesterday_is_compared_with_the_last_ten_same_weekdays_and_never_with_itself() {
        orders(YESTERDAY, 21);
        assertThat(run().state()).isEqualTo(Lake.RunState.PUBLISHED);
        assertThat(volume()).isEqualTo("pass: 21 rows on 2026-11-20, expected 20 to 21");

        orders(YESTERDAY, 40);
        RunReport tooMany = run();
        assertThat(tooMany.results().getFirst().state()).isEqualTo(StepResult.State.WITHHELD);
        assertThat(volume()).isEqualTo("fail: 40 rows on 2026-11-20, expected 20 to 21");
        assertThat(sql("select count(*) from shop.orders where ordered_at >= '2026-11-20'"))
                .containsExactly("21");
        assertThat(
                        sql(
                                "select distinct \"rows\" from ade.profiles where interval_from = '2026-11-20'"))
                .containsExactly("21");

        estate.delete("landing/orders-" + YESTERDAY + ".csv");
        run();
        assertThat(volume()).isEqualTo("fail: 0 rows on 2026-11-20, expected 20 to 21");

        orders(YESTERDAY, 20);
        assertThat(run().state()).isEqualTo(Lake.RunState.PUBLISHED);
        assertThat(volume()).isEqualTo("pass: 20 rows on 2026-11-20, expected 20 to 21");
    }

    @Test
    void keeps_rows_that_fail_a_check_which_stores_them() {
        orders(YESTERDAY, 21);

        run();

        assertThat(
                        sql(
                                "select check_name, outcome, failures, message from ade.checks where outcome <> 'pass'"))
                .singleElement()
                .asString()
                .startsWith("source_accepted_values_")
                .endsWith("|warn|1|1 row has a value of status that is not accepted");
        assertThat(sql("select failing_row from ade.failures"))
                .singleElement()
                .asString()
                .startsWith(
                        "{\"order_id\":20777000,\"ordered_at\":\"2026-11-20 10:00:00\",\"status\":\"odd\"");
    }

    @Test
    void a_profile_is_a_dataset() {
        orders(YESTERDAY, 21);

        run();

        assertThat(
                        sql(
                                "select \"rows\", nulls, distinct_values, min_value, max_value, mean is null"
                                        + " from ade.profiles where dataset = 'shop.orders' and column_name = 'status'"))
                .containsExactly("1347|0|2.0|new|odd|true");
        assertThat(
                        sql(
                                "select count(*), sum(\"rows\") from ade.profiles"
                                        + " where dataset = 'shop.orders' and interval_from is not null"))
                .containsExactly("25|1347");
    }
}
