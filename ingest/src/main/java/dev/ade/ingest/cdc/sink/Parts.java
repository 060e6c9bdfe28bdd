package dev.ade.ingest.cdc.sink;

import dev.ade.ingest.jdbc.Unfit;
import dev.ade.model.Column;
import dev.ade.model.Schema;
import dev.ade.spi.Connector.Rows;
import dev.ade.spi.Connector.Stage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parts of a stage that changes go to: a new one begins where the table's columns change, none where nothing comes.
final class Parts implements AutoCloseable {
    private static final int ROWS_BETWEEN_SIGNS = 1_000;

    private final Stage stage;
    private final String name;
    private final List<Column> more;
    private List<Column> columns = List.of();
    private @Nullable Rows part;
    private int parts;
    private long rows;

    /// @param name of the table, for people
    /// @param more columns that each part has after the table's
    Parts(Stage stage, String name, List<Column> more) {
        this.stage = stage;
        this.name = name;
        this.more = List.copyOf(more);
    }

    void columns(List<Column> next) {
        if (!next.equals(columns)) {
            close();
            columns = List.copyOf(next);
        }
    }

    void add(List<? extends @Nullable Object> values) {
        part().add(values);
        count();
    }

    /// @param unfit of this column
    void reject(String column, Unfit unfit) {
        part().reject(column, unfit.value(), unfit.reason());
        count();
    }

    private void count() {
        rows++;
        if (rows % ROWS_BETWEEN_SIGNS == 0) {
            stage.progress().rows(rows);
        }
    }

    private Rows part() {
        if (part == null) {
            parts++;
            List<Column> all = new ArrayList<>(columns);
            all.addAll(more);
            // Parts are loaded in the order of their names.
            part = stage.rows("%s changes %06d".formatted(name, parts), new Schema(all));
        }
        return part;
    }

    long rows() {
        return rows;
    }

    @Override
    public void close() {
        if (part != null) {
            Rows complete = part;
            part = null;
            complete.close();
        }
    }
}
