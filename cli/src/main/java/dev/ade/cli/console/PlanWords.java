package dev.ade.cli.console;

import dev.ade.model.Wording;
import dev.ade.run.Plan;
import java.util.ArrayList;
import java.util.List;

/// A plan in one sentence.
public final class PlanWords {
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

    /// `12 datasets are current`.
    public static String current(Plan plan) {
        int count = plan.current().size();
        return Wording.count(count, "dataset") + (count == 1 ? " is current" : " are current");
    }
}
