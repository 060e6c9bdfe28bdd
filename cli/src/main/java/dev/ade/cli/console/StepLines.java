package dev.ade.cli.console;

import dev.ade.model.Wording;
import dev.ade.run.Step;
import dev.ade.run.StepResult;
import dev.ade.run.StepResult.State;
import dev.ade.spi.Checker;
import dev.ade.spi.Privacy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// One line for a step that has ended, and one for each thing about it that needs a person.
final class StepLines {
    private static final int NAME_WIDTH = 30;
    private static final int KIND_WIDTH = 11;
    private static final int DETAILS_MAX = 10;
    private static final String INDENT = "    ";

    private final Screen screen;

    StepLines(Screen screen) {
        this.screen = screen;
    }

    List<String> of(StepResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(
                StepWords.mark(result.state(), screen)
                        + " "
                        + name(result.step())
                        + " "
                        + outcome(result)
                        + " "
                        + screen.dim(Words.duration(result.took())));
        addSome(details(result), lines);
        return lines;
    }

    /// What checks found that waited for other datasets; nothing where that changes nothing and needs nobody.
    ///
    /// @param late their results; none where the step is withheld because of another dataset
    List<String> late(StepResult result, List<Checker.Result> late) {
        List<String> details =
                late.isEmpty() ? messages(result) : late.stream().flatMap(this::found).toList();
        List<String> lines = new ArrayList<>();
        if (!details.isEmpty()) {
            List<String> parts = new ArrayList<>();
            if (result.state() == State.WITHHELD) {
                parts.add(screen.yellow("withheld"));
            }
            if (!late.isEmpty()) {
                parts.add("late checks: " + StepWords.checks(late));
            }
            lines.add(
                    StepWords.mark(result.state(), screen)
                            + " "
                            + name(result.step())
                            + " "
                            + String.join(", ", parts));
            addSome(details, lines);
            if (result.state() == State.WITHHELD && result.step().isOfView()) {
                lines.addAll(notes(result));
            }
        }
        return lines;
    }

    private void addSome(List<String> details, List<String> lines) {
        details.stream().limit(DETAILS_MAX).forEach(lines::add);
        if (details.size() > DETAILS_MAX) {
            lines.add(INDENT + screen.dim("and %d more".formatted(details.size() - DETAILS_MAX)));
        }
    }

    /// Name and kind, in columns.
    String name(Step step) {
        return TextWidth.left(step.dataset().toString(), NAME_WIDTH)
                + " "
                + screen.dim(TextWidth.left(StepWords.kind(step), KIND_WIDTH));
    }

    private String outcome(StepResult result) {
        List<String> parts = new ArrayList<>();
        parts.add(
                switch (result.state()) {
                    case DONE -> done(result);
                    case UNCHANGED -> "unchanged";
                    case WITHHELD -> screen.yellow("withheld");
                    case FAILED -> screen.red("failed");
                    case SKIPPED -> "skipped";
                    case CANCELLED -> "cancelled";
                });
        String intervals = StepWords.intervals(result.intervals());
        if (!intervals.isEmpty()) {
            parts.add(intervals);
        }
        if (!result.checks().isEmpty()) {
            parts.add("checks: " + StepWords.checks(result.checks()));
        }
        return String.join(", ", parts);
    }

    private static String done(StepResult result) {
        String rows =
                result.rowsWritten() > 0 ? Wording.count(result.rowsWritten(), "row") : "done";
        return result.rowsRejected() > 0
                ? rows + ", " + Words.number(result.rowsRejected()) + " rejected"
                : rows;
    }

    private List<String> details(StepResult result) {
        List<String> lines = new ArrayList<>(messages(result));
        result.checks().stream().flatMap(this::found).forEach(lines::add);
        result.decisions().stream()
                .filter(decision -> decision.ground() == Privacy.Ground.DETECTED)
                .forEach(decision -> lines.add(INDENT + screen.yellow(detected(decision))));
        lines.addAll(notes(result));
        return lines;
    }

    private List<String> notes(StepResult result) {
        return result.notes().stream()
                .map(note -> INDENT + screen.dim(Words.oneLine(note)))
                .toList();
    }

    /// What went wrong, unless the lines of its checks say so.
    private List<String> messages(StepResult result) {
        boolean isSaid =
                result.state() == State.WITHHELD
                        && result.checks().stream()
                                .anyMatch(check -> result.message().contains(text(check)));
        return isSaid || result.state() == State.DONE
                ? List.of()
                : result.message().lines().map(line -> INDENT + message(result, line)).toList();
    }

    /// A line of what a check found, where that needs a person.
    private Stream<String> found(Checker.Result check) {
        if (!needsAPerson(check.outcome())) {
            return Stream.empty();
        }
        String word = StepWords.word(check.outcome());
        String painted =
                check.outcome() == Checker.Outcome.WARN ? screen.yellow(word) : screen.red(word);
        return Stream.of(INDENT + painted + " " + Words.oneLine(text(check)));
    }

    private static String text(Checker.Result check) {
        return check.check().name() + ": " + check.message();
    }

    private static String detected(Privacy.Decision decision) {
        return Words.oneLine(
                "%s looks personal (%s: %s), nobody declared it: %s"
                        .formatted(
                                decision.column(),
                                decision.dataClass(),
                                decision.evidence(),
                                decision.treatment().word()));
    }

    private String message(StepResult result, String line) {
        return result.state() == State.FAILED
                ? screen.red(Words.oneLine(line))
                : Words.oneLine(line);
    }

    private static boolean needsAPerson(Checker.Outcome outcome) {
        return switch (outcome) {
            case WARN, FAIL, ERROR -> true;
            case PASS, SKIPPED -> false;
        };
    }
}
