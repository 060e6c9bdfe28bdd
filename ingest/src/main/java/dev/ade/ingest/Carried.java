package dev.ade.ingest;

import dev.ade.model.Aliases;
import dev.ade.model.Column;
import dev.ade.model.Fingerprint;
import dev.ade.model.Sql;
import dev.ade.model.Type;
import dev.ade.model.Widening;
import dev.ade.spi.DatasetState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How rows that stay become rows of the dataset as it will be. A column that is treated from now on is
/// treated in the rows that stay too; what was treated otherwise cannot be treated anew and becomes NULL.
final class Carried {
    /// The property of a dataset that keeps how columns were treated: lines of column, hash of all that its treatment says
    /// (which earlier ADEs did not write), and treatment.
    static final String PROPERTY = "load.treatments";

    private static final String KEEP = "keep";

    private final List<LandingColumn> columns;
    private final StoredRows stored;
    private final Map<String, Treated> before;
    private final Aliases aliases;

    Carried(
            List<LandingColumn> columns,
            StoredRows stored,
            Optional<DatasetState> state,
            Aliases aliases) {
        this.columns = List.copyOf(columns);
        this.stored = stored;
        this.before = treated(state);
        this.aliases = aliases;
    }

    /// How a column was treated.
    ///
    /// @param hash of all that the treatment says; empty where that was not kept
    private record Treated(String word, Optional<String> hash) {
        static final Treated NOT = new Treated(KEEP, Optional.empty());

        static Treated of(String[] parts) {
            return new Treated(
                    parts[parts.length - 1],
                    parts.length > 2 ? Optional.of(parts[1]) : Optional.empty());
        }

        boolean isAs(LandingColumn column) {
            return word.equals(column.decision().treatment().word())
                    && hash.filter(it -> !it.equals(Carried.hash(column))).isEmpty();
        }
    }

    static String property(List<LandingColumn> columns) {
        return columns.stream()
                .map(column ->
                        String.join(
                                "\t",
                                column.name(),
                                hash(column),
                                column.decision().treatment().word()))
                .collect(Collectors.joining("\n"));
    }

    private static String hash(LandingColumn column) {
        return Fingerprint.of(column.decision().treatment()).hex();
    }

    /// How columns were treated, by their names in lower case.
    static Map<String, String> treatments(Optional<DatasetState> state) {
        Map<String, String> words = new HashMap<>();
        treated(state).forEach((name, treated) -> words.put(name, treated.word()));
        return words;
    }

    private static Map<String, Treated> treated(Optional<DatasetState> state) {
        Map<String, Treated> treated = new HashMap<>();
        state.map(one -> one.properties().getOrDefault(PROPERTY, "")).stream()
                .flatMap(String::lines)
                .map(line -> line.split("\t", -1))
                .forEach(parts -> treated.put(Expected.lower(parts[0]), Treated.of(parts)));
        return treated;
    }

    /// Columns that were treated otherwise, under all their names.
    static Set<String> treatedOtherwise(
            List<LandingColumn> columns, Optional<DatasetState> state, Aliases aliases) {
        Map<String, Treated> before = treated(state);
        Set<String> names = new TreeSet<>();
        for (LandingColumn column : columns) {
            Set<String> own = new TreeSet<>(aliases.others(column.name()).toList());
            own.add(column.name());
            boolean isOther =
                    own.stream()
                            .flatMap(name -> Stream.ofNullable(before.get(Expected.lower(name))))
                            .anyMatch(treated -> !treated.isAs(column));
            if (isOther) {
                names.addAll(own);
            }
        }
        return names;
    }

    /// True where files cannot stay as they are.
    boolean isRewriteNeeded() {
        return columns.stream().anyMatch(column -> !isAsItIs(column));
    }

    /// Columns whose values in rows that stay are lost.
    List<String> lost() {
        return columns.stream()
                .filter(column -> column.stored().isPresent())
                .filter(column -> olds(column).stream().anyMatch(old -> isLost(old, column)))
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
        List<String> values =
                olds(column).stream().map(old -> expression(old, column, target)).toList();
        return switch (values.size()) {
            case 0 -> "CAST(NULL AS %s)".formatted(target.type().sql());
            case 1 -> values.getFirst();
            default -> "coalesce(%s)".formatted(String.join(", ", values));
        };
    }

    private static String expression(Old old, LandingColumn column, Column target) {
        String name = "s." + Sql.quote(old.name());
        if (old.isAsItIs(column, target)) {
            return "CAST(%s AS %s)".formatted(name, target.type().sql());
        }
        if (old.isTreatable(column)) {
            String raw = "TRY_CAST(%s AS %s)".formatted(name, column.raw().type().sql());
            return column.projection().sql().map(sql -> sql.apply(raw)).orElse(raw);
        }
        return old.isTreatedOtherwise(column)
                ? "CAST(NULL AS %s)".formatted(target.type().sql())
                : "TRY_CAST(%s AS %s)".formatted(name, target.type().sql());
    }

    /// A column as it is stored under one of its names.
    private record Old(String name, Type type, Treated treated) {
        boolean isAsItIs(LandingColumn column, Column target) {
            return treated.isAs(column) && Widening.isPromotion(type, target.type());
        }

        boolean isTreatable(LandingColumn column) {
            return treated.word().equals(KEEP) && column.isTreated();
        }

        boolean isTreatedOtherwise(LandingColumn column) {
            return !treated.word().equals(KEEP) && !treated.isAs(column);
        }
    }

    /// Under its own name first. There are several where columns that were loaded apart are one by now.
    private List<Old> olds(LandingColumn column) {
        return names(column)
                .flatMap(name ->
                        stored
                                .type(name)
                                .map(type -> new Old(name, type, before(name, column)))
                                .stream())
                .toList();
    }

    private Stream<String> names(LandingColumn column) {
        return Stream.concat(Stream.of(column.name()), aliases.others(column.name()));
    }

    /// A column that was renamed was treated under the name that it had.
    private Treated before(String name, LandingColumn column) {
        return Stream.concat(Stream.of(name), names(column))
                .flatMap(it -> Stream.ofNullable(before.get(Expected.lower(it))))
                .findFirst()
                .orElse(Treated.NOT);
    }

    private boolean isAsItIs(LandingColumn column) {
        List<Old> olds = olds(column);
        Optional<Column> target = column.stored();
        if (olds.isEmpty() || target.isEmpty()) {
            return true;
        }
        return olds.size() == 1 && olds.getFirst().isAsItIs(column, target.get());
    }

    private boolean isLost(Old old, LandingColumn column) {
        return !isAsItIs(column) && old.isTreatedOtherwise(column);
    }
}
