package dev.ade.cli;

import dev.ade.cli.console.PlanWords;
import dev.ade.model.OnChange;
import dev.ade.run.Decision;
import dev.ade.run.HistoryChoice;
import dev.ade.run.Plan;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Scanner;

/// Asks a person what becomes of history, where a plan leaves that open.
record Questions(Shell shell) {
    /// The answers; nothing where nothing is open. Anything but an f restates, which never leaves old rows behind.
    HistoryChoice ask(Plan plan) {
        Map<OnChange, List<String>> answers = new EnumMap<>(OnChange.class);
        Scanner keyboard = new Scanner(shell.in(), Charset.defaultCharset());
        for (Decision decision : plan.decisions()) {
            if (decision.isOpen()) {
                shell.out().print(PlanWords.question(decision));
                shell.out().flush();
                String answer = keyboard.hasNextLine() ? keyboard.nextLine() : "";
                boolean isForward = answer.strip().toLowerCase(Locale.ROOT).startsWith("f");
                answers.computeIfAbsent(
                                isForward ? OnChange.FORWARD : OnChange.RESTATE,
                                _ -> new ArrayList<>())
                        .add(decision.dataset().toString());
            }
        }
        return new HistoryChoice(
                Optional.ofNullable(answers.get(OnChange.RESTATE)),
                Optional.ofNullable(answers.get(OnChange.FORWARD)));
    }
}
