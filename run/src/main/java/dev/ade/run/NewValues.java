package dev.ade.run;

import dev.ade.model.Assertion;
import dev.ade.model.CheckSpec;
import dev.ade.model.SourceTable;
import dev.ade.model.Wording;
import dev.ade.spi.Connector;
import dev.ade.spi.Loader;
import dev.ade.spi.Privacy;
import dev.ade.spi.Profile;
import dev.ade.spi.Profile.ColumnProfile;
import dev.ade.spi.Profile.Frequent;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Values that a load brought to columns that had few different ones: no row is wrong, but what reads the column may not
/// know them. Told by the profiles before and after, which know every value only where there are few.
final class NewValues {
    /// Rows that each value of a text has had on average: what comes but once is no category.
    private static final long ROWS_EACH_MIN = 20;

    private static final int NAMED_MAX = 5;

    private final Set<String> declared;
    private final Map<String, Privacy.Decision> decisions;
    private final Loader.ColumnReaders readers;

    /// @param declared columns whose values somebody has listed, in lower case
    /// @param decisions on the columns of the source, by their names in lower case
    private NewValues(
            Set<String> declared,
            Map<String, Privacy.Decision> decisions,
            Loader.ColumnReaders readers) {
        this.declared = Set.copyOf(declared);
        this.decisions = Map.copyOf(decisions);
        this.readers = readers;
    }

    /// @param checks of the project
    static NewValues of(
            SourceTable source,
            Collection<CheckSpec> checks,
            List<Privacy.Decision> decisions,
            Loader.ColumnReaders readers) {
        Set<String> declared =
                checks.stream()
                        .filter(check -> check.dataset().equals(source.name()))
                        .map(CheckSpec::assertion)
                        .filter(Assertion.AcceptedValues.class::isInstance)
                        .map(it -> lower(((Assertion.AcceptedValues) it).column()))
                        .collect(Collectors.toSet());
        Map<String, Privacy.Decision> byColumn =
                decisions.stream()
                        .collect(
                                Collectors.toMap(
                                        it -> lower(it.column()),
                                        it -> it,
                                        (a, _) -> a,
                                        HashMap::new));
        Connector.History.of(source.load()).forEach(added -> byColumn.remove(added.name()));
        return new NewValues(declared, byColumn, readers);
    }

    /// One line for each column that has some.
    ///
    /// @param after of the rows that came, or of all
    List<String> words(Profile before, Profile after) {
        return before.columns().stream()
                .filter(this::isCategory)
                .flatMap(column ->
                        after.column(column.name()).flatMap(it -> words(column, it)).stream())
                .toList();
    }

    /// A column of the source itself all of whose values are known.
    private boolean isCategory(ColumnProfile column) {
        if (!decisions.containsKey(lower(column.name()))) {
            return false;
        }
        int known = column.frequent().size();
        if (known == 0 || Math.round(column.distinct()) > known) {
            return false;
        }
        long rows = column.frequent().stream().mapToLong(Frequent::count).sum();
        boolean isText = column.type().equalsIgnoreCase("varchar");
        return declared.contains(lower(column.name())) || (isText && rows >= ROWS_EACH_MIN * known);
    }

    private Optional<String> words(ColumnProfile before, ColumnProfile after) {
        Set<String> known =
                before.frequent().stream().map(Frequent::value).collect(Collectors.toSet());
        List<String> values =
                after.frequent().stream()
                        .map(Frequent::value)
                        .filter(value -> !known.contains(value))
                        .sorted()
                        .toList();
        if (values.isEmpty()) {
            return Optional.empty();
        }
        String reached = readers.of(before.name());
        return Optional.of(
                "column '%s' has %s that it never had%s%s"
                        .formatted(
                                before.name(),
                                values.size() == 1
                                        ? "a value"
                                        : Wording.count(values.size(), "value"),
                                isShown(before.name()) ? ": " + named(values) : "",
                                reached.isEmpty() ? "" : " (" + reached + ")"));
    }

    private boolean isShown(String column) {
        Privacy.Decision decision = decisions.get(lower(column));
        return decision != null && decision.isPlain();
    }

    private static String named(List<String> values) {
        String some =
                values.stream()
                        .limit(NAMED_MAX)
                        .map(value -> "'" + value + "'")
                        .collect(Collectors.joining(", "));
        int more = values.size() - NAMED_MAX;
        return some + (more > 0 ? " and %,d more".formatted(more) : "");
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
