package dev.ade.cli.console;

import dev.ade.model.Interval;
import dev.ade.model.LoadSpec;
import dev.ade.model.Wording;
import dev.ade.run.Step;
import dev.ade.run.StepResult;
import dev.ade.spi.Checker;
import dev.ade.spi.Loader;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Steps and what became of them, in words.
public final class StepWords {
    /// Of a step that changes no rows.
    private static final String COLUMNS = "columns only";

    private static final Duration DAY = Duration.ofDays(1);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private StepWords() {}

    /// What kind of dataset a step is about: `source`, `fact`, …
    public static String kind(Step step) {
        return switch (step) {
            case Step.Load load -> Wording.of(load.source().origin());
            case Step.Build build -> build.model().kind().word();
            case Step.Check _ -> "check";
        };
    }

    /// What a step does: `load`, `build`, `check`.
    public static String action(Step step) {
        return switch (step) {
            case Step.Load _ -> "load";
            case Step.Build _ -> "build";
            case Step.Check _ -> "check";
        };
    }

    /// How much of it: `3 files`, `4 intervals: 2026-01-01 to 2026-01-05`, `all of it`.
    public static String extent(Step step) {
        return switch (step) {
            case Step.Load load -> extent(load);
            case Step.Check check -> Wording.count(check.checks().size(), "check");
            case Step.Build build ->
                    switch (build.work()) {
                        case Step.Work.Whole _ -> "all of it";
                        case Step.Work.Intervals some ->
                                some.intervals().isEmpty() ? COLUMNS : intervals(some.intervals());
                        case Step.Work.AfterInputs _ -> "what its inputs touch";
                    };
        };
    }

    private static String extent(Step.Load load) {
        Loader.Inbox inbox = load.inbox();
        int files = inbox.fresh().size() + inbox.changed().size();
        if (files == 0 && inbox.gone().isEmpty()) {
            return COLUMNS;
        }
        return switch (load.source().load()) {
            case LoadSpec.Files _ -> Wording.count(files, "file");
            case LoadSpec.Outside _ -> inbox.unchanged().isEmpty() ? "all of it" : "what is new";
        };
    }

    /// One mark that says how a step ended.
    public static String mark(StepResult.State state, Screen screen) {
        return switch (state) {
            case DONE -> screen.green("✓");
            case UNCHANGED -> screen.dim("=");
            case WITHHELD -> screen.yellow("!");
            case FAILED -> screen.red("✗");
            case SKIPPED, CANCELLED -> screen.dim("-");
        };
    }

    /// `3 of 4 passed`, and what the others are; empty where there were none.
    public static String checks(List<Checker.Result> checks) {
        if (checks.isEmpty()) {
            return "";
        }
        List<String> words = new ArrayList<>();
        for (Checker.Outcome outcome : Checker.Outcome.values()) {
            long count = checks.stream().filter(check -> check.outcome() == outcome).count();
            if (count > 0) {
                words.add(Words.number(count) + " " + word(outcome));
            }
        }
        return String.join(", ", words);
    }

    static String word(Checker.Outcome outcome) {
        return switch (outcome) {
            case PASS -> "passed";
            case WARN -> "warned";
            case FAIL -> "failed";
            case ERROR -> "could not run";
            case SKIPPED -> "skipped";
        };
    }

    /// Rows in one word or two: what was loaded and rejected, or what the dataset holds.
    public static String rows(StepResult result) {
        if (result.rowsRejected() > 0) {
            return Words.number(result.rowsWritten())
                    + " + "
                    + Words.number(result.rowsRejected())
                    + " rejected";
        }
        return result.rowsWritten() > 0 ? Words.number(result.rowsWritten()) : "";
    }

    /// `5 intervals: 2026-01-01 to 2026-01-06`; empty where there are none.
    public static String intervals(List<Interval> intervals) {
        if (intervals.isEmpty()) {
            return "";
        }
        String reach =
                moment(intervals.getFirst().from()) + " to " + moment(intervals.getLast().to());
        return intervals.size() == 1
                ? reach
                : reach + " in " + Words.number(intervals.size()) + " pieces";
    }

    private static String moment(Instant instant) {
        boolean midnight = instant.getEpochSecond() % DAY.toSeconds() == 0;
        if (instant.equals(Interval.BEGINNING)) {
            return "the beginning";
        }
        if (instant.equals(Interval.END)) {
            return "the end";
        }
        String text = MINUTE.format(instant);
        return midnight ? text.substring(0, text.indexOf(' ')) : text;
    }
}
