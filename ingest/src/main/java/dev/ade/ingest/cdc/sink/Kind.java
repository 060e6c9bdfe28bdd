package dev.ade.ingest.cdc.sink;

import dev.ade.model.Column;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.spi.Connector.History;
import dev.ade.spi.Connector.Request;
import dev.ade.spi.Connector.Stage;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// What the dataset of a table that is followed holds.
public enum Kind {
    /// The table as it is.
    STATE,
    /// Every change of it.
    LOG;

    /// @throws dev.ade.model.AdeException USER for a mode in which nothing is followed
    public static Kind of(Request request) {
        Mode mode = request.load().mode();
        return switch (mode) {
            case MERGE -> STATE;
            case APPEND -> LOG;
            case REPLACE ->
                    throw request.wrong(
                            "changes are not followed in mode replace",
                            "Leave mode out for the table as it is, set mode: append for every change, or read it by jdbc:");
        };
    }

    /// What identifies a row.
    ///
    /// @param columns in lower case
    /// @param isUnique whether no two rows ever have the same, also within a transaction
    public record Key(List<String> columns, boolean isUnique) {
        public Key {
            columns = List.copyOf(columns);
        }
    }

    /// @param name of the table, for people
    public Sink sink(Stage stage, String name, Key key) {
        return switch (this) {
            case STATE -> new StateSink(stage, name, key);
            case LOG -> new LogSink(stage, name);
        };
    }

    /// Where rows of a snapshot go.
    ///
    /// @param place in the log, behind which changes follow; asked for once there are rows
    public Stage ofSnapshot(Stage stage, LongSupplier place) {
        return switch (this) {
            case STATE -> stage;
            case LOG -> LogSink.ofSnapshot(stage, place);
        };
    }

    /// Columns of the dataset.
    public List<Column> columns(List<Column> ofTable) {
        return switch (this) {
            case STATE -> ofTable;
            case LOG -> Stream.concat(ofTable.stream(), History.COLUMNS.stream()).toList();
        };
    }

    /// Columns that identify a row of the dataset.
    public List<String> key(List<String> ofTable) {
        return switch (this) {
            case STATE -> ofTable;
            case LOG -> List.of();
        };
    }
}
