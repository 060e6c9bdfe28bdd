package dev.ade.run.lineage;

import dev.ade.model.Column;
import dev.ade.model.TableName;
import dev.ade.run.Decisions.Landed;
import dev.ade.run.lineage.PersonalColumns.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Columns of models that inherit the class of a personal column.
public final class DerivedColumns {
    private DerivedColumns() {}

    /// One entry a column and source that it follows from, by dataset; datasets with none are left out.
    public static Map<TableName, List<Landed>> of(ProjectLineage lineage) {
        PersonalColumns personal = new PersonalColumns(lineage);
        Map<TableName, List<Landed>> derived = new TreeMap<>();
        for (TableName model : lineage.project().models().keySet()) {
            List<Landed> columns = new ArrayList<>();
            for (Column column : lineage.of(model).schema().columns()) {
                personal.origins(model, column)
                        .forEach(origin -> columns.add(landed(column.name(), origin)));
            }
            if (!columns.isEmpty()) {
                derived.put(model, columns);
            }
        }
        return derived;
    }

    private static Landed landed(String column, Origin origin) {
        return new Landed(
                column,
                origin.treated().dataClass(),
                origin.treated().treatment(),
                "derived",
                "%s: %s".formatted(word(origin), origin.way()),
                origin.treated().terms(),
                Optional.empty());
    }

    private static String word(Origin origin) {
        return switch (origin.how()) {
            case COPY -> "copied";
            case TRANSFORM -> "computed";
            case AGGREGATE -> "aggregated";
            case TEST, COUNT, CONDITION, WINDOW, SORT, JOIN, GROUP, FILTER -> "used";
        };
    }
}
