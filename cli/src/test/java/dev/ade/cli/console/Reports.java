package dev.ade.cli.console;

import dev.ade.model.Assertion;
import dev.ade.model.CheckSpec;
import dev.ade.model.Interval;
import dev.ade.model.Location;
import dev.ade.model.RunId;
import dev.ade.model.TableName;
import dev.ade.run.Plan;
import dev.ade.run.RunReport;
import dev.ade.run.Step;
import dev.ade.run.StepResult;
import dev.ade.run.StepResult.State;
import dev.ade.spi.Checker;
import dev.ade.spi.Lake;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reports that tests show.
final class Reports {
    private Reports() {}

    static Step step(String dataset) {
        return new Step.Check(TableName.parse(dataset), List.of(), "its checks changed");
    }

    static Interval days(String from, String to) {
        return new Interval(Instant.parse(from + "T00:00:00Z"), Instant.parse(to + "T00:00:00Z"));
    }

    static StepResult result(String dataset, State state, String message) {
        return new StepResult(
                step(dataset),
                state,
                -1,
                state == State.DONE ? 1_234 : -1,
                state == State.DONE ? 1_234 : 0,
                0,
                state == State.DONE
                        ? List.of(
                                days("2026-01-01", "2026-01-03"), days("2026-01-05", "2026-01-06"))
                        : List.of(),
                state == State.WITHHELD
                        ? List.of(check(Checker.Outcome.FAIL), check(Checker.Outcome.PASS))
                        : List.of(),
                List.of(),
                List.of(),
                message,
                Duration.ofMillis(1_500));
    }

    static Checker.Result check(Checker.Outcome outcome) {
        TableName orders = TableName.parse("shop.orders");
        CheckSpec spec =
                new CheckSpec(
                        "not_null_orders_customer_id",
                        orders,
                        Set.of(orders),
                        new Assertion.NotNull("customer_id"),
                        CheckSpec.Options.DEFAULT,
                        Set.of(),
                        Location.of("shop/sources.yml"));
        boolean pass = outcome == Checker.Outcome.PASS;
        return new Checker.Result(
                spec,
                outcome,
                pass ? 0 : 12,
                pass ? "" : "12 rows have no customer_id",
                "",
                null,
                List.of());
    }

    static RunReport report(Lake.RunState state, List<StepResult> results) {
        return new RunReport(
                state == Lake.RunState.NOTHING_TO_DO ? Optional.empty() : Optional.of(new RunId(7)),
                state,
                new Plan(
                        results.stream().map(StepResult::step).toList(),
                        List.of(
                                new Plan.Current(
                                        TableName.parse("shop.old_d"), "published by run 6")),
                        List.of()),
                results,
                named(results, State.DONE),
                named(results, State.WITHHELD),
                state == Lake.RunState.NOTHING_TO_DO
                        ? "nothing to do: everything is published under its version"
                        : "",
                Duration.ofMillis(12_340));
    }

    private static List<TableName> named(List<StepResult> results, State state) {
        return results.stream()
                .filter(it -> it.state() == state)
                .map(it -> it.step().dataset())
                .toList();
    }
}
