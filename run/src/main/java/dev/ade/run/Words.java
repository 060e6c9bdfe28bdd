package dev.ade.run;

import dev.ade.model.Interval;
import dev.ade.model.Intervals;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.spi.DatasetState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reasons, as ends of sentences.
final class Words {
    private static final int NAMES_MAX = 3;
    private static final int INTERVALS_MAX = 5;

    private Words() {}

    static String changes(List<TableName> changed) {
        String names =
                String.join(
                        ", ", changed.stream().limit(NAMES_MAX).map(TableName::toString).toList());
        int more = changed.size() - NAMES_MAX;
        String all = more > 0 ? names + " and " + more + " more" : names;
        return all + (changed.size() == 1 ? " changes" : " change");
    }

    static String stale(int stale, int wanted) {
        return stale == wanted
                ? "all its %s are new or changed".formatted(Wording.count(wanted, "interval"))
                : "%,d of its %s are new or changed"
                        .formatted(stale, Wording.count(wanted, "interval"));
    }

    /// Of a restatement that nothing of its dataset lies in.
    static String missed(RunRequest.Restatement asked, Intervals there) {
        List<Interval> all = there.list();
        String some =
                all.stream()
                        .limit(INTERVALS_MAX)
                        .map(Words::text)
                        .collect(Collectors.joining(", "));
        int more = all.size() - INTERVALS_MAX;
        return "nothing of %s lies in %s, so nothing is restated: it has %s"
                .formatted(
                        asked.dataset(),
                        text(asked.interval()),
                        all.isEmpty()
                                ? "no rows"
                                : some + (more > 0 ? " and %,d more".formatted(more) : ""));
    }

    /// `2026-01-01 to 2026-01-08`.
    private static String text(Interval interval) {
        return "%s to %s".formatted(interval.from(), interval.to()).replace("T00:00:00Z", "");
    }

    /// Of models that keep rows.
    static List<String> treatedOtherwise(Set<String> columns) {
        return columns.stream()
                .map(column ->
                        "column '%s' was treated otherwise before: rows that stay hold it no more"
                                .formatted(column))
                .toList();
    }

    static String current(Optional<DatasetState> state) {
        return state.map(it -> "published by run " + it.run() + " under the same version")
                .orElse("");
    }
}
