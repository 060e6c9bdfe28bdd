package dev.ade.cli.console;

import dev.ade.run.Estimate;
import dev.ade.run.PlanReview;
import dev.ade.run.Step;
import dev.ade.run.compare.DatasetChange;
import dev.ade.run.compare.DatasetChange.Topic;
import java.io.PrintStream;
import java.util.List;

/// A plan for people on a terminal: what changed first, then what would be done about it.
public final class ReviewText {
    private static final int TOPIC_WIDTH = 9;

    private final PrintStream out;
    private final Screen screen;

    public ReviewText(PrintStream out, Screen screen) {
        this.out = out;
        this.screen = screen;
    }

    public void print(PlanReview review, PlanTable.Current current) {
        if (!review.comparison().changes().isEmpty()) {
            out.println(
                    "Compared with %s: %s."
                            .formatted(
                                    screen.bold(review.environment().name()),
                                    ChangeWords.counts(review)));
            out.println();
            changes(review.comparison().changes());
        }
        PlanTable table = new PlanTable(out, screen);
        if (review.plan().isEmpty()) {
            table.print(review.plan(), current);
            return;
        }
        table.warnings(review.plan());
        steps(review);
        out.println();
        PlanWords.decisions(review.plan()).forEach(it -> out.println(screen.yellow(it) + "."));
        out.println(PlanWords.opening(review.plan()) + "; " + ChangeWords.total(review) + ".");
        if (current == PlanTable.Current.LISTED) {
            table.current(review.plan());
        }
        out.flush();
    }

    private void steps(PlanReview review) {
        Grid grid =
                new Grid(screen, List.of("dataset", "kind", "does", "reads", "takes", "because"))
                        .openEnd();
        for (Step step : review.plan().steps()) {
            Estimate estimate = review.estimates().get(step.dataset());
            grid.row(
                    List.of(
                            step.dataset().toString(),
                            StepWords.kind(step),
                            StepWords.action(step) + " " + StepWords.extent(step),
                            estimate == null ? "" : ChangeWords.reads(estimate),
                            estimate == null ? "" : ChangeWords.takes(estimate),
                            step.reason()));
        }
        grid.print(out);
    }

    /// Those with nothing but a name stand under each other; all others are paragraphs.
    private void changes(List<DatasetChange> changes) {
        boolean isInList = false;
        for (DatasetChange change : changes) {
            boolean isName = isName(change);
            if (isInList && !isName) {
                out.println();
            }
            change(change);
            if (!isName) {
                out.println();
            }
            isInList = isName;
        }
        if (isInList) {
            out.println();
        }
    }

    private static boolean isName(DatasetChange change) {
        return change.sort() == DatasetChange.Sort.AFFECTED
                && change.columns().isEmpty()
                && change.facts().isEmpty()
                && change.problems().isEmpty();
    }

    private void change(DatasetChange change) {
        out.println(
                "%s %s  %s"
                        .formatted(
                                paint(change, ChangeWords.mark(change.sort())),
                                screen.bold(change.dataset().toString()),
                                screen.dim(change.kind())
                                        + "  "
                                        + paint(change, ChangeWords.summary(change))));
        change.problems().forEach(this::problem);
        change.columns().forEach(it -> line("columns", sign(ChangeWords.text(it))));
        for (Topic topic : Topic.values()) {
            change.facts().stream()
                    .filter(fact -> fact.topic() == topic)
                    .forEach(fact ->
                            line(
                                    ChangeWords.topic(topic),
                                    sign(Words.oneLine(ChangeWords.text(fact)))));
        }
        if (change.sort() != DatasetChange.Sort.AFFECTED) {
            ChangeWords.reached(change.impact()).forEach(this::line);
        }
        change.diff().forEach(line -> out.println("    " + diff(Words.oneLine(line))));
    }

    private void problem(String text) {
        String topic = "fails";
        for (String line : text.lines().toList()) {
            line(topic, screen.red(Words.oneLine(line)));
            topic = "";
        }
    }

    private void line(String topic, String text) {
        out.println(
                "    " + screen.dim(topic + " ".repeat(TOPIC_WIDTH - topic.length())) + " " + text);
    }

    private String paint(DatasetChange change, String text) {
        return switch (change.sort()) {
            case ADDED -> screen.green(text);
            case REMOVED -> screen.red(text);
            case RENAMED, AFFECTED -> screen.dim(text);
            case CHANGED ->
                    switch (change.nature().orElseThrow()) {
                        case FORMATTING, CHECKS -> screen.dim(text);
                        case ADDITIVE -> screen.green(text);
                        case CONFIG, UNKNOWN -> screen.yellow(text);
                        case BREAKING -> screen.red(text);
                    };
        };
    }

    private String sign(String text) {
        if (text.startsWith("+ ")) {
            return screen.green(text);
        }
        return text.startsWith("- ") ? screen.red(text) : screen.yellow(text);
    }

    private String diff(String line) {
        if (line.startsWith("@@")) {
            return screen.cyan(line);
        }
        if (line.startsWith("+")) {
            return screen.green(line);
        }
        return line.startsWith("-") ? screen.red(line) : screen.dim(line);
    }
}
