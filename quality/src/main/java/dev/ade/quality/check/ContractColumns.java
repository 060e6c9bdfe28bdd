package dev.ade.quality.check;

import dev.ade.model.Assertion.Contract;
import dev.ade.model.Column;
import dev.ade.model.ColumnSpec;
import dev.ade.model.ColumnSpec.Nullability;
import dev.ade.model.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Compares the columns of a contract with those that are there.
final class ContractColumns {
    private ContractColumns() {}

    /// Columns that are there and must not hold NULL.
    static List<String> required(Contract contract, Schema schema) {
        return contract.columns().stream()
                .filter(spec -> spec.nullability() == Nullability.NOT_NULL)
                .flatMap(spec -> schema.find(spec.name()).stream())
                .map(Column::name)
                .toList();
    }

    /// What is wrong, a column each: "amount is missing", "at is varchar, not timestamp", "id holds 3 NULLs".
    ///
    /// @param nulls of each required column, in order
    static List<String> broken(Contract contract, Schema schema, List<Long> nulls) {
        List<String> broken = new ArrayList<>();
        List<String> required = required(contract, schema);
        for (ColumnSpec spec : contract.columns()) {
            Optional<Column> column = schema.find(spec.name());
            int place = column.isEmpty() ? -1 : required.indexOf(column.get().name());
            broken(spec, column, place < 0 ? 0 : nulls.get(place)).ifPresent(broken::add);
        }
        return broken;
    }

    private static Optional<String> broken(ColumnSpec spec, Optional<Column> column, long nulls) {
        if (column.isEmpty()) {
            return Optional.of(spec.name() + " is missing");
        }
        if (spec.type().isPresent() && !spec.type().get().equals(column.get().type())) {
            return Optional.of(
                    "%s is %s, not %s"
                            .formatted(
                                    spec.name(),
                                    column.get().type().text(),
                                    spec.type().get().text()));
        }
        return nulls == 0
                ? Optional.empty()
                : Optional.of("%s is NULL in %s".formatted(spec.name(), Words.count(nulls, "row")));
    }
}
