package dev.ade.ingest.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A connection to a database behind JDBC, in one transaction that only reads.
final class PlainSession implements SideBySide.Session, AutoCloseable {
    private static final int TABLES_MAX = 1_000;

    /// To drivers, no bound of rows.
    private static final int EVERY = 0;

    /// What databases call what rows can be read from.
    private static final String[] KINDS = {
        "TABLE", "BASE TABLE", "PARTITIONED TABLE", "FOREIGN TABLE", "VIEW", "MATERIALIZED VIEW"
    };

    /// Schemas of databases themselves.
    private static final Set<String> OWN =
            Set.of("information_schema", "pg_catalog", "sys", "mysql", "performance_schema");

    private final Connection connection;
    private final Brand brand;
    private final String quote;
    private volatile @Nullable Statement running;
    private int secondsMax;

    private PlainSession(Connection connection, Brand brand, String quote) {
        this.connection = connection;
        this.brand = brand;
        this.quote = quote;
    }

    static PlainSession open(JdbcSettings settings, Brand brand, Drivers drivers)
            throws SQLException {
        Properties properties = new Properties();
        properties.putAll(brand.properties());
        properties.putAll(settings.properties());
        Connection connection = drivers.connect(settings, properties);
        try {
            String quote = connection.getMetaData().getIdentifierQuoteString().strip();
            PlainSession session = new PlainSession(connection, brand, quote);
            brand.begin(connection);
            return session;
        } catch (SQLException e) {
            close(connection);
            throw e;
        }
    }

    /// Begins again, to see what is there now.
    void begin() throws SQLException {
        brand.begin(connection);
    }

    Optional<String> moment() throws SQLException {
        return brand.moment(connection);
    }

    /// The names of the columns of a table's primary key.
    List<String> key(JdbcSettings.From.Table table) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows =
                connection
                        .getMetaData()
                        .getPrimaryKeys(catalog(table), schema(table), table.parts().getLast())) {
            while (rows.next()) {
                names.add(rows.getString("COLUMN_NAME"));
            }
        }
        return names;
    }

    /// A query for some rows of a table.
    String some(JdbcSettings.From.Table table, long rows) {
        return brand.some(table.quoted(quote), rows);
    }

    /// From now on no query takes longer.
    void limit(int seconds) {
        secondsMax = seconds;
    }

    /// After a query that failed, as some databases answer nothing else then.
    void again() throws SQLException {
        connection.rollback();
        brand.begin(connection);
    }

    /// The database's own name and version.
    String product() throws SQLException {
        return connection.getMetaData().getDatabaseProductName()
                + " "
                + connection.getMetaData().getDatabaseProductVersion();
    }

    /// Columns with which an index of a table begins.
    List<String> indexed(JdbcSettings.From.Table table) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows =
                connection
                        .getMetaData()
                        .getIndexInfo(
                                catalog(table),
                                schema(table),
                                table.parts().getLast(),
                                false,
                                true)) {
            while (rows.next()) {
                if (rows.getInt("ORDINAL_POSITION") == 1) {
                    names.add(rows.getString("COLUMN_NAME"));
                }
            }
        }
        return names;
    }

    /// The tables that this user can see, without those of the database itself.
    List<JdbcSettings.From.Table> tables() throws SQLException {
        List<JdbcSettings.From.Table> tables = new ArrayList<>();
        boolean isBySchema = connection.getMetaData().supportsSchemasInTableDefinitions();
        try (ResultSet rows =
                connection.getMetaData().getTables(connection.getCatalog(), null, "%", KINDS)) {
            while (rows.next() && tables.size() < TABLES_MAX) {
                String schema = rows.getString("TABLE_SCHEM");
                String name = rows.getString("TABLE_NAME");
                if (schema == null || !OWN.contains(schema.toLowerCase(Locale.ROOT))) {
                    tables.add(
                            new JdbcSettings.From.Table(
                                    isBySchema && schema != null
                                            ? List.of(schema, name)
                                            : List.of(name)));
                }
            }
        }
        tables.sort(Comparator.comparing(JdbcSettings.From.Table::words));
        return tables;
    }

    private @Nullable String catalog(JdbcSettings.From.Table table) throws SQLException {
        return connection.getMetaData().supportsSchemasInTableDefinitions()
                ? connection.getCatalog()
                : before(table, connection.getCatalog());
    }

    private @Nullable String schema(JdbcSettings.From.Table table) throws SQLException {
        return connection.getMetaData().supportsSchemasInTableDefinitions()
                ? before(table, null)
                : null;
    }

    private static @Nullable String before(JdbcSettings.From.Table table, @Nullable String other) {
        List<String> parts = table.parts();
        return parts.size() > 1 ? parts.get(parts.size() - 2) : other;
    }

    /// What the database puts around a name; empty where it quotes none.
    String quote() {
        return quote;
    }

    String quoted(String name) {
        return quote + (quote.isEmpty() ? name : name.replace(quote, quote + quote)) + quote;
    }

    List<PlainColumn> columns(String from) throws SQLException {
        try {
            return ask(
                    "select * from " + from + " q where 1 = 0",
                    List.of(),
                    rows -> brand.columns(rows.getMetaData()));
        } catch (IllegalArgumentException | NullPointerException e) {
            throw Failures.ofDriver(e);
        }
    }

    interface Use<T> {
        T of(ResultSet rows) throws SQLException;
    }

    /// Runs a query, which `cancel` stops.
    ///
    /// @param values of its `?`
    <T> T ask(String sql, List<Object> values, Use<T> use) throws SQLException {
        return first(EVERY, sql, values, use);
    }

    /// The same of the first rows.
    <T> T first(int rowsMax, String sql, List<Object> values, Use<T> use) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            statement.setFetchSize(brand.fetchRows());
            statement.setQueryTimeout(secondsMax);
            statement.setMaxRows(rowsMax);
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, brand.bound(values.get(i)));
            }
            running = statement;
            try (ResultSet rows = statement.executeQuery()) {
                return use.of(rows);
            }
        } finally {
            running = null;
        }
    }

    @Override
    public void cancel() {
        Statement now = running;
        if (now != null) {
            try {
                now.cancel();
            } catch (SQLException _) {
                // What cannot be reached need not be stopped.
            }
        }
    }

    @Override
    public void close() {
        close(connection);
    }

    private static void close(Connection connection) {
        try (connection) {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        } catch (SQLException _) {
            // It only read; there is nothing to lose.
        }
    }
}
