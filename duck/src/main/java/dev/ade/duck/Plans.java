package dev.ade.duck;

import dev.ade.duck.lineage.LineageReader;
import dev.ade.model.Schema;
import dev.ade.model.TableName;
import dev.ade.spi.Lineage;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// Binds queries to empty tables and says what their columns follow from. Thread-safe, one at a time: a query
/// takes milliseconds.
final class Plans {
    private static final String PLAN =
            "select json_serialize_plan(?::varchar, skip_null := true, skip_empty := true, skip_default := true)";

    private final Supplier<DuckDBConnection> connections;
    private final References references;
    private @Nullable DuckDBConnection own;

    Plans(Supplier<DuckDBConnection> connections, References references) {
        this.connections = connections;
        this.references = references;
    }

    synchronized Lineage lineage(String select, Map<TableName, Schema> schemas) {
        Set<TableName> datasets = references.of(select);
        Map<TableName, Schema> inputs = new HashMap<>(schemas);
        inputs.keySet().retainAll(datasets);
        try {
            DuckDBConnection connection = connection();
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                for (String stub : LineageReader.stubs(inputs)) {
                    statement.execute(stub);
                }
                Schema result = Schemas.describe(connection, select);
                return LineageReader.read(select, plan(connection, select), result, datasets);
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw Errors.of(e, select);
        }
    }

    private static String plan(DuckDBConnection connection, String select) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PLAN)) {
            statement.setString(1, select);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getString(1);
            }
        }
    }

    private DuckDBConnection connection() throws SQLException {
        if (own == null) {
            own = connections.get();
            try (Statement statement = own.createStatement()) {
                statement.execute("attach ':memory:' as ade_lineage");
                statement.execute("use ade_lineage");
            }
        }
        return own;
    }
}
