package dev.ade.ingest;

import dev.ade.model.Type;
import dev.ade.spi.Loader.ColumnReaders;
import java.util.Optional;

/// One way in which files differ from what the dataset and its declaration expect.
sealed interface Drift {
    String column();

    record Added(String column, Type type, String origin) implements Drift {}

    /// @param renamedTo a new column that has its place and type
    record Lost(String column, String origin, Optional<String> renamedTo) implements Drift {}

    record Retyped(String column, Type from, Type to, String origin) implements Drift {}

    /// In words.
    ///
    /// @param readers whom it reaches
    default String words(ColumnReaders readers) {
        return switch (this) {
            case Added(String column, Type type, String origin) ->
                    "new column '%s' (%s) in %s".formatted(column, type.text(), origin);
            case Lost(String column, String origin, Optional<String> renamedTo) ->
                    "column '%s' is not in %s%s%s"
                            .formatted(
                                    column,
                                    origin,
                                    renamedTo
                                            .map(name -> "; renamed to '" + name + "'?")
                                            .orElse(""),
                                    reach(readers.of(column)));
            case Retyped(String column, Type from, Type to, String origin) ->
                    "column '%s' is %s instead of %s in %s%s"
                            .formatted(
                                    column,
                                    to.text(),
                                    from.text(),
                                    origin,
                                    reach(readers.of(column)));
        };
    }

    private static String reach(String readers) {
        return readers.isEmpty() ? "" : " (reaches " + readers + ")";
    }
}
