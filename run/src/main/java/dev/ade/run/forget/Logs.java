package dev.ade.run.forget;

import dev.ade.model.Sql;
import dev.ade.model.TableName;
import dev.ade.run.lineage.ColumnId;
import dev.ade.spi.LakeView;
import dev.ade.spi.SystemTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// ADE's own logs that quote values of the tables in which somebody is looked for: profiles their frequent and extreme
/// values, stored failures of checks whole rows.
final class Logs {
    static final String NAMESPACE = "ade";

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
        String condition =
                Stream.concat(
                                quotable.whole().entrySet().stream()
                                        .map(it -> profile(it.getKey(), quoted(it.getValue()))),
                                quotable.parts().entrySet().stream()
                                        .map(it -> profile(it.getKey(), contained(it.getValue()))))
                        .collect(Collectors.joining(" OR "));
        return new Sought.Quoted(
                "column_name",
                List.of(
                        "dataset",
                        "column_name",
                        "min_value",
                        "max_value",
                        "frequent_values",
                        "sketch"),
                condition);
    }

    private static String profile(ColumnId column, String condition) {
        return "(dataset = %s AND lower(column_name) = lower(%s) AND (%s))"
                .formatted(literal(column.dataset()), Sql.literal(column.column()), condition);
    }

    /// Sketches keep texts in plain UTF-8.
    private static String quoted(Set<String> values) {
        return each(
                values,
                "min_value = %1$s OR max_value = %1$s OR list_contains(frequent_values, %1$s) OR contains(hex(sketch), hex(encode(%1$s)))");
    }

    private static String contained(Set<String> values) {
        return each(
                values,
                "contains(concat_ws(' ', min_value, max_value, CAST(frequent_values AS VARCHAR)), %1$s) OR contains(hex(sketch), hex(encode(%1$s)))");
    }

    /// @param condition of one value
    private static String each(Set<String> values, String condition) {
        return new TreeSet<>(values)
                .stream()
                        .map(Sql::literal)
                        .map(condition::formatted)
                        .collect(Collectors.joining(" OR "));
    }

    private static Sought failures(Quotations quotable) {
        Map<TableName, Set<String>> byDataset = new TreeMap<>();
        Stream.of(quotable.whole(), quotable.parts())
                .forEach(all ->
                        all.forEach((id, some) ->
                                byDataset
                                        .computeIfAbsent(id.dataset(), _ -> new TreeSet<>())
                                        .addAll(some)));
        String condition =
                byDataset.entrySet().stream()
                        .map(it ->
                                "(dataset = %s AND (%s))"
                                        .formatted(literal(it.getKey()), shown(it.getValue())))
                        .collect(Collectors.joining(" OR "));
        return new Sought.Quoted("failing_row", List.of("dataset", "failing_row"), condition);
    }

    private static String shown(Set<String> values) {
        return values.stream()
                .map(value -> "contains(failing_row, %s)".formatted(Sql.literal(value)))
                .collect(Collectors.joining(" OR "));
    }

    private static String literal(TableName name) {
        return Sql.literal(name.toString());
    }
}
