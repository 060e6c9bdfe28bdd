package dev.ade.spi;

import dev.ade.model.Field;
import java.util.List;

/// Looks at rows on their way through the engine. Several threads call it at once.
@FunctionalInterface
public interface Watcher {
    /// Looks at nothing, and costs nothing.
    Watcher NONE = (_, _, _) -> {};

    /// Some rows, each of which comes once.
    ///
    /// @param fields columns, in order
    /// @param rows how many they are
    /// @param columns values of each; they hold what they say until this returns
    void see(List<Field> fields, int rows, List<ColumnValues> columns);
}
