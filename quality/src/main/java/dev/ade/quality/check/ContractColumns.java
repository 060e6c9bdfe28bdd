package dev.ade.quality.check;

import dev.ade.model.Assertion.Contract;
import dev.ade.model.Column;
import dev.ade.model.ColumnSpec;
import dev.ade.model.Schema;
import dev.ade.model.Type;
import java.util.List;
import java.util.Optional;

/// Compares the columns of a contract with those that are there.
final class ContractColumns {
    private ContractColumns() {}

    /// What is wrong, a column each: "amount is missing", "at is varchar, not timestamp".
    static List<String> broken(Contract contract, Schema schema) {
        return contract.columns().stream()
                .flatMap(spec -> broken(spec, schema.find(spec.name())).stream())
                .toList();
    }

    private static Optional<String> broken(ColumnSpec spec, Optional<Column> column) {
        if (column.isEmpty()) {
            return Optional.of(spec.name() + " is missing");
        }
        Type type = column.get().type();
        return spec.type()
                .filter(declared -> !declared.equals(type))
                .map(declared ->
                        "%s is %s, not %s".formatted(spec.name(), type.text(), declared.text()));
    }
}
