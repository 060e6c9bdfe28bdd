package dev.ade.duck;

import dev.ade.model.Sql;
import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import dev.ade.spi.ValueFunction;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBWritableVector;

/// Java functions that SQL can call, a vector of values at a time.
final class ScalarFunctions {
    /// DuckDB's Java functions cannot return UUIDs: they return their 128 bits as a number that a macro casts,
    /// which takes half the time of text.
    private static final String NUMBER_SUFFIX = "$number";

    private ScalarFunctions() {}

    /// One at a time: sessions that load side by side register the same names in one catalog, which refuses two
    /// transactions at once.
    static synchronized void register(DuckDBConnection connection, ValueFunction function) {
        try {
            boolean isUuid = function.result() == Simple.UUID;
            String name = isUuid ? function.name() + NUMBER_SUFFIX : function.name();
            DuckDBFunctions.scalarFunction()
                    .withName(name)
                    .withParameter(type(function.argument()))
                    .withReturnType(isUuid ? DuckDBColumnType.UHUGEINT : type(function.result()))
                    .withVectorizedFunction(
                            (chunk, out) -> apply(function, chunk.vector(0), chunk.rowCount(), out))
                    .register(connection);
            if (isUuid) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(
                            "create or replace temp macro %s(x) as cast(%s(x) as uuid)"
                                    .formatted(Sql.quote(function.name()), Sql.quote(name)));
                }
            }
        } catch (SQLException e) {
            throw Errors.of(e, function.name());
        }
    }

    private static void apply(
            ValueFunction function, DuckDBReadableVector in, long rows, DuckDBWritableVector out) {
        for (long row = 0; row < rows; row++) {
            if (in.isNull(row)) {
                out.setNull(row);
                continue;
            }
            Object result = function.apply(read(function.argument(), in, row));
            if (result == null) {
                out.setNull(row);
            } else {
                write(out, row, result);
            }
        }
    }

    private static Object read(Type type, DuckDBReadableVector in, long row) {
        return switch ((Simple) type) {
            case VARCHAR -> in.getString(row);
            case BIGINT -> in.getLong(row);
            case DOUBLE -> in.getDouble(row);
            case DATE -> in.getLocalDate(row);
            case TIMESTAMP -> in.getLocalDateTime(row);
            case BOOLEAN, INTEGER, FLOAT, TIME, TIMESTAMPTZ, BLOB, UUID ->
                    throw new IllegalArgumentException("not an argument type: " + type);
        };
    }

    private static void write(DuckDBWritableVector out, long row, Object result) {
        switch (result) {
            case String text -> out.setString(row, text);
            case UUID uuid -> out.setUHugeInt(row, number(uuid));
            case Long number -> out.setLong(row, number);
            case Double number -> out.setDouble(row, number);
            case java.time.LocalDate date -> out.setDate(row, date);
            case java.time.LocalDateTime time -> out.setTimestamp(row, time);
            default -> throw new IllegalArgumentException("not a result: " + result.getClass());
        }
    }

    private static BigInteger number(UUID uuid) {
        byte[] bits =
                ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(uuid.getMostSignificantBits())
                        .putLong(uuid.getLeastSignificantBits())
                        .array();
        return new BigInteger(1, bits);
    }

    private static DuckDBColumnType type(Type type) {
        return switch ((Simple) type) {
            case VARCHAR -> DuckDBColumnType.VARCHAR;
            case BIGINT -> DuckDBColumnType.BIGINT;
            case DOUBLE -> DuckDBColumnType.DOUBLE;
            case DATE -> DuckDBColumnType.DATE;
            case TIMESTAMP -> DuckDBColumnType.TIMESTAMP;
            case UUID -> DuckDBColumnType.UUID;
            case BOOLEAN -> DuckDBColumnType.BOOLEAN;
            case INTEGER -> DuckDBColumnType.INTEGER;
            case FLOAT -> DuckDBColumnType.FLOAT;
            case TIME -> DuckDBColumnType.TIME;
            case TIMESTAMPTZ -> DuckDBColumnType.TIMESTAMP_WITH_TIME_ZONE;
            case BLOB -> DuckDBColumnType.BLOB;
        };
    }
}
