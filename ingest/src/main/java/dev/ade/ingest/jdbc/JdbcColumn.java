package dev.ade.ingest.jdbc;

import dev.ade.model.Column;
import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A column of a result, with how its values are read. What has no type of its own here is text.
///
/// @param index from 1
record JdbcColumn(int index, Column column) {
    private static final int PRECISION_MAX = 38;

    static List<JdbcColumn> of(ResultSetMetaData data) throws SQLException {
        List<JdbcColumn> columns = new ArrayList<>();
        for (int i = 1; i <= data.getColumnCount(); i++) {
            columns.add(new JdbcColumn(i, new Column(data.getColumnLabel(i), type(data, i))));
        }
        return columns;
    }

    private static Type type(ResultSetMetaData data, int index) throws SQLException {
        return switch (data.getColumnType(index)) {
            case Types.BIT, Types.BOOLEAN -> Simple.BOOLEAN;
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> Simple.INTEGER;
            case Types.BIGINT -> Simple.BIGINT;
            case Types.REAL -> real(data.getColumnClassName(index));
            case Types.FLOAT, Types.DOUBLE -> Simple.DOUBLE;
            case Types.NUMERIC, Types.DECIMAL -> decimal(data, index);
            case Types.DATE -> Simple.DATE;
            case Types.TIME -> Simple.TIME;
            case Types.TIMESTAMP -> Simple.TIMESTAMP;
            case Types.TIMESTAMP_WITH_TIMEZONE -> Simple.TIMESTAMPTZ;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> Simple.BLOB;
            default -> Simple.VARCHAR;
        };
    }

    /// SQLite calls its doubles real.
    private static Type real(String className) {
        return className.equals(Float.class.getName()) ? Simple.FLOAT : Simple.DOUBLE;
    }

    /// Numbers without a bound, as PostgreSQL has them, are text: no decimal holds all of them.
    private static Type decimal(ResultSetMetaData data, int index) throws SQLException {
        int precision = data.getPrecision(index);
        int scale = data.getScale(index);
        boolean fits =
                precision > 0 && precision <= PRECISION_MAX && scale >= 0 && scale <= precision;
        return fits ? new Type.Decimal(precision, scale) : Simple.VARCHAR;
    }

    @Nullable Object value(ResultSet rows) throws SQLException {
        Object value =
                switch (column.type()) {
                    case Simple simple -> value(rows, simple);
                    case Type.Decimal _ -> rows.getBigDecimal(index);
                    case Type.ListOf _, Type.Struct _, Type.MapOf _ -> rows.getObject(index);
                };
        return rows.wasNull() ? null : value;
    }

    private @Nullable Object value(ResultSet rows, Simple type) throws SQLException {
        return switch (type) {
            case BOOLEAN -> rows.getBoolean(index);
            case INTEGER -> rows.getInt(index);
            case BIGINT -> rows.getLong(index);
            case FLOAT -> rows.getFloat(index);
            case DOUBLE -> rows.getDouble(index);
            case DATE -> rows.getObject(index, LocalDate.class);
            case TIME -> rows.getObject(index, LocalTime.class);
            case TIMESTAMP -> rows.getObject(index, LocalDateTime.class);
            case TIMESTAMPTZ -> instant(rows.getObject(index, OffsetDateTime.class));
            case BLOB -> rows.getBytes(index);
            case VARCHAR, UUID -> rows.getString(index);
        };
    }

    private static @Nullable Object instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
