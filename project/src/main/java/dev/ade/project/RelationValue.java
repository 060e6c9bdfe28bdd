package dev.ade.project;

import dev.ade.jinja.Attributes;
import dev.ade.jinja.Callable;
import dev.ade.jinja.None;
import dev.ade.jinja.Undefined;
import dev.ade.model.TableName;

/// A dataset as templates see it; prints as what SQL reads it by.
///
/// @param sql the quoted name, or a query in brackets for what is ephemeral
record RelationValue(TableName name, String sql) implements Attributes {
    static final String DATABASE = "ade";

    static RelationValue of(TableName name) {
        return new RelationValue(name, name.quoted());
    }

    @Override
    public Object attribute(String attribute) {
        Callable self = _ -> this;
        return switch (attribute) {
            case "identifier", "name", "table" -> name.name();
            case "schema" -> name.namespace();
            case "database" -> DATABASE;
            case "type" -> None.NONE;
            case "include", "quote" -> self;
            case "render" -> (Callable) _ -> sql;
            default -> new Undefined(attribute);
        };
    }

    @Override
    public String toString() {
        return sql;
    }
}
