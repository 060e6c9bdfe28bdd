package dev.ade.run.build;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Field;
import dev.ade.model.Location;
import dev.ade.model.Model;
import dev.ade.model.Schema;
import dev.ade.model.Sql;
import dev.ade.model.TableName;
import dev.ade.spi.FileTarget;
import dev.ade.spi.Session;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Rows that stay in a dataset, as its columns are from now on: by name, in their new order and types.
///
/// @param before the columns that these rows were written with
/// @param hidden columns that are NULL in them from now on
record Kept(Model model, List<Field> before, FileTarget target, Set<String> hidden) {
    static final TableName NAME = TableName.of("ade$build", "kept");

    /// @param target what was prepared for the new rows
    static Kept of(BuildContext context, FileTarget target) {
        Model model = context.model();
        List<Field> before = Files.of(context.draft(), model.name(), List.of()).scan().fields();
        return new Kept(model, before, target, context.hidden());
    }

    /// Whether all files are to be written again: a column is hidden, or has another type, to which a table format cannot
    /// change its files, so that it would be NULL in what stays.
    boolean isRewritten() {
        return !hidden.isEmpty() || !retyped().isEmpty();
    }

    /// What is kept, as a query of `NAME`.
    String query() {
        Schema stored =
                Field.schema(before.stream().filter(it -> !hidden.contains(it.name())).toList());
        return target.fields().stream()
                .map(field -> fitted(field.column(), stored))
                .collect(Collectors.joining(", ", "select ", " from " + NAME.quoted()));
    }

    /// NULL where there is no such column.
    static String fitted(Column column, Schema given) {
        String name = Sql.quote(column.name());
        return given.find(column.name()).isPresent()
                ? "cast(%s as %s) as %s".formatted(name, column.type().sql(), name)
                : "cast(null as %s) as %s".formatted(column.type().sql(), name);
    }

    /// Fails where a kept value would not be the same in its new type.
    void requireExact(Session session) {
        for (Field field : retyped()) {
            Field old = before(field).orElseThrow();
            Exactness exactness = new Exactness(field.name(), old.type(), field.type());
            long lost = exactness.lost(session, NAME.quoted());
            if (lost > 0) {
                throw AdeException.data(
                                "Cannot keep the rows of %s: %s becomes %s, which %,d of its values that are %s cannot be"
                                        .formatted(
                                                model.name(),
                                                field.name(),
                                                field.type().text(),
                                                lost,
                                                old.type().text()),
                                "Cast it to %s in the query, or make all again: ade run --full-refresh %s"
                                        .formatted(old.type().text(), model.name()))
                        .at(Location.of(model.file()));
            }
        }
    }

    private List<Field> retyped() {
        return target.fields().stream()
                .filter(field -> !hidden.contains(field.name()))
                .filter(field -> before(field).filter(old -> !goesOn(old, field)).isPresent())
                .toList();
    }

    private Optional<Field> before(Field field) {
        return named(field.name(), before);
    }

    private static Optional<Field> named(String name, List<Field> fields) {
        return fields.stream().filter(field -> field.name().equalsIgnoreCase(name)).findFirst();
    }

    /// Whether files that hold the one are read as the other.
    private static boolean goesOn(Field old, Field now) {
        return old.id() == now.id()
                && now.children().stream()
                        .allMatch(child ->
                                named(child.name(), old.children())
                                        .filter(before -> !goesOn(before, child))
                                        .isEmpty());
    }
}
