package dev.ade.code.source;

import dev.ade.code.run.Component;
import dev.ade.model.Column;
import dev.ade.model.Schema;
import dev.ade.model.Type;
import dev.ade.spi.Connector;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows that are records: their components are the columns.
final class RecordPart implements PartWriter {
    private final Class<?> type;
    private final List<Method> accessors;
    private final Schema schema;
    private final Connector.Rows rows;

    private RecordPart(Class<?> type, List<Method> accessors, Schema schema, Connector.Rows rows) {
        this.type = type;
        this.accessors = accessors;
        this.schema = schema;
        this.rows = rows;
    }

    /// @param row the record
    record Maker(Class<? extends Record> row) implements PartWriter.Maker {
        @Override
        public PartWriter make(String name, Connector.Stage stage) {
            List<Component> components = Component.of(row);
            Schema schema = Component.schema(components);
            List<Method> accessors =
                    components.stream().map(one -> one.part().getAccessor()).toList();
            accessors.forEach(one -> one.setAccessible(true));
            return new RecordPart(row, accessors, schema, stage.rows(name, schema));
        }
    }

    @Override
    public void add(Object row) {
        if (!type.isInstance(row)) {
            throw new IllegalArgumentException(
                    "a row is a %s instead of a %s"
                            .formatted(row.getClass().getSimpleName(), type.getSimpleName()));
        }
        List<@Nullable Object> values = new ArrayList<>(accessors.size());
        for (int i = 0; i < accessors.size(); i++) {
            values.add(exact(schema.columns().get(i), value(accessors.get(i), row)));
        }
        rows.add(values);
    }

    private static @Nullable Object value(Method accessor, Object row) {
        try {
            return accessor.invoke(row);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("accessors were opened", e);
        }
    }

    /// Never rounds.
    private static @Nullable Object exact(Column column, @Nullable Object value) {
        if (value instanceof BigDecimal number
                && column.type() instanceof Type.Decimal(int precision, int scale)) {
            boolean fits =
                    number.stripTrailingZeros().scale() <= scale
                            && number.setScale(scale, RoundingMode.HALF_UP).precision()
                                    <= precision;
            if (!fits) {
                throw new IllegalArgumentException(
                        "a value of '%s' does not fit %s; say its size with @Digits"
                                .formatted(column.name(), column.type().sql()));
            }
        }
        return value;
    }

    @Override
    public void close() {
        rows.close();
    }
}
