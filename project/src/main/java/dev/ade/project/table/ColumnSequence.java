package dev.ade.project.table;

import dev.ade.jinja.Callable;
import dev.ade.jinja.None;
import dev.ade.jinja.Tuple;
import java.util.LinkedHashSet;
import java.util.List;

/// A column of an answer.
final class ColumnSequence extends Sequence {
    private final TableValue.Field field;
    private final long index;

    ColumnSequence(TableValue.Field field, long index, List<Object> values) {
        super(List.of(), values);
        this.field = field;
        this.index = index;
    }

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "name" -> field.name();
            case "index" -> index;
            case "data_type" -> TypeValue.of(field);
            case "values_distinct" ->
                    (Callable) _ -> new Tuple(List.copyOf(new LinkedHashSet<>(this)));
            case "values_without_nulls" ->
                    (Callable)
                            _ -> new Tuple(stream().filter(value -> value != None.NONE).toList());
            case "values_sorted" ->
                    (Callable) _ -> new Tuple(stream().sorted(TableValue::order).toList());
            case "values_without_nulls_sorted" ->
                    (Callable)
                            _ ->
                                    new Tuple(
                                            stream()
                                                    .filter(value -> value != None.NONE)
                                                    .sorted(TableValue::order)
                                                    .toList());
            default -> super.attribute(name);
        };
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    @Override
    public String toString() {
        return "<agate.Column: %s>".formatted(new Tuple(this));
    }
}
