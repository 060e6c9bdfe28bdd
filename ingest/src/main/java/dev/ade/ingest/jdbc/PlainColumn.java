package dev.ade.ingest.jdbc;

import dev.ade.model.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A column of a database behind JDBC: what it becomes, how it is asked for and read.
///
/// @param shape what is asked for instead of it, with `%s` in its place
/// @param cursor where it can say what is new
record PlainColumn(Column column, String shape, Reader reader, Optional<Cursor> cursor) {
    static final String AS_IT_IS = "%s";

    /// Reads one value without a change.
    @FunctionalInterface
    interface Reader {
        /// @param index from 1
        /// @throws Unfit for a value that no type here holds
        @Nullable Object read(ResultSet rows, int index) throws SQLException, Unfit;
    }

    /// How a column that only grows is compared.
    ///
    /// @param unfit a condition for rows that could never be followed, with `%s` in the column's place
    record Cursor(CursorKind kind, String shape, Reader reader, String unfit) {}

    static PlainColumn of(Column column, Reader reader) {
        return of(column, AS_IT_IS, reader);
    }

    /// A column of numbers or times can be followed.
    static PlainColumn of(Column column, String shape, Reader reader) {
        return new PlainColumn(
                column,
                shape,
                reader,
                CursorKind.of(column.type())
                        .map(kind -> new Cursor(kind, shape, reader, "%s is null")));
    }

    /// @param quoted its name as the database takes it
    String expression(String quoted) {
        return shape.replace("%s", "q." + quoted);
    }
}
