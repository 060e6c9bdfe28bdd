package dev.ade.ingest;

import dev.ade.model.Type;
import dev.ade.spi.Loader.ColumnReaders;

/// One way in which files differ from what the dataset and its declaration expect.
sealed interface Drift {
    String column();

    record Added(String column, Type type, String origin) implements Drift {}

    record Lost(String column, String origin) implements Drift {}

    /// One that is lost, and a new one that is perhaps the same.
    record Renamed(String column, Added to) implements Drift {}

    record Retyped(String column, Type from, Type to, String origin) implements Drift {}

    /// In words.
    ///
    /// @param readers whom it reaches
    default String words(ColumnReaders readers) {
        return switch (this) {
            case Added(String column, Type type, String origin) ->
                    "new column '%s' (%s) in %s"
                            .formatted(column, NamesOfPeople.text(type), origin);
            case Lost(String column, String origin) ->
                    "column '%s' is not in %s%s".formatted(column, origin, reach(column, readers));
            case Renamed(String column, Added(String to, Type type, String origin)) ->
                    "column '%s' is not in %s, and '%s' (%s) is new: perhaps one under another name%s"
                            .formatted(
                                    column,
                                    origin,
                                    to,
                                    NamesOfPeople.text(type),
                                    reach(column, readers));
            case Retyped(String column, Type from, Type to, String origin) ->
                    "column '%s' is %s instead of %s in %s%s"
                            .formatted(
                                    column,
                                    NamesOfPeople.text(to),
                                    NamesOfPeople.text(from),
                                    origin,
                                    reach(column, readers));
        };
    }

    private static String reach(String column, ColumnReaders readers) {
        String reached = readers.of(column);
        return reached.isEmpty() ? "" : " (" + reached + ")";
    }
}
