package dev.ade.duck;

import dev.ade.model.Column;
import dev.ade.model.Schema;
import dev.ade.model.Type;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.duckdb.DuckDBConnection;

/// Schemas as the engine reports them.
final class Schemas {
    private static final int NAME_MAX = 200;

    private Schemas() {}

    static Schema describe(DuckDBConnection connection, String select) {
        List<Column> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("describe " + select);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                columns.add(new Column(result.getString(1), Type.parse(result.getString(2))));
            }
        } catch (SQLException e) {
            throw Errors.of(e, select);
        }
        return new Schema(columns);
    }

    static Schema of(ResultSetMetaData metadata) throws SQLException {
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i <= metadata.getColumnCount(); i++) {
            columns.add(
                    new Column(
                            brief(metadata.getColumnName(i)),
                            Type.parse(metadata.getColumnTypeName(i))));
        }
        return unique(columns);
    }

    private static String brief(String name) {
        return name.length() > NAME_MAX ? name.substring(0, NAME_MAX) : name;
    }

    /// A query of a user may give the same name twice; the second becomes `name_1`.
    private static Schema unique(List<Column> columns) {
        List<Column> named = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Column column : columns) {
            String name = column.name();
            for (int i = 1; !seen.add(name.toLowerCase(Locale.ROOT)); i++) {
                name = column.name() + "_" + i;
            }
            named.add(new Column(name, column.type()));
        }
        return new Schema(named);
    }
}
