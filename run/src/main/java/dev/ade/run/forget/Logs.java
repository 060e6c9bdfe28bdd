package dev.ade.run.forget;

import dev.ade.model.Sql;
import dev.ade.model.TableName;
import dev.ade.run.lineage.ColumnId;
import dev.ade.spi.LakeView;
import dev.ade.spi.SystemTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// ADE's own logs that quote values of the tables in which somebody is looked for: profiles their frequent and extreme
/// values, stored failures of checks whole rows.
final class Logs {
    static final String NAMESPACE = "ade";

    /// What a profile shows of a column's values, but for its sketch.
    private static final String SHOWN =
            "concat_ws(' ', min_value, max_value, CAST(frequent_values AS VARCHAR))";

    private final LakeView view;

    Logs(LakeView view) {
        this.view = view;
    }

    List<Target> targets(Quotations quotable) {
        List<Target> targets = new ArrayList<>();
        if (!quotable.isEmpty() && view.state(SystemTable.PROFILES.table()).isPresent()) {
            targets.add(target(SystemTable.PROFILES, profiles(quotable)));
        }
        if (!quotable.isEmpty() && view.state(SystemTable.FAILURES.table()).isPresent()) {
            targets.add(target(SystemTable.FAILURES, failures(quotable)));
        }
        return targets;
    }

    private static Target target(SystemTable table, Sought sought) {
        return new Target(table.table(), List.of(sought));
    }

    private static Sought profiles(Quotations quotable) {
        List<String> conditions = new ArrayList<>();
        quotable.whole().forEach((id, some) -> conditions.add(profile(id, quoted(some))));
        quotable.parts().forEach((id, some) -> conditions.add(profile(id, contained(some))));
        quotable.words().forEach((id, some) -> conditions.add(profile(id, between(some))));
        return new Sought.Quoted(
                "column_name",
                List.of(
                        "dataset",
                        "column_name",
                        "min_value",
                        "max_value",
                        "frequent_values",
                        "sketch"),
                String.join(" OR ", conditions));
    }

    private static String profile(ColumnId column, String condition) {
        return "(dataset = %s AND lower(column_name) = lower(%s) AND (%s))"
                .formatted(literal(column.dataset()), Sql.literal(column.column()), condition);
    }

    private static String quoted(Set<String> values) {
        return each(
                values,
                value ->
                        "min_value = %1$s OR max_value = %1$s OR list_contains(frequent_values, %1$s) OR %2$s"
                                .formatted(value, isInSketch(value)));
    }

    private static String contained(Set<String> values) {
        return each(
                values,
                value -> "contains(%s, %s) OR %s".formatted(SHOWN, value, isInSketch(value)));
    }

    /// Short texts are parts of too much in a sketch, where nothing says where one ends.
    private static String between(Set<String> values) {
        return each(
                values,
                value ->
                        "%s OR length(%s) >= 6 AND %s"
                                .formatted(isWord(SHOWN, value), value, isInSketch(value)));
    }

    /// Sketches keep texts in plain UTF-8.
    private static String isInSketch(String value) {
        return "contains(hex(sketch), hex(encode(%s)))".formatted(value);
    }

    private static String isWord(String text, String value) {
        return "regexp_matches(%s, '(^|[^[:alnum:]])' || regexp_escape(%s) || '([^[:alnum:]]|$)')"
                .formatted(text, value);
    }

    /// @param condition of the SQL of one value
    private static String each(Set<String> values, UnaryOperator<String> condition) {
        return new TreeSet<>(values)
                .stream().map(Sql::literal).map(condition).collect(Collectors.joining(" OR "));
    }

    private static Sought failures(Quotations quotable) {
        String row = "failing_row";
        List<String> conditions = new ArrayList<>();
        Stream.of(quotable.whole(), quotable.parts())
                .flatMap(all -> all.entrySet().stream())
                .forEach(it ->
                        conditions.add(
                                failure(
                                        it.getKey(),
                                        each(
                                                it.getValue(),
                                                value ->
                                                        "contains(%s, %s)"
                                                                .formatted(row, value)))));
        quotable.words()
                .forEach((id, some) ->
                        conditions.add(failure(id, each(some, value -> isWord(row, value)))));
        return new Sought.Quoted(row, List.of("dataset", row), String.join(" OR ", conditions));
    }

    private static String failure(ColumnId column, String condition) {
        return "(dataset = %s AND (%s))".formatted(literal(column.dataset()), condition);
    }

    private static String literal(TableName name) {
        return Sql.literal(name.toString());
    }
}
