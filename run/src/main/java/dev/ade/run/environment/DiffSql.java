package dev.ade.run.environment;

import dev.ade.model.Column;
import dev.ade.model.LoadedColumns;
import dev.ade.model.Schema;
import dev.ade.model.Sql;
import dev.ade.model.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The queries that compare two relations.
///
/// @param left what to select from
/// @param columns that both have, but when they were loaded, which says nothing about the data
/// @param differing those of them whose types differ; they are compared as text
/// @param share part of the rows that are compared, in ten-thousandths
record DiffSql(String left, String right, List<Column> columns, Set<String> differing, int share) {
    static final int WHOLE = 10_000;

    private static final String HERE = Sql.quote("ade$here");

    /// Sums of fractions depend on the order of rows by as much.
    private static final String TOLERANCE = "1e-9";

    private static final Set<Type> FRACTIONS = Set.of(Type.Simple.DOUBLE, Type.Simple.FLOAT);

    DiffSql {
        columns = List.copyOf(columns);
        differing = Set.copyOf(differing);
    }

    static List<Column> common(Schema left, Schema right) {
        return left.columns().stream()
                .filter(column -> right.find(column.name()).isPresent())
                .filter(column -> !column.name().equals(LoadedColumns.LOADED_AT))
                .toList();
    }

    /// A row where the key is not one in `side`.
    static String twice(String side, List<String> key) {
        return "select 1 from %s group by %s having count(*) > 1 limit 1"
                .formatted(side, listed(key, Sql::quote));
    }

    static String count(String side) {
        return "select count(*) from " + side;
    }

    /// Added, lost, changed, then a figure for each of `valueColumns`.
    String byKey(List<String> key) {
        List<String> values = valueColumns(key);
        List<String> figures = new ArrayList<>();
        figures.add("count(*) filter (where r.%s is null)".formatted(HERE));
        figures.add("count(*) filter (where l.%s is null)".formatted(HERE));
        String changed =
                values.isEmpty()
                        ? "false"
                        : values.stream().map(this::differs).collect(Collectors.joining(" or "));
        figures.add(both(changed));
        values.forEach(column -> figures.add(both(differs(column))));
        return """
        with l as (%s), r as (%s)
        select %s
        from l full join r on %s\
        """
                .formatted(
                        side(left, key),
                        side(right, key),
                        String.join(", ", figures),
                        key.stream()
                                .map(Sql::quote)
                                .map(column ->
                                        "l.%1$s is not distinct from r.%1$s".formatted(column))
                                .collect(Collectors.joining(" and ")));
    }

    List<String> valueColumns(List<String> key) {
        return columns.stream().map(Column::name).filter(name -> !key.contains(name)).toList();
    }

    private static String both(String condition) {
        return "count(*) filter (where l.%1$s and r.%1$s and (%2$s))".formatted(HERE, condition);
    }

    private String differs(String column) {
        String name = Sql.quote(column);
        String plain = "l.%1$s is distinct from r.%1$s".formatted(name);
        return isFraction(column)
                ? "(%2$s and coalesce(abs(l.%1$s - r.%1$s) > %3$s * greatest(abs(l.%1$s), abs(r.%1$s)), true))"
                        .formatted(name, plain, TOLERANCE)
                : plain;
    }

    private boolean isFraction(String name) {
        return !differing.contains(name)
                && columns.stream()
                        .anyMatch(column ->
                                column.name().equals(name) && FRACTIONS.contains(column.type()));
    }

    private String side(String from, List<String> key) {
        return "select %s, true as %s from %s%s"
                .formatted(
                        columns.stream().map(this::selected).collect(Collectors.joining(", ")),
                        HERE,
                        from,
                        sample(
                                listed(
                                        key,
                                        column ->
                                                "cast(%s as varchar)"
                                                        .formatted(Sql.quote(column)))));
    }

    private String selected(Column column) {
        String name = Sql.quote(column.name());
        return differing.contains(column.name())
                ? "cast(%1$s as varchar) as %1$s".formatted(name)
                : name;
    }

    /// The same rows of both sides, whenever it is asked.
    private String sample(String hashed) {
        return share == WHOLE ? "" : " where hash(%s) %% %d < %d".formatted(hashed, WHOLE, share);
    }

    /// Added and lost, of rows as wholes.
    String asWholes() {
        return """
        select cast(coalesce(sum(n) filter (where n > 0), 0) as bigint),
          cast(coalesce(-sum(n) filter (where n < 0), 0) as bigint)
        from (select h, sum(w) as n from (%s union all %s) group by h)%s\
        """
                .formatted(
                        hashes(left, 1),
                        hashes(right, -1),
                        share == WHOLE ? "" : " where h %% %d < %d".formatted(WHOLE, share));
    }

    private String hashes(String from, int weight) {
        return "select hash(%s) as h, %d as w from %s"
                .formatted(
                        columns.stream().map(this::hashed).collect(Collectors.joining(", ")),
                        weight,
                        from);
    }

    private String hashed(Column column) {
        String name = Sql.quote(column.name());
        return differing.contains(column.name()) ? "cast(%s as varchar)".formatted(name) : name;
    }

    private static String listed(List<String> names, Function<String, String> form) {
        return names.stream().map(form).collect(Collectors.joining(", "));
    }
}
