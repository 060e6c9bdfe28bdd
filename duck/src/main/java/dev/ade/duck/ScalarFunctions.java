package dev.ade.duck;

import dev.ade.model.AdeException;
import dev.ade.model.Sql;
import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import dev.ade.spi.ValueFunction;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.ObjIntConsumer;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBScalarFunctionBuilder;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/// Java functions that SQL can call, a vector of values at a time.
///
/// All sessions of an engine share their catalog, and some functions could be used to try out what a pseudonym stands for.
/// So a function has a name that cannot be guessed there, and the one it is called by is a macro of its session alone.
final class ScalarFunctions {
    private static final int SECRET_BITS = 96;

    /// Digits, which are written in one way only.
    private final String secret =
            new BigInteger(SECRET_BITS, new SecureRandom()).setBit(SECRET_BITS).toString();

    /// @throws AdeException USER where a statement calls a function by the name that sessions share
    void requireUnused(String statement) {
        if (statement.contains(secret)) {
            throw AdeException.user(
                    "Cannot run the statement: it calls a function of ADE's own",
                    "Leave it out: what is hidden stays hidden for queries");
        }
    }

    /// For one session.
    void register(DuckDBConnection connection, ValueFunction function) {
        boolean isUuid = function.result() == Simple.UUID;
        String name = function.name() + "$" + secret;
        try (DuckDBScalarFunctionBuilder made = DuckDBFunctions.scalarFunction()) {
            made.withName(name)
                    .withParameter(type(function.argument()))
                    .withReturnType(isUuid ? DuckDBColumnType.UHUGEINT : type(function.result()))
                    .withVectorizedFunction((chunk, out) ->
                            apply(function, chunk.vector(0), chunk.rowCount(), out));
            register(connection, made);
            // DuckDB's Java functions cannot return UUIDs: they return their 128 bits as a number,
            // which takes half the
            // time of text.
            String call = Sql.quote(name) + "(x)";
            try (Statement statement = connection.createStatement()) {
                statement.execute(
                        "create or replace temp macro %s(x) as %s"
                                .formatted(
                                        Sql.quote(function.name()),
                                        isUuid ? "cast(" + call + " as uuid)" : call));
            }
        } catch (SQLException e) {
            throw Errors.of(e, function.name());
        }
    }

    /// One at a time: sessions that load side by side register names in one catalog, which refuses two transactions at
    /// once.
    static synchronized void register(
            DuckDBConnection connection, DuckDBScalarFunctionBuilder function) throws SQLException {
        function.register(connection);
    }

    private static void apply(
            ValueFunction function, DuckDBReadableVector in, long rows, DuckDBWritableVector out) {
        IntFunction<@Nullable Object> results = results(function, in);
        ObjIntConsumer<Object> writer = writer(function, out);
        for (int row = 0; row < rows; row++) {
            Object result = in.isNull(row) ? null : results.apply(row);
            if (result == null) {
                out.setNull(row);
            } else {
                writer.accept(result, row);
            }
        }
    }

    /// What puts a result into a row.
    private static ObjIntConsumer<Object> writer(ValueFunction function, DuckDBWritableVector out) {
        if (function.result() == Simple.UUID) {
            ByteBuffer numbers = RawVectors.numbers(out);
            return (result, row) -> RawVectors.put(numbers, row, (UUID) result);
        }
        return (result, row) -> write(out, row, result);
    }

    /// What the function gives for a row.
    private static IntFunction<@Nullable Object> results(
            ValueFunction function, DuckDBReadableVector in) {
        if (function.argument() == Simple.VARCHAR) {
            ByteBuffer texts = RawVectors.texts(in);
            return row -> function.applyUtf8(RawVectors.text(texts, row));
        }
        return row -> function.apply(read(function.argument(), in, row));
    }

    private static Object read(Type type, DuckDBReadableVector in, long row) {
        return switch ((Simple) type) {
            case BIGINT -> in.getLong(row);
            case DOUBLE -> in.getDouble(row);
            case DATE -> in.getLocalDate(row);
            case TIMESTAMP -> in.getLocalDateTime(row);
            case VARCHAR, BOOLEAN, INTEGER, FLOAT, TIME, TIMESTAMPTZ, BLOB, UUID ->
                    throw new IllegalArgumentException("not an argument type: " + type);
        };
    }

    private static void write(DuckDBWritableVector out, long row, Object result) {
        switch (result) {
            case String text -> out.setString(row, text);
            case Long number -> out.setLong(row, number);
            case Double number -> out.setDouble(row, number);
            case java.time.LocalDate date -> out.setDate(row, date);
            case java.time.LocalDateTime time -> out.setTimestamp(row, time);
            default -> throw new IllegalArgumentException("not a result: " + result.getClass());
        }
    }

    static DuckDBColumnType type(Type type) {
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
