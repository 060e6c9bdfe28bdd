package dev.ade.cli.console;

import dev.ade.model.Wording;
import dev.ade.run.Decision;
import dev.ade.run.Plan;
import dev.ade.run.compare.DatasetChange;
import java.util.ArrayList;
import java.util.List;

/// A plan in one sentence.
public final class PlanWords {
    private static final int DECISIONS_MAX = 5;

    private PlanWords() {}

    /// `7 steps to do (2 load, 5 build), 12 datasets are current`.
    public static String opening(Plan plan) {
        List<String> kinds = new ArrayList<>();
        for (String action : List.of("load", "build", "check")) {
            long count =
                    plan.steps().stream()
                            .filter(step -> StepWords.action(step).equals(action))
                            .count();
            if (count > 0) {
                kinds.add(Words.number(count) + " " + action);
            }
        }
        String steps =
                Wording.count(plan.steps().size(), "step")
                        + " to do ("
                        + String.join(", ", kinds)
                        + ")";
        return plan.current().isEmpty() ? steps : steps + "; " + current(plan);
    }

    /// What becomes of the history of changed models, a sentence each; at most a few.
    public static List<String> decisions(Plan plan) {
        List<String> lines = new ArrayList<>();
        plan.decisions().stream().limit(DECISIONS_MAX).map(PlanWords::sentence).forEach(lines::add);
        int more = plan.decisions().size() - DECISIONS_MAX;
        if (more > 0) {
            lines.add(
                    "… and %s more; ade plan says it all".formatted(Wording.count(more, "model")));
        }
        return lines;
    }

    static String sentence(Decision decision) {
        String what =
                decision.nature() == DatasetChange.Nature.ADDITIVE
                        ? "its query gives more columns"
                        : "its query changed";
        String then =
                switch (decision.choice()) {
                    case RESTATE -> "all its history is made again";
                    case FORWARD -> "its history stays";
                };
        String why =
                switch (decision.ground()) {
                    case ASKED -> "as asked";
                    case CONFIGURED -> "as its on_change says";
                    // In a plan and when the run is done, when nothing is changed any more.
                    case ADDITIVE ->
                            "ade run -s %s+ --full-refresh makes it again"
                                    .formatted(decision.dataset());
                    case PROMISE -> "--forward-only keeps it";
                };
        return "%s: %s, %s (%s)".formatted(decision.dataset(), what, then, why);
    }

    /// Asks what a plan leaves open.
    public static String question(Decision decision) {
        return "The query of %s changed. Make all its history again (r), or go forward only (f)? [r] "
                .formatted(decision.dataset());
    }

    /// `12 datasets are current`.
    public static String current(Plan plan) {
        int count = plan.current().size();
        return Wording.count(count, "dataset") + (count == 1 ? " is current" : " are current");
    }
}
