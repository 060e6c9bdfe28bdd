package dev.ade.code.source;

import dev.ade.code.run.Component;
import dev.ade.code.run.PlainValues;
import dev.ade.spi.Connector;
import java.util.List;

/// Rows that are records: their components are the columns.
final class RecordPart implements PartWriter {
    private final Class<?> type;
    private final PlainValues values;
    private final Connector.Rows rows;

    private RecordPart(Class<?> type, PlainValues values, Connector.Rows rows) {
        this.type = type;
        this.values = values;
        this.rows = rows;
    }

    /// @param row the record
    record Maker(Class<? extends Record> row) implements PartWriter.Maker {
        @Override
        public PartWriter make(String name, Connector.Stage stage) {
            List<Component> components = Component.of(row);
            return new RecordPart(
                    row,
                    new PlainValues(components),
                    stage.rows(name, Component.schema(components)));
        }
    }

    @Override
    public void add(Object row) {
        if (!type.isInstance(row)) {
            throw new IllegalArgumentException(
                    "a row is a %s instead of a %s"
                            .formatted(row.getClass().getSimpleName(), type.getSimpleName()));
        }
        rows.add(values.of(row));
    }

    @Override
    public void close() {
        rows.close();
    }
}
