package dev.ade.ingest;

import dev.ade.model.Column;
import dev.ade.model.Sql;
import dev.ade.model.Type;
import dev.ade.spi.DatasetState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// How rows that stay become rows of the dataset as it will be. A column that is treated from now on is
/// treated in the rows that stay too; what was treated otherwise cannot be treated anew and becomes NULL.
final class Carried {
    /// The property of a dataset that keeps how columns were treated: lines of column and treatment.
    static final String PROPERTY = "load.treatments";

    private static final String KEEP = "keep";

    private final List<LandingColumn> columns;
    private final StoredRows stored;
    private final Map<String, String> before;

    Carried(List<LandingColumn> columns, StoredRows stored, Optional<DatasetState> state) {
        this.columns = List.copyOf(columns);
        this.stored = stored;
        this.before = treatments(state);
    }

    static String property(List<LandingColumn> columns) {
        return columns.stream()
                .map(column -> column.name() + "\t" + column.decision().treatment().word())
                .collect(Collectors.joining("\n"));
    }

    /// How columns were treated, by their names in lower case.
    static Map<String, String> treatments(Optional<DatasetState> state) {
        Map<String, String> treatments = new HashMap<>();
        state.map(one -> one.properties().getOrDefault(PROPERTY, "")).stream()
                .flatMap(String::lines)
                .map(line -> line.split("\t", -1))
                .forEach(
                        parts -> treatments.put(Expected.lower(parts[0]), parts[parts.length - 1]));
        return treatments;
    }

    /// True where files cannot stay as they are.
    boolean isRewriteNeeded() {
        return columns.stream().anyMatch(column -> !isAsItIs(column));
    }

    /// Columns whose values in rows that stay are lost.
    List<String> lost() {
        return columns.stream()
                .filter(column ->
                        column.stored().isPresent()
                                && isStored(column)
                                && !isAsItIs(column)
                                && !isTreatable(column))
                .filter(column -> isTreatedOtherwise(column))
                .map(LandingColumn::name)
                .toList();
    }

    /// Expressions for the columns of the dataset as it will be, the system columns last; the rows are `s`.
    String columns() {
        List<String> parts = new ArrayList<>();
        for (LandingColumn column : columns) {
            column.stored()
                    .ifPresent(target ->
                            parts.add(
                                    expression(column, target)
                                            + " AS "
                                            + Sql.quote(target.name())));
        }
        SystemColumns.beside(columns.stream().flatMap(it -> it.stored().stream()).toList())
                .forEach(column -> parts.add("s." + Sql.quote(column.name())));
        return String.join(", ", parts);
    }

    /// One column of rows that stay, as it will be; the rows are `s`.
    String expression(String name) {
        LandingColumn column =
                columns.stream()
                        .filter(one -> one.name().equalsIgnoreCase(name))
                        .findFirst()
                        .orElseThrow();
        return expression(column, column.stored().orElseThrow());
    }

    private String expression(LandingColumn column, Column target) {
        String name = "s." + Sql.quote(column.name());
        if (!isStored(column)) {
            return "CAST(NULL AS %s)".formatted(target.type().sql());
        }
        if (isAsItIs(column)) {
            return "CAST(%s AS %s)".formatted(name, target.type().sql());
        }
        if (isTreatable(column)) {
            String raw = "TRY_CAST(%s AS %s)".formatted(name, column.raw().type().sql());
            return column.projection().sql().map(sql -> sql.apply(raw)).orElse(raw);
        }
        return isTreatedOtherwise(column)
                ? "CAST(NULL AS %s)".formatted(target.type().sql())
                : "TRY_CAST(%s AS %s)".formatted(name, target.type().sql());
    }

    private boolean isStored(LandingColumn column) {
        return stored.type(column.name()).isPresent();
    }

    private boolean isAsItIs(LandingColumn column) {
        Optional<Type> old = stored.type(column.name());
        if (old.isEmpty() || column.stored().isEmpty()) {
            return true;
        }
        return wordBefore(column).equals(word(column))
                && Widening.isPromotion(old.get(), column.stored().get().type());
    }

    private boolean isTreatable(LandingColumn column) {
        return wordBefore(column).equals(KEEP) && column.isTreated();
    }

    private boolean isTreatedOtherwise(LandingColumn column) {
        return !wordBefore(column).equals(KEEP) && !wordBefore(column).equals(word(column));
    }

    private String wordBefore(LandingColumn column) {
        return before.getOrDefault(Expected.lower(column.name()), KEEP);
    }

    private static String word(LandingColumn column) {
        return column.decision().treatment().word();
    }
}
