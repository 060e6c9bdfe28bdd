package dev.ade.run.forget;

import dev.ade.model.Sql;
import dev.ade.model.TableName;
import dev.ade.spi.Draft;
import dev.ade.spi.Engine;
import dev.ade.spi.FileTarget;
import dev.ade.spi.Relation;
import dev.ade.spi.Session;
import dev.ade.spi.SystemTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Takes values out of the logs of before, of columns that are treated otherwise from now on: of profiles monitors need the
/// counts, and nobody the values; failing rows go, as nobody can tell under which names they show a column.
public final class HiddenValues {
    private static final TableName PROFILES = SystemTable.PROFILES.table();
    private static final TableName FAILURES = SystemTable.FAILURES.table();

    private static final List<String> VALUES =
            List.of(
                    "min_value",
                    "max_value",
                    "mean",
                    "deviation",
                    "quantiles",
                    "frequent_values",
                    "frequent_counts",
                    "lengths",
                    "histogram",
                    "sketch");

    private final Engine engine;

    public HiddenValues(Engine engine) {
        this.engine = engine;
    }

    /// What the draft publishes no longer has these values.
    ///
    /// @param columns by their datasets
    public void hide(Draft draft, Map<TableName, Set<String>> columns) {
        if (columns.isEmpty()) {
            return;
        }
        Sought.Quoted profiles = profiles(columns);
        rewrite(
                draft,
                SystemTable.PROFILES,
                profiles,
                "SELECT * REPLACE (%s) FROM %s"
                        .formatted(without(profiles.sql()), PROFILES.quoted()));
        Sought.Quoted failures = failures(columns.keySet());
        rewrite(
                draft,
                SystemTable.FAILURES,
                failures,
                "SELECT * FROM %s WHERE NOT (%s)".formatted(FAILURES.quoted(), failures.sql()));
    }

    private void rewrite(Draft draft, SystemTable log, Sought.Quoted sought, String rest) {
        TableName name = log.table();
        if (draft.base().state(name).isEmpty()) {
            return;
        }
        Relation.Scan scan =
                new TableScan(engine).holding(draft.base(), new Target(name, List.of(sought)));
        Set<String> paths = Cut.paths(scan);
        if (paths.isEmpty()) {
            return;
        }
        FileTarget target = draft.prepareLog(name, log.schema());
        try (Session session = engine.open(TableScan.only(name, scan))) {
            draft.rewriteLog(name, new Draft.Change.Rewrite(paths, session.write(rest, target)));
        }
    }

    private static Sought.Quoted failures(Set<TableName> datasets) {
        String names =
                datasets.stream()
                        .sorted()
                        .map(it -> Sql.literal(it.toString()))
                        .collect(Collectors.joining(", "));
        return new Sought.Quoted("dataset", List.of("dataset"), "dataset IN (%s)".formatted(names));
    }

    private static Sought.Quoted profiles(Map<TableName, Set<String>> columns) {
        String condition =
                new TreeMap<>(columns)
                        .entrySet().stream()
                                .map(it ->
                                        "(dataset = %s AND lower(column_name) IN (%s))"
                                                .formatted(
                                                        Sql.literal(it.getKey().toString()),
                                                        lower(it.getValue())))
                                .collect(Collectors.joining(" OR "));
        return new Sought.Quoted(
                "column_name",
                List.of("dataset", "column_name", "sketch"),
                "sketch IS NOT NULL AND (%s)".formatted(condition));
    }

    private static String lower(Set<String> names) {
        return names.stream()
                .sorted()
                .map(name -> "lower(%s)".formatted(Sql.literal(name)))
                .collect(Collectors.joining(", "));
    }

    private static String without(String condition) {
        return VALUES.stream()
                .map(Sql::quote)
                .map(name ->
                        "CASE WHEN %s THEN NULL ELSE %s END AS %s".formatted(condition, name, name))
                .collect(Collectors.joining(", "));
    }
}
