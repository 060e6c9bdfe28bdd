package dev.ade.ingest.jdbc;

import java.sql.Connection;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What kinds of databases do each in their way behind JDBC.
interface Brand {
    /// For its driver, where the settings do not say otherwise.
    Map<String, String> properties();

    /// Rows that its driver fetches at once.
    int fetchRows();

    /// Begins the one transaction in which all is read.
    void begin(Connection connection) throws SQLException;

    /// Whether all statements of that transaction see the same rows.
    boolean isSnapshot();

    /// What tells whether two transactions see the same rows; empty where nothing does.
    default Optional<String> moment(Connection connection) throws SQLException {
        return Optional.empty();
    }

    default List<PlainColumn> columns(ResultSetMetaData data) throws SQLException {
        List<PlainColumn> columns = new ArrayList<>();
        for (int i = 1; i <= data.getColumnCount(); i++) {
            columns.add(column(data, i));
        }
        return columns;
    }

    /// @param index from 1
    PlainColumn column(ResultSetMetaData data, int index) throws SQLException;

    /// A query for some rows of a table.
    default String some(String table, long rows) {
        return "select * from %s fetch first %d rows only".formatted(table, rows);
    }

    /// A value of a cursor as its driver compares it exactly.
    Object bound(Object value);

    static Brand of(String url) {
        if (url.startsWith("jdbc:sqlite:")) {
            return new SqliteBrand();
        }
        return MariaBrand.isOf(url) ? new MariaBrand() : new StandardBrand();
    }
}
