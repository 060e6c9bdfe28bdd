package dev.ade.run;

import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.spi.DatasetState;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reasons, as ends of sentences.
final class Words {
    private static final int NAMES_MAX = 3;

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
