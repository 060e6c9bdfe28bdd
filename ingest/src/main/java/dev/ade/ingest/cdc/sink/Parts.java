package dev.ade.ingest.cdc.sink;

import dev.ade.ingest.jdbc.Unfit;
import dev.ade.model.Column;
import dev.ade.model.Schema;
import dev.ade.spi.Connector.Rows;
import dev.ade.spi.Connector.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The parts of a stage that changes go to: a new one begins where the table's columns change, none where nothing comes.
final class Parts implements AutoCloseable {
    private static final int ROWS_BETWEEN_SIGNS = 1_000;

    private final Stage stage;
    private final String name;
    private final List<Column> more;
    private Columns columns = new Columns(List.of());
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

    void columns(Columns next) {
        if (!next.columns().equals(columns.columns())) {
            close();
        }
        columns = next;
    }

    /// The values of a row, to which more can be added; empty where one does not fit, for which the row is rejected.
    Optional<List<@Nullable Object>> values(Tuple row) {
        List<@Nullable Object> values = new ArrayList<>(row.size() + more.size());
        for (int i = 0; i < row.size(); i++) {
            try {
                values.add(columns.value(row, i));
            } catch (Unfit e) {
                part().reject(columns.all().get(i).column().name(), e.value(), e.reason());
                count();
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    void add(List<? extends @Nullable Object> values) {
        part().add(values);
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
            List<Column> all = new ArrayList<>(columns.columns());
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
