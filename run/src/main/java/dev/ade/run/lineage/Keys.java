package dev.ade.run.lineage;

import dev.ade.spi.Lineage;
import dev.ade.spi.Lineage.OutputColumn;
import dev.ade.spi.Lineage.Use;
import java.util.List;
import java.util.stream.Collectors;

/// Surrogate keys under their own name: what they are made of says nothing to people.
final class Keys {
    /// How a key begins that `dev.ade.model.SurrogateKey` wrote, as the engine shows it.
    private static final String BEGINNING = "((array_slice(from_hex(sha1('o\\x0B<";

    private Keys() {}

    static Lineage named(Lineage lineage) {
        List<OutputColumn> columns = lineage.columns().stream().map(Keys::named).toList();
        return new Lineage(
                columns,
                lineage.rows(),
                lineage.isRowWise(),
                lineage.datasets(),
                lineage.unknown());
    }

    private static OutputColumn named(OutputColumn column) {
        if (!column.expression().startsWith(BEGINNING)) {
            return column;
        }
        String of =
                column.uses().stream()
                        .map(Use::input)
                        .map(Lineage.Input::columnPath)
                        .distinct()
                        .collect(Collectors.joining(", "));
        return new OutputColumn(column.column(), "surrogate_key(" + of + ")", column.uses());
    }
}
