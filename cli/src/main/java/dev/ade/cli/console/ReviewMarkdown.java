package dev.ade.cli.console;

import dev.ade.model.Wording;
import dev.ade.run.Estimate;
import dev.ade.run.PlanReview;
import dev.ade.run.Step;
import dev.ade.run.compare.DatasetChange;
import dev.ade.run.compare.DatasetChange.Sort;
import dev.ade.run.compare.Impact;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A plan as a comment on a pull request: a table of what changed, details folded.
public final class ReviewMarkdown {
    /// Hosts cut comments at 65,536 characters.
    private static final int DIFF_LINES_MAX = 200;

    private final PrintStream out;

    public ReviewMarkdown(PrintStream out) {
        this.out = out;
    }

    public void print(PlanReview review) {
        out.println("### ADE plan for `" + review.environment().name() + "`");
        out.println();
        if (!review.hasChanges()) {
            out.println("Nothing to do: " + ChangeWords.counts(review) + ".");
            out.flush();
            return;
        }
        out.println("**" + ChangeWords.counts(review) + ".** " + closing(review));
        out.println();
        changes(review);
        PlanWords.decisions(review.plan()).forEach(it -> out.println("- " + it));
        if (!review.plan().decisions().isEmpty()) {
            out.println();
        }
        review.comparison().changes().forEach(this::details);
        steps(review);
        review.plan().warnings().forEach(it -> out.println("> ⚠️ " + Words.oneLine(it) + "\n"));
        out.flush();
    }

    private static String closing(PlanReview review) {
        return review.plan().isEmpty()
                ? "Nothing has to run."
                : PlanWords.opening(review.plan()) + "; " + ChangeWords.total(review) + ".";
    }

    private void changes(PlanReview review) {
        if (review.comparison().changes().isEmpty()) {
            return;
        }
        out.println("| | Dataset | Kind | Change | Columns | Checks | Touches |");
        out.println("|---|---|---|---|---|---|---|");
        for (DatasetChange change : review.comparison().changes()) {
            out.println(
                    "| %s | `%s` | %s | %s | %s | %s | %s |"
                            .formatted(
                                    sign(change),
                                    change.dataset(),
                                    change.kind(),
                                    emphasised(change),
                                    columns(change),
                                    checks(change),
                                    touches(change)));
        }
        out.println();
    }

    private static String sign(DatasetChange change) {
        if (!change.problems().isEmpty()) {
            return "❌";
        }
        return switch (change.sort()) {
            case ADDED -> "🆕";
            case REMOVED -> "🗑️";
            case RENAMED -> "🏷️";
            case AFFECTED -> "↳";
            case CHANGED ->
                    switch (change.nature().orElseThrow()) {
                        case FORMATTING -> "🎨";
                        case CHECKS -> "✅";
                        case ADDITIVE -> "➕";
                        case CONFIG, UNKNOWN -> "⚙️";
                        case BREAKING -> "⚠️";
                    };
        };
    }

    private static String emphasised(DatasetChange change) {
        String text = ChangeWords.summary(change);
        boolean isGrave =
                change.nature().stream().anyMatch(it -> it == DatasetChange.Nature.BREAKING)
                        || !change.problems().isEmpty();
        return isGrave ? "**" + text + "**" : text;
    }

    private static String columns(DatasetChange change) {
        return String.join(
                "<br>",
                change.columns().stream()
                        .map(it -> "`" + cell(ChangeWords.text(it)) + "`")
                        .toList());
    }

    private static String checks(DatasetChange change) {
        long added = count(change, true, false);
        long removed = count(change, false, true);
        long changed = count(change, false, false);
        List<String> words = new ArrayList<>();
        if (added > 0) {
            words.add("+" + added);
        }
        if (removed > 0) {
            words.add("−" + removed);
        }
        if (changed > 0) {
            words.add("~" + changed);
        }
        return String.join(" ", words);
    }

    private static long count(DatasetChange change, boolean comes, boolean goes) {
        return change.facts().stream()
                .filter(fact -> fact.topic() == DatasetChange.Topic.CHECK)
                .filter(fact -> fact.before().isEmpty() == comes && fact.after().isEmpty() == goes)
                .count();
    }

    private static String touches(DatasetChange change) {
        if (change.sort() == Sort.AFFECTED) {
            return "";
        }
        Impact impact = change.impact();
        return Stream.of(
                        count(impact.below(), "dataset"),
                        count(impact.contracts(), "contract"),
                        count(impact.exposures(), "exposure"))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String count(List<?> reached, String what) {
        return reached.isEmpty() ? "" : Wording.count(reached.size(), what);
    }

    private static String cell(String text) {
        return Words.oneLine(text).replace("|", "\\|").replace("`", "'");
    }

    private void details(DatasetChange change) {
        boolean hasNone =
                change.diff().isEmpty() && change.facts().isEmpty() && change.problems().isEmpty();
        if (hasNone) {
            return;
        }
        out.println(
                "<details><summary><code>%s</code>: %s</summary>\n"
                        .formatted(change.dataset(), ChangeWords.summary(change)));
        change.problems().forEach(it -> out.println("- ❌ " + problem(it)));
        change.facts()
                .forEach(fact ->
                        out.println(
                                "- %s `%s`"
                                        .formatted(
                                                ChangeWords.topic(fact.topic()),
                                                cell(ChangeWords.text(fact)))));
        ChangeWords.reached(change.impact())
                .forEach((what, names) -> out.println("- " + what + ": " + cell(names)));
        diff(change.diff());
        out.println("\n</details>\n");
    }

    private static String problem(String text) {
        return text.lines()
                .map(String::strip)
                .map(Words::oneLine)
                .collect(Collectors.joining("<br>"));
    }

    private void diff(List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        out.println("\n~~~~diff");
        lines.stream().limit(DIFF_LINES_MAX).map(Words::oneLine).forEach(out::println);
        if (lines.size() > DIFF_LINES_MAX) {
            out.println("@@ " + Words.number(lines.size() - DIFF_LINES_MAX) + " lines more @@");
        }
        out.println("~~~~");
    }

    private void steps(PlanReview review) {
        if (review.plan().isEmpty()) {
            return;
        }
        out.println("<details><summary>%s</summary>\n".formatted(PlanWords.opening(review.plan())));
        out.println("| Dataset | Does | Reads | Takes | Because |");
        out.println("|---|---|---|---|---|");
        for (Step step : review.plan().steps()) {
            Estimate estimate = review.estimates().get(step.dataset());
            out.println(
                    "| `%s` | %s %s | %s | %s | %s |"
                            .formatted(
                                    step.dataset(),
                                    StepWords.action(step),
                                    StepWords.extent(step),
                                    estimate == null ? "" : ChangeWords.reads(estimate),
                                    estimate == null ? "" : ChangeWords.takes(estimate),
                                    cell(step.reason())));
        }
        out.println("\n</details>\n");
    }
}
