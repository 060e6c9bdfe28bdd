package dev.ade.ingest.cdc;

import dev.ade.ingest.jdbc.Unfit;
import dev.ade.model.Column;
import dev.ade.model.LoadSpec;
import dev.ade.model.Schema;
import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import dev.ade.spi.Cell;
import dev.ade.spi.Connector.Rows;
import dev.ade.spi.Connector.Stage;
import dev.ade.spi.Progress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Changes as rows of their own, for a dataset that is the history of a table.
final class LogSink implements Sink {
    /// Microseconds of 2000-01-01, from where PostgreSQL counts.
    private static final long EPOCH_MICROS = 946_684_800_000_000L;

    private static final List<Column> MORE =
            List.of(
                    new Column("_op", Simple.VARCHAR),
                    new Column("_unsaid", new Type.ListOf(Simple.VARCHAR)),
                    new Column("_committed_at", Simple.TIMESTAMPTZ),
                    new Column("_lsn", Simple.BIGINT),
                    new Column("_number", Simple.BIGINT));

    private final Parts parts;
    private Columns columns = new Columns(List.of());
    private Message.Begin transaction = new Message.Begin(0, 0);
    private long number;

    LogSink(Stage stage, String name) {
        this.parts = new Parts(stage, name, MORE);
    }

    @Override
    public void columns(Columns next) {
        columns = next;
        parts.columns(next.columns());
    }

    @Override
    public void begin(Message.Begin next) {
        transaction = next;
        number = 0;
    }

    @Override
    public void insert(Message.Tuple row) {
        number++;
        add("insert", row);
    }

    /// The row as it was, as far as the log says it, and as it is.
    @Override
    public void update(Optional<Message.Tuple> before, Message.Tuple row) {
        number++;
        before.ifPresent(it -> add("update_before", known(it)));
        add("update", row);
    }

    @Override
    public void delete(Message.Tuple before) {
        number++;
        add("delete", known(before));
    }

    @Override
    public void truncate() {
        number++;
        add("truncate", Message.Tuple.of(new @Nullable String[columns.all().size()]));
    }

    /// Of a row before a change only the key is known, unless the table logged all of it.
    private Message.Tuple known(Message.Tuple before) {
        if (before.isWhole()) {
            return before;
        }
        @Nullable String[] texts = new @Nullable String[before.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = columns.all().get(i).isKey() ? before.text(i) : Message.Tuple.unsaid();
        }
        return Message.Tuple.of(texts);
    }

    private void add(String op, Message.Tuple row) {
        List<@Nullable Object> values = new ArrayList<>();
        List<String> unsaid = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            String name = columns.all().get(i).column().name();
            if (!row.says(i)) {
                unsaid.add(name);
            }
            try {
                values.add(columns.value(row, i));
            } catch (Unfit e) {
                parts.reject(name, e);
                return;
            }
        }
        values.add(op);
        values.add(unsaid);
        values.add(
                Instant.EPOCH.plus(
                        transaction.committedMicros() + EPOCH_MICROS, ChronoUnit.MICROS));
        values.add(transaction.lsn());
        values.add(number);
        parts.add(values);
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
    static Stage ofSnapshot(Stage stage, long lsn) {
        return new Stage() {
            @Override
            public Rows rows(String name, Schema schema) {
                List<Column> all = new ArrayList<>(schema.columns());
                all.addAll(MORE);
                return snapshot(stage.rows(name, new Schema(all)), schema.columns().size(), lsn);
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

    private static Rows snapshot(Rows rows, int columns, long lsn) {
        return new Rows() {
            @Override
            public void add(List<? extends @Nullable Object> values) {
                List<@Nullable Object> all = new ArrayList<>(values);
                all.add("snapshot");
                all.add(List.of());
                all.add(null);
                all.add(lsn);
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
                rows.cell(columns + 3).whole(lsn);
                rows.cell(columns + 4).whole(0);
                rows.end();
            }

            @Override
            public void reject(String column, String value, String reason) {
                rows.reject(column, value, reason);
            }

            @Override
            public void close() {
                rows.close();
            }
        };
    }
}
