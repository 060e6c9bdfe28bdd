package dev.ade.ingest.jdbc;

import dev.ade.ingest.jdbc.PlainColumn.Cursor;
import dev.ade.model.Column;
import dev.ade.model.Type.Simple;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// SQLite: a file, whose columns only suggest what their values are.
final class SqliteBrand implements Brand {
    private static final int FETCH_ROWS = 10_000;

    @Override
    public Map<String, String> properties() {
        return Map.of("open_mode", "1", "busy_timeout", "10000");
    }

    @Override
    public int fetchRows() {
        return FETCH_ROWS;
    }

    @Override
    public void begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
    }

    @Override
    public boolean isSnapshot() {
        return true;
    }

    @Override
    public PlainColumn column(ResultSetMetaData data, int index) throws SQLException {
        return column(data.getColumnLabel(index), data.getColumnTypeName(index));
    }

    /// By what the column says it is; its values are looked at one by one.
    private static PlainColumn column(String name, String declared) {
        String type = declared.toUpperCase(Locale.ROOT);
        if (type.contains("INT")) {
            return number(new Column(name, Simple.BIGINT));
        }
        if (type.startsWith("BOOL")) {
            return of(name, Simple.BOOLEAN, SqliteValues::bool);
        }
        if (type.startsWith("DATETIME") || type.startsWith("TIMESTAMP")) {
            return text(name, Simple.TIMESTAMP, SqliteValues::timestamp);
        }
        if (type.startsWith("DATE")) {
            return text(name, Simple.DATE, SqliteValues::date);
        }
        if (type.startsWith("REAL") || type.startsWith("DOUB") || type.startsWith("FLOA")) {
            return of(name, Simple.DOUBLE, SqliteValues::real);
        }
        if (type.contains("BLOB")) {
            return of(name, Simple.BLOB, SqliteValues::blob);
        }
        return text(name, Simple.VARCHAR, SqliteValues::text);
    }

    private static PlainColumn of(String name, Simple type, SqliteValues.Conversion conversion) {
        return new PlainColumn(
                new Column(name, type),
                PlainColumn.AS_IT_IS,
                SqliteValues.reader(conversion),
                Optional.empty());
    }

    private static PlainColumn number(Column column) {
        PlainColumn.Reader reader = SqliteValues.reader(SqliteValues::integer);
        return new PlainColumn(
                column,
                PlainColumn.AS_IT_IS,
                reader,
                Optional.of(
                        new Cursor(
                                CursorKind.NUMBER,
                                PlainColumn.AS_IT_IS,
                                reader,
                                "typeof(%s) <> 'integer'")));
    }

    /// Times are texts, which are compared as such.
    private static PlainColumn text(String name, Simple type, SqliteValues.Conversion conversion) {
        return new PlainColumn(
                new Column(name, type),
                PlainColumn.AS_IT_IS,
                SqliteValues.reader(conversion),
                Optional.of(
                        new Cursor(
                                CursorKind.TEXT,
                                PlainColumn.AS_IT_IS,
                                SqliteValues.reader(SqliteValues::text),
                                "typeof(%s) <> 'text'")));
    }

    @Override
    public String some(String table, long rows) {
        return "select * from %s limit %d".formatted(table, rows);
    }

    @Override
    public Object bound(Object value) {
        return value instanceof BigDecimal number ? (Object) number.longValue() : value;
    }
}
