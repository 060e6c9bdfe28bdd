package dev.ade.duck.lineage;

import dev.ade.model.Column;
import dev.ade.model.Schema;
import dev.ade.model.Sql;
import dev.ade.model.TableName;
import dev.ade.spi.Lineage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Reads what a plan says about the columns of a query's result.
public final class LineageReader {
    private LineageReader() {}

    /// Statements that make empty tables for the inputs of a query.
    public static List<String> stubs(Map<TableName, Schema> schemas) {
        List<String> statements = new ArrayList<>();
        schemas.keySet().stream()
                .map(TableName::namespace)
                .distinct()
                .forEach(namespace ->
                        statements.add("create schema if not exists " + Sql.quote(namespace)));
        schemas.forEach((name, schema) ->
                statements.add("create table %s (%s)".formatted(name.quoted(), columns(schema))));
        return statements;
    }

    private static String columns(Schema schema) {
        return schema.columns().stream()
                .map(column -> Sql.quote(column.name()) + " " + column.type().sql())
                .collect(Collectors.joining(", "));
    }

    /// @param plan what `json_serialize_plan` says
    /// @param result columns of the query's result
    /// @param datasets what the query names
    public static Lineage read(String select, String plan, Schema result, Set<TableName> datasets) {
        try {
            return exact(select, plan, result, datasets);
        } catch (UnknownPlan | IndexOutOfBoundsException e) {
            return Lineage.ofDatasets(result, datasets, String.valueOf(e.getMessage()));
        }
    }

    private static Lineage exact(
            String select, String plan, Schema result, Set<TableName> datasets) {
        Node root = Node.of(Json.read(plan));
        if (root.isTrue("error")) {
            String message = root.text("error_message").lines().findFirst().orElse("");
            throw new UnknownPlan("DuckDB cannot show the plan: " + message);
        }
        List<Node> plans = root.list("plans");
        if (plans.size() != 1) {
            throw new UnknownPlan("the query has %d plans".formatted(plans.size()));
        }
        Operators operators =
                new Operators(
                        new Expressions(new ExpressionText(select)),
                        (dataset, column) -> name(dataset, column, datasets.size()));
        Slots slots = operators.slots(plans.getFirst());
        if (slots.list().size() != result.columns().size()) {
            throw new UnknownPlan(
                    "the plan gives %d columns, the query %d"
                            .formatted(slots.list().size(), result.columns().size()));
        }
        List<Lineage.OutputColumn> columns = new ArrayList<>();
        for (Column column : result.columns()) {
            Value value = slots.at(columns.size());
            columns.add(
                    new Lineage.OutputColumn(
                            column, value.text().text(), List.copyOf(new TreeSet<>(value.uses()))));
        }
        return new Lineage(
                columns, List.copyOf(operators.rows()), operators.isRowWise(), datasets, "");
    }

    private static String name(TableName dataset, String column, int datasets) {
        String plain = Text.name(column);
        return datasets > 1 ? Text.name(dataset.name()) + "." + plain : plain;
    }
}
