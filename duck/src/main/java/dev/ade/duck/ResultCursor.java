package dev.ade.duck;

import dev.ade.model.Schema;
import dev.ade.spi.Cursor;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// A streaming result.
final class ResultCursor implements Cursor {
    private final PreparedStatement statement;
    private final ResultSet result;
    private final Schema schema;
    private final long rowsMax;
    private final String sql;
    private final Running running;
    private long rows;
    private boolean isCut;

    private ResultCursor(
            PreparedStatement statement,
            ResultSet result,
            String sql,
            long rowsMax,
            Running running)
            throws SQLException {
        this.statement = statement;
        this.result = result;
        this.schema = Schemas.of(result.getMetaData());
        this.sql = sql;
        this.rowsMax = rowsMax;
        this.running = running;
    }

    static Cursor open(
            DuckDBConnection connection,
            String sql,
            List<? extends @Nullable Object> parameters,
            long rowsMax,
            Running running) {
        try {
            PreparedStatement statement = connection.prepareStatement(sql);
            try {
                running.begin(statement);
                for (int i = 0; i < parameters.size(); i++) {
                    statement.setObject(i + 1, parameters.get(i));
                }
                return open(statement, sql, rowsMax, running);
            } catch (RuntimeException | Error | SQLException e) {
                statement.close();
                throw e;
            }
        } catch (SQLException e) {
            running.end();
            throw running.failure(e, sql);
        }
    }

    private static Cursor open(
            PreparedStatement statement, String sql, long rowsMax, Running running)
            throws SQLException {
        ResultSet result = statement.executeQuery();
        try {
            return new ResultCursor(statement, result, sql, rowsMax, running);
        } catch (RuntimeException | Error | SQLException e) {
            result.close();
            throw e;
        }
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public @Nullable List<@Nullable Object> next() {
        try {
            if (!result.next()) {
                return null;
            }
            if (rows++ == rowsMax) {
                isCut = true;
                return null;
            }
            List<@Nullable Object> row = new ArrayList<>(schema.columns().size());
            for (int i = 1; i <= schema.columns().size(); i++) {
                row.add(Values.of(result, i));
            }
            return row;
        } catch (SQLException e) {
            throw running.failure(e, sql);
        }
    }

    @Override
    public boolean isCut() {
        return isCut;
    }

    @Override
    public void close() {
        running.end();
        try (statement) {
            result.close();
        } catch (SQLException e) {
            throw Errors.of(e, sql);
        }
    }
}
