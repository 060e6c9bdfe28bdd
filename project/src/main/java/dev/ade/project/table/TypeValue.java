package dev.ade.project.table;

import dev.ade.jinja.Attributes;
import dev.ade.jinja.Undefined;
import java.util.Locale;

/// The type of a column of an answer, under the name that agate has for it.
record TypeValue(String name) implements Attributes {
    static TypeValue of(TableValue.Field field) {
        String sql = field.type().toUpperCase(Locale.ROOT);
        int open = sql.indexOf('(');
        return new TypeValue(
                switch (open < 0 ? sql : sql.substring(0, open)) {
                    case "BOOLEAN" -> "Boolean";
                    case "INTEGER", "BIGINT" -> "Integer";
                    case "FLOAT", "DOUBLE", "DECIMAL" -> "Number";
                    case "DATE" -> "Date";
                    case "TIMESTAMP", "TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE" -> "DateTime";
                    case "INTERVAL" -> "TimeDelta";
                    default -> "Text";
                });
    }

    @Override
    public Object attribute(String attribute) {
        return attribute.equals("name") || attribute.equals("__name__")
                ? name
                : new Undefined(attribute);
    }

    @Override
    public String toString() {
        return "<agate.data_types." + name + ">";
    }
}
