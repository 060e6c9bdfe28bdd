package dev.ade.ingest.cdc.sink;

import dev.ade.model.Column;
import dev.ade.model.LoadSpec;
import dev.ade.model.Schema;
import dev.ade.spi.Cell;
import dev.ade.spi.Connector.Changes;
import dev.ade.spi.Connector.History;
import dev.ade.spi.Connector.Rows;
import dev.ade.spi.Connector.Stage;
import dev.ade.spi.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Changes as rows of their own, for a dataset that is the history of a table.
final class LogSink implements Sink {
    private final Parts parts;
    private Columns columns = new Columns(List.of());
    private Transaction transaction = Transaction.NONE;
    private long number;

    /// @param name of the table, for people
    LogSink(Stage stage, String name) {
        this.parts = new Parts(stage, name, History.COLUMNS);
    }

    @Override
    public void columns(Columns next) {
        columns = next;
        parts.columns(next);
    }

    @Override
    public void begin(Transaction next) {
        transaction = next;
        number = 0;
    }

    @Override
    public void insert(Tuple row) {
        number++;
        add("insert", row);
    }

    /// The row as it was, as far as the log says it, and as it is.
    @Override
    public void update(Optional<Tuple> before, Tuple row) {
        number++;
        before.ifPresent(it -> add("update_before", known(it)));
        add("update", row);
    }

    @Override
    public void delete(Tuple before) {
        number++;
        add("delete", known(before));
    }

    @Override
    public void truncate() {
        number++;
        add(Changes.TRUNCATE, Tuple.of(new @Nullable Object[columns.all().size()]));
    }

    /// Of a row before a change only the key is known, unless the table logged all of it.
    private Tuple known(Tuple before) {
        if (before.isWhole()) {
            return before;
        }
        @Nullable Object[] values = new @Nullable Object[before.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = columns.all().get(i).isKey() ? before.value(i) : Tuple.unsaid();
        }
        return Tuple.of(values);
    }

    private void add(String op, Tuple row) {
        parts.values(row)
                .ifPresent(values -> {
                    values.add(op);
                    values.add(columns.unsaid(row).stream().map(it -> it.column().name()).toList());
                    values.add(transaction.committedAt());
                    values.add(transaction.place());
                    values.add(number);
                    parts.add(values);
                });
    }

    @Override
    public long rows() {
        return parts.rows();
    }

    @Override
    public void close() {
        parts.close();
    }

    /// A stage that takes plain rows for what was there when the history begins.
    static Stage ofSnapshot(Stage stage, LongSupplier place) {
        return new Stage() {
            @Override
            public Rows rows(String name, Schema schema) {
                List<Column> all = new ArrayList<>(schema.columns());
                all.addAll(History.COLUMNS);
                return snapshot(
                        stage.rows(name, new Schema(all)),
                        schema.columns().size(),
                        place.getAsLong());
            }

            @Override
            public Path file(String name, LoadSpec.Format format) {
                return stage.file(name, format);
            }

            @Override
            public Path folder() {
                return stage.folder();
            }

            @Override
            public Progress progress() {
                return stage.progress();
            }
        };
    }

    private static Rows snapshot(Rows rows, int columns, long place) {
        return new Rows() {
            @Override
            public void add(List<? extends @Nullable Object> values) {
                List<@Nullable Object> all = new ArrayList<>(values);
                all.add("snapshot");
                all.add(List.of());
                all.add(null);
                all.add(place);
                all.add(0L);
                rows.add(all);
            }

            @Override
            public Cell cell(int column) {
                return rows.cell(column);
            }

            @Override
            public void end() {
                rows.cell(columns).value("snapshot");
                rows.cell(columns + 1).list(0);
                rows.cell(columns + 2).nothing();
                rows.cell(columns + 3).whole(place);
                rows.cell(columns + 4).whole(0);
                rows.end();
            }

            @Override
            public void reject(String column, String value, String reason) {
                rows.reject(column, value, reason);
            }

            @Override
            public void restart() {
                rows.restart();
            }

            @Override
            public void close() {
                rows.close();
            }
        };
    }
}
