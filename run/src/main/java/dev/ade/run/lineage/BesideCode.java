package dev.ade.run.lineage;

import dev.ade.model.TableName;
import dev.ade.spi.Lineage;
import dev.ade.spi.Lineage.Input;
import dev.ade.spi.Lineage.OutputColumn;
import dev.ade.spi.Lineage.Use;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The lineage of a query over what code makes, with the code's inputs in the place of the code's table.
final class BesideCode {
    private final Lineage made;
    private final TableName table;

    private BesideCode(Lineage made, TableName table) {
        this.made = made;
        this.table = table;
    }

    /// @param made what the code's columns follow from
    /// @param table what the query calls what the code makes
    static Lineage with(Lineage made, TableName table, String query, ProjectLineage.Binder binder) {
        Lineage beside = binder.lineage(query, Map.of(table, made.schema()));
        return new BesideCode(made, table).through(beside);
    }

    private Lineage through(Lineage beside) {
        List<OutputColumn> columns = beside.columns().stream().map(this::through).toList();
        return new Lineage(
                columns, through(beside.rows()), false, made.datasets(), beside.unknown());
    }

    private OutputColumn through(OutputColumn column) {
        boolean isCopy =
                column.how().filter(how -> how == Lineage.Role.COPY).isPresent()
                        && column.uses().size() == 1;
        String expression =
                isCopy
                        ? made.find(column.uses().getFirst().input().column())
                                .map(OutputColumn::expression)
                                .orElse(column.expression())
                        : column.expression();
        return new OutputColumn(column.column(), expression, through(column.uses()));
    }

    private List<Use> through(List<Use> uses) {
        TreeSet<Use> all = new TreeSet<>();
        for (Use use : uses) {
            Input input = use.input();
            if (!input.dataset().equals(table)) {
                all.add(use);
                continue;
            }
            made.find(input.column())
                    .map(OutputColumn::uses)
                    .orElse(List.of())
                    .forEach(from -> all.add(new Use(from.input(), from.role().then(use.role()))));
        }
        return List.copyOf(all);
    }
}
