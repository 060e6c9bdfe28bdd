package dev.ade.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.run.Plan;
import dev.ade.run.RunReport;
import dev.ade.run.Step;
import dev.ade.run.StepResult;
import dev.ade.run.StepResult.State;
import dev.ade.spi.Checker;
import dev.ade.spi.Lake;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final Screen TERMINAL = new Screen(100, Screen.Look.COLOUR, Screen.Motion.LIVE);

    private final Printed printed = new Printed();

    private static RunReport partly() {
        return Reports.report(
                Lake.RunState.PARTLY_PUBLISHED,
                List.of(
                        Reports.result("shop.order_f", State.DONE, ""),
                        Reports.result("shop.orders", State.WITHHELD, "1 check failed"),
                        Reports.result(
                                "shop.revenue_r", State.SKIPPED, "shop.orders is withheld")));
    }

    @Test
    void plain_progress_is_a_line_a_step_with_what_needs_a_person() {
        PlainProgress progress = new PlainProgress(printed.stream(), Screen.PLAIN);
        RunReport report = partly();

        progress.planned(report.plan());
        report.results().forEach(progress::finished);

        assertThat(printed.text())
                .isEqualTo(
                        """
                        3 steps to do (3 check); 1 dataset is current
                        ✓ shop.order_f                   check       1,234 rows, 2026-01-01 to 2026-01-06 in 2 pieces 1.50s
                        ! shop.orders                    check       withheld, checks: 1 passed, 1 failed 1.50s
                            1 check failed
                            failed not_null_orders_customer_id: 12 rows have no customer_id
                        - shop.revenue_r                 check       skipped 1.50s
                            shop.orders is withheld
                        """);
    }

    @Test
    void checks_that_waited_say_what_failed_and_what_that_takes_along() {
        PlainProgress progress = new PlainProgress(printed.stream(), Screen.PLAIN);
        List<Checker.Result> late = Reports.result("shop.orders", State.WITHHELD, "").checks();
        StepResult orders =
                Reports.result(
                        "shop.orders",
                        State.WITHHELD,
                        "not_null_orders_customer_id: 12 rows have no customer_id");

        progress.judged(orders, late);
        progress.judged(
                Reports.result("shop.revenue_r", State.WITHHELD, "shop.orders was withheld"),
                List.of());
        progress.judged(Reports.result("shop.order_f", State.DONE, ""), List.of());

        assertThat(printed.text())
                .isEqualTo(
                        """
                        ! shop.orders                    check       withheld, late checks: 1 passed, 1 failed
                            failed not_null_orders_customer_id: 12 rows have no customer_id
                        ! shop.revenue_r                 check       withheld
                            shop.orders was withheld
                        """);
    }

    @Test
    void the_closing_table_says_what_each_step_did_and_one_sentence() {
        new ClosingTable(printed.stream(), Screen.PLAIN).print(partly());

        assertThat(printed.text())
                .isEqualTo(
                        """

                           dataset         kind    rows  changed intervals                     checks               time
                        ✓  shop.order_f    check  1,234  2026-01-01 to 2026-01-06 in 2 pieces                      1.50s
                        !  shop.orders     check                                               1 passed, 1 failed  1.50s
                        -  shop.revenue_r  check                                                                   1.50s

                        Run 7 published 1 dataset, wrote 1,234 rows and withheld shop.orders. (12.3s)
                        """);
    }

    @Test
    void nothing_to_do_is_one_sentence() {
        new ClosingTable(printed.stream(), Screen.PLAIN)
                .print(Reports.report(Lake.RunState.NOTHING_TO_DO, List.of()));

        assertThat(printed.text())
                .isEqualTo("Nothing to do: everything is published under its version. (12.3s)\n");
    }

    @Test
    void a_failed_run_says_so_and_how_much_failed() {
        StepResult failed = Reports.result("shop.orders", State.FAILED, "Cannot read it");
        new ClosingTable(printed.stream(), Screen.PLAIN)
                .print(Reports.report(Lake.RunState.FAILED, List.of(failed)));

        assertThat(printed.text())
                .endsWith("Run 7 failed: 1 step failed, nothing was published. (12.3s)\n");
    }

    @Test
    void a_run_of_which_all_was_withheld_says_how_much() {
        StepResult withheld = Reports.result("shop.orders", State.WITHHELD, "");
        new ClosingTable(printed.stream(), Screen.PLAIN)
                .print(Reports.report(Lake.RunState.FAILED, List.of(withheld)));

        assertThat(printed.text())
                .endsWith("Run 7 failed: 1 dataset withheld, nothing was published. (12.3s)\n");
    }

    @Test
    void a_long_table_shows_what_went_wrong_first() {
        List<StepResult> results =
                IntStream.range(0, 200)
                        .mapToObj(i ->
                                Reports.result(
                                        "shop.model_" + i,
                                        i == 199 ? State.FAILED : State.DONE,
                                        ""))
                        .toList();

        new ClosingTable(printed.stream(), Screen.PLAIN)
                .print(Reports.report(Lake.RunState.PARTLY_PUBLISHED, results));

        assertThat(printed.text())
                .contains(
                        "✗  shop.model_199",
                        "and 140 more: ade sql \"from ade.steps where run_id = 7\"")
                .doesNotContain("shop.model_100 ");
    }

    @Test
    void live_progress_keeps_ended_lines_and_gives_the_terminal_back() {
        Step step = Reports.step("shop.orders");
        try (LiveProgress progress = new LiveProgress(printed.stream(), TERMINAL)) {
            progress.planned(new Plan(List.of(step), List.of(), List.of()));
            progress.started(step);
            progress.progressed(step, "reading 3 files", 0.5, 1_000_000);
            progress.draw();
            progress.finished(Reports.result("shop.orders", State.DONE, ""));
        }

        String text = printed.text();
        assertThat(text)
                .contains("\u001b[?25l", "██████", "50%", "reading 3 files, 1,000,000 rows");
        assertThat(text).endsWith(LiveProgress.RESTORE);
        // The painter may have drawn the ended line before the last frame, which then has nothing
        // left to say.
        assertThat(text).contains("1,234 rows");
        String last = text.substring(text.lastIndexOf("\u001b[J"));
        assertThat(last).doesNotContain("of 1 steps");
    }

    @Test
    void what_may_be_drawn_depends_on_the_terminal() {
        assertThat(Screen.of(true, 80, Map.of()).motion()).isEqualTo(Screen.Motion.LIVE);
        assertThat(Screen.of(false, 80, Map.of()))
                .isEqualTo(new Screen(80, Screen.Look.PLAIN, Screen.Motion.STILL));
        assertThat(Screen.of(true, 80, Map.of("CI", "true")))
                .isEqualTo(new Screen(80, Screen.Look.COLOUR, Screen.Motion.STILL));
        assertThat(Screen.of(true, 80, Map.of("NO_COLOR", "1")))
                .isEqualTo(new Screen(80, Screen.Look.PLAIN, Screen.Motion.STILL));
        assertThat(Screen.of(true, 80, Map.of("TERM", "dumb")).look()).isEqualTo(Screen.Look.PLAIN);
    }

    @Test
    void reports_are_json() {
        ReportJson.write(partly(), printed.stream());

        assertThat(printed.text().replaceAll("\\s+", " "))
                .startsWith("{ \"run_id\" : 7, \"state\" : \"partly_published\",")
                .contains(
                        "\"published\" : [ \"shop.order_f\" ], \"withheld\" : [ \"shop.orders\" ]",
                        "\"rows_read\" : null, \"rows\" : 1234",
                        "{ \"from\" : \"2026-01-01T00:00:00Z\", \"to\" : \"2026-01-03T00:00:00Z\" }",
                        "\"outcome\" : \"fail\", \"failures\" : 12");
    }

    @Test
    void notes_in_json_have_no_values() {
        StepResult done = Reports.result("shop.orders", State.DONE, "");
        StepResult noted =
                new StepResult(
                        done.step(),
                        done.state(),
                        done.rowsRead(),
                        done.rows(),
                        done.rowsWritten(),
                        done.rowsRejected(),
                        done.intervals(),
                        done.checks(),
                        done.decisions(),
                        List.of("Could not convert string 'ann@example.org' to INT32"),
                        done.message(),
                        done.took());

        ReportJson.write(Reports.report(Lake.RunState.PUBLISHED, List.of(noted)), printed.stream());

        assertThat(printed.text())
                .contains("Could not convert string '…' to INT32")
                .doesNotContain("ann@example.org");
    }

    @Test
    void plans_are_json_and_a_table() {
        Plan plan = partly().plan();

        ReportJson.write(plan, printed.stream());
        assertThat(printed.text().replaceAll("\\s+", " "))
                .contains(
                        "\"dataset\" : \"shop.order_f\", \"action\" : \"check\", \"kind\" : \"check\","
                                + " \"reason\" : \"its checks changed\"",
                        "\"current\" : [ { \"dataset\" : \"shop.old_d\"");

        Printed table = new Printed();
        new PlanTable(table.stream(), Screen.PLAIN).print(plan, PlanTable.Current.LISTED);
        assertThat(table.text())
                .isEqualTo(
                        """
                        dataset         kind   does            because
                        shop.order_f    check  check 0 checks  its checks changed
                        shop.orders     check  check 0 checks  its checks changed
                        shop.revenue_r  check  check 0 checks  its checks changed

                        3 steps to do (3 check); 1 dataset is current.

                        current     because
                        shop.old_d  published by run 6
                        """);
    }
}
