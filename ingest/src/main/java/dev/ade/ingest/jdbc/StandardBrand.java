package dev.ade.ingest.jdbc;

import dev.ade.model.Column;
import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;

/// Databases of which no more is known than JDBC tells. What has no type of its own here is text.
final class StandardBrand implements Brand {
    private static final int FETCH_ROWS = 10_000;

    /// Digits of an unsigned number of 64 bits.
    private static final int UNSIGNED_DIGITS = 20;

    /// Digits behind the second that a type here holds.
    private static final int FRACTION_MAX = 6;

    @Override
    public Map<String, String> properties() {
        return Map.of();
    }

    @Override
    public int fetchRows() {
        return FETCH_ROWS;
    }

    @Override
    public void begin(Connection connection) throws SQLException {
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
    }

    @Override
    public boolean isSnapshot() {
        return false;
    }

    @Override
    public PlainColumn column(ResultSetMetaData data, int index) throws SQLException {
        Type type = type(data, index);
        return PlainColumn.of(
                new Column(data.getColumnLabel(index), type), StandardValues.reader(type));
    }

    /// H2 calls a UUID binary, others call it something else: its class says what it is.
    static Type type(ResultSetMetaData data, int index) throws SQLException {
        if (data.getColumnClassName(index).equals(UUID.class.getName())) {
            return Simple.UUID;
        }
        return switch (data.getColumnType(index)) {
            case Types.BIT, Types.BOOLEAN -> Simple.BOOLEAN;
            case Types.TINYINT, Types.SMALLINT -> Simple.INTEGER;
            case Types.INTEGER -> data.isSigned(index) ? Simple.INTEGER : Simple.BIGINT;
            case Types.BIGINT ->
                    data.isSigned(index) ? Simple.BIGINT : new Type.Decimal(UNSIGNED_DIGITS, 0);
            case Types.REAL ->
                    data.getColumnClassName(index).equals(Float.class.getName())
                            ? Simple.FLOAT
                            : Simple.DOUBLE;
            case Types.FLOAT, Types.DOUBLE -> Simple.DOUBLE;
            case Types.NUMERIC, Types.DECIMAL -> decimal(data, index);
            case Types.DATE -> Simple.DATE;
            case Types.TIME -> time(data, index, Simple.TIME);
            case Types.TIMESTAMP -> time(data, index, Simple.TIMESTAMP);
            case Types.TIMESTAMP_WITH_TIMEZONE -> time(data, index, Simple.TIMESTAMPTZ);
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> Simple.BLOB;
            default -> Simple.VARCHAR;
        };
    }

    /// Numbers without a bound, or with more digits than any decimal holds, are text.
    private static Type decimal(ResultSetMetaData data, int index) throws SQLException {
        int precision = data.getPrecision(index);
        int scale = data.getScale(index);
        boolean fits =
                precision > 0
                        && precision <= Type.Decimal.PRECISION_MAX
                        && scale >= 0
                        && scale <= precision;
        return fits ? new Type.Decimal(precision, scale) : Simple.VARCHAR;
    }

    /// Times finer than a microsecond are text, too.
    private static Type time(ResultSetMetaData data, int index, Simple type) throws SQLException {
        return data.getScale(index) > FRACTION_MAX ? Simple.VARCHAR : type;
    }

    @Override
    public Object bound(Object value) {
        return switch (value) {
            case Instant time -> time.atOffset(ZoneOffset.UTC);
            case BigDecimal number when number.scale() <= 0 && number.precision() <= 18 ->
                    number.longValueExact();
            default -> value;
        };
    }
}
