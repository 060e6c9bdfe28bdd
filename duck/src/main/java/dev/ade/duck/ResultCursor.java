package dev.ade.duck;

import dev.ade.model.AdeException;
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
    /// What the driver says of a result that failed while it was read. The reason is lost with it.
    private static final String LOST = "Invalid result set";

    private final DuckDBConnection connection;
    private final PreparedStatement statement;
    private final ResultSet result;
    private final Schema schema;
    private final long rowsMax;
    private final Asked asked;
    private final Running running;
    private long rows;
    private boolean isCut;

    private record Asked(String sql, List<? extends @Nullable Object> parameters) {
        PreparedStatement prepare(DuckDBConnection connection, String before, Running running)
                throws SQLException {
            PreparedStatement statement = connection.prepareStatement(before + sql);
            try {
                running.begin(statement);
                for (int i = 0; i < parameters.size(); i++) {
                    statement.setObject(i + 1, parameters.get(i));
                }
                return statement;
            } catch (RuntimeException | Error | SQLException e) {
                statement.close();
                throw e;
            }
        }

        /// Where the reason is lost, the engine runs the query again for nothing but its plan: then it says why it fails.
        AdeException failure(SQLException e, DuckDBConnection connection, Running running) {
            if (running.isStopped() || !String.valueOf(e.getMessage()).contains(LOST)) {
                return running.failure(e, sql);
            }
            try (PreparedStatement again = prepare(connection, "explain analyze ", running)) {
                again.execute();
                return running.failure(e, sql);
            } catch (SQLException reason) {
                return running.failure(reason, sql);
            }
        }
    }

    private ResultCursor(
            DuckDBConnection connection,
            PreparedStatement statement,
            ResultSet result,
            long rowsMax,
            Asked asked,
            Running running)
            throws SQLException {
        this.connection = connection;
        this.statement = statement;
        this.result = result;
        this.schema = Schemas.of(result.getMetaData());
        this.rowsMax = rowsMax;
        this.asked = asked;
        this.running = running;
    }

    static Cursor open(
            DuckDBConnection connection,
            String sql,
            List<? extends @Nullable Object> parameters,
            long rowsMax,
            Running running) {
        Asked asked = new Asked(sql, parameters);
        try {
            PreparedStatement statement = asked.prepare(connection, "", running);
            try {
                return open(connection, statement, rowsMax, asked, running);
            } catch (RuntimeException | Error | SQLException e) {
                statement.close();
                throw e;
            }
        } catch (SQLException e) {
            AdeException failure = asked.failure(e, connection, running);
            running.end();
            throw failure;
        }
    }

    private static Cursor open(
            DuckDBConnection connection,
            PreparedStatement statement,
            long rowsMax,
            Asked asked,
            Running running)
            throws SQLException {
        ResultSet result = statement.executeQuery();
        try {
            return new ResultCursor(connection, statement, result, rowsMax, asked, running);
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
            throw asked.failure(e, connection, running);
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
            throw Errors.of(e, asked.sql());
        }
    }
}
