package dev.ade.cli;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.spi.DatasetState;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jspecify.annotations.Nullable;

/// Completes datasets, columns of the datasets that the statement names, and keywords.
final class PromptCompleter implements Completer {
    private static final List<String> KEYWORDS =
            List.of(
                    "select",
                    "from",
                    "where",
                    "group by all",
                    "order by",
                    "limit",
                    "having",
                    "join",
                    "left join",
                    "on",
                    "using",
                    "with",
                    "as",
                    "and",
                    "or",
                    "not",
                    "in",
                    "is null",
                    "is not null",
                    "between",
                    "like",
                    "ilike",
                    "case",
                    "when",
                    "then",
                    "else",
                    "end",
                    "distinct",
                    "count(*)",
                    "sum(",
                    "avg(",
                    "min(",
                    "max(",
                    "cast(",
                    "date_trunc(",
                    "union all",
                    "except",
                    "intersect",
                    "over (",
                    "partition by",
                    "qualify",
                    "filter (where",
                    "exists",
                    "asc",
                    "desc",
                    "nulls last",
                    "interval",
                    "describe",
                    "summarize",
                    "explain",
                    "values",
                    "unnest(",
                    "pivot",
                    "unpivot");
    private static final List<String> COMMANDS = List.of("\\d", "\\f", "\\rows", "\\q", "\\?");

    private final Supplier<List<DatasetState>> datasets;
    private @Nullable List<DatasetState> known;

    PromptCompleter(Supplier<List<DatasetState>> datasets) {
        this.datasets = datasets;
    }

    /// What is published may be other by now.
    void forget() {
        known = null;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        for (String word : words(line.line(), line.word())) {
            candidates.add(new Candidate(word));
        }
    }

    /// What may come in the place of `word` in `line`.
    Set<String> words(String line, String word) {
        if (word.startsWith("\\")) {
            return new TreeSet<>(COMMANDS);
        }
        Set<String> words = new TreeSet<>();
        String lower = line.toLowerCase(Locale.ROOT);
        for (DatasetState state : known()) {
            String name = state.name().toString();
            words.add(name);
            if (lower.contains(name)) {
                state.schema().columns().stream().map(Column::name).forEach(words::add);
            }
        }
        if (!line.stripLeading().startsWith("\\")) {
            boolean upper = !word.isEmpty() && word.equals(word.toUpperCase(Locale.ROOT));
            KEYWORDS.forEach(it -> words.add(upper ? it.toUpperCase(Locale.ROOT) : it));
        }
        return words;
    }

    private List<DatasetState> known() {
        List<DatasetState> now = known;
        if (now == null) {
            try {
                now = datasets.get();
            } catch (AdeException e) {
                // Completion is a courtesy: what is wrong shows when the statement runs.
                now = List.of();
            }
            known = now;
        }
        return now;
    }
}
