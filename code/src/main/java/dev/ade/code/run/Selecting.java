package dev.ade.code.run;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Schema;
import dev.ade.model.Sql;
import java.util.List;
import java.util.stream.Collectors;

/// Finds the columns of a record among those that there are.
final class Selecting {
    private Selecting() {}

    /// The columns that components read, in their order.
    ///
    /// @param from what has the columns, for messages
    /// @throws AdeException USER where one is missing, or has values that the component cannot hold
    static List<Column> columns(List<Component> components, Schema schema, String from) {
        return components.stream().map(one -> column(one, schema, from)).toList();
    }

    private static Column column(Component component, Schema schema, String from) {
        String wanted = component.source();
        Column column =
                schema.find(wanted)
                        .orElseThrow(() ->
                                AdeException.user(
                                        "Cannot read '%s' for %s: %s has no such column"
                                                .formatted(
                                                        wanted, component.part().getName(), from),
                                        "It has " + String.join(", ", schema.names())));
        if (!component.shape().canHold(column.type())) {
            throw AdeException.user(
                    "Cannot read '%s' of %s as %s: it is %s"
                            .formatted(
                                    column.name(), from, component.words(), column.type().text()),
                    Shape.words(column.type()).map(it -> "Declare it as " + it).orElse(""));
        }
        return column;
    }

    /// A query for the columns of a dataset, nothing else.
    static String query(List<Column> columns, String from) {
        return columns.stream()
                .map(column -> Sql.quote(column.name()))
                .collect(Collectors.joining(", ", "select ", " from " + from));
    }
}
