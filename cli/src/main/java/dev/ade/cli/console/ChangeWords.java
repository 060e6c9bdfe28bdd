package dev.ade.cli.console;

import dev.ade.model.Wording;
import dev.ade.run.Estimate;
import dev.ade.run.PlanReview;
import dev.ade.run.compare.DatasetChange;
import dev.ade.run.compare.DatasetChange.ColumnChange;
import dev.ade.run.compare.DatasetChange.FactChange;
import dev.ade.run.compare.DatasetChange.Sort;
import dev.ade.run.compare.Impact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Changes of datasets, as people read them.
public final class ChangeWords {
    private static final int NAMES_MAX = 8;

    private ChangeWords() {}

    /// `1 added, 2 changed, 3 affected, 12 unchanged`.
    public static String counts(PlanReview review) {
        List<String> words = new ArrayList<>();
        for (Sort sort : Sort.values()) {
            int count = review.comparison().of(sort).size();
            if (count > 0) {
                words.add(Words.number(count) + " " + Wording.of(sort));
            }
        }
        words.add(Words.number(review.comparison().unchanged()) + " unchanged");
        return String.join(", ", words);
    }

    static String mark(Sort sort) {
        return switch (sort) {
            case ADDED -> "+";
            case RENAMED, CHANGED -> "~";
            case AFFECTED -> "·";
            case REMOVED -> "-";
        };
    }

    /// What became of it: `breaking`, `added`, `removed: it stays published as it is`.
    static String summary(DatasetChange change) {
        return switch (change.sort()) {
            case ADDED -> "new";
            case RENAMED -> "renamed from " + change.former().orElseThrow() + "; its data stays";
            case AFFECTED -> "affected";
            case REMOVED -> "no longer in the project; it stays published as it is";
            case CHANGED ->
                    switch (change.nature().orElseThrow()) {
                        case FORMATTING -> "formatting only";
                        case CHECKS -> "only what is checked or described";
                        case ADDITIVE -> "additive";
                        case CONFIG -> "configuration";
                        case BREAKING -> "breaking";
                        case UNKNOWN -> "changed; what it was was not kept";
                    };
        };
    }

    /// `+ discount DECIMAL(10,2)`, `- city VARCHAR`, `amount INTEGER → BIGINT`.
    static String text(ColumnChange column) {
        if (column.before().isEmpty()) {
            return "+ " + column.name() + " " + column.after().orElse("");
        }
        return column.after()
                .map(after -> column.name() + " " + column.before().get() + " → " + after)
                .orElseGet(() -> "- " + column.name() + " " + column.before().get());
    }

    /// `+ unique_orders_id: id is unique`, `grain: day → hour`.
    static String text(FactChange fact) {
        if (fact.before().isEmpty()) {
            return "+ " + fact.name() + ": " + fact.after().orElse("");
        }
        return fact.after()
                .map(after -> fact.name() + ": " + fact.before().get() + " → " + after)
                .orElseGet(() -> "- " + fact.name() + ": " + fact.before().get());
    }

    static String topic(DatasetChange.Topic topic) {
        return switch (topic) {
            case CONFIG -> "config";
            case CHECK -> "checks";
            case PRIVACY, INHERITED -> "privacy";
            case COLUMN -> "declared";
        };
    }

    /// Whom a change reaches, by what they are.
    static Map<String, String> reached(Impact impact) {
        Map<String, String> reached = new LinkedHashMap<>();
        reached.put("below", names(impact.below()));
        reached.put("reaches", names(impact.columns()));
        reached.put("contracts", names(impact.contracts()));
        reached.put("exposures", names(impact.exposures()));
        reached.values().removeIf(String::isEmpty);
        return reached;
    }

    private static String names(List<?> names) {
        String some =
                names.stream()
                        .limit(NAMES_MAX)
                        .map(Object::toString)
                        .collect(Collectors.joining(", "));
        return names.size() > NAMES_MAX
                ? some + " and " + Words.number(names.size() - NAMES_MAX) + " more"
                : some;
    }

    /// `1,204 rows, 3.1 MB`; empty where neither is known.
    static String reads(Estimate estimate) {
        List<String> words = new ArrayList<>();
        estimate.rows().ifPresent(rows -> words.add(Wording.count(rows, "row")));
        estimate.bytes().ifPresent(bytes -> words.add(Words.bytes(bytes)));
        return words.isEmpty() ? "not known yet" : String.join(", ", words);
    }

    static String takes(Estimate estimate) {
        return estimate.seconds().isEmpty()
                ? "not known"
                : seconds(estimate.seconds().getAsDouble());
    }

    /// About so long: one digit below ten seconds.
    private static String seconds(double seconds) {
        if (seconds < 0.1) {
            return "under 0.1s";
        }
        return seconds < 10
                ? String.format(Locale.ROOT, "%.1fs", seconds)
                : Words.duration(java.time.Duration.ofMillis(Math.round(seconds * 1_000)));
    }

    /// `about 12s for 5 of 7 steps`; what is not known is not guessed.
    static String total(PlanReview review) {
        double seconds = 0;
        int known = 0;
        for (Estimate estimate : review.estimates().values()) {
            if (estimate.seconds().isPresent()) {
                seconds += estimate.seconds().getAsDouble();
                known++;
            }
        }
        int all = review.plan().steps().size();
        if (known == 0) {
            return "how long they take is not known";
        }
        String work = "about " + seconds(seconds).replace("under ", "") + " of work";
        return known == all ? work : work + " for %d of them".formatted(known);
    }
}
