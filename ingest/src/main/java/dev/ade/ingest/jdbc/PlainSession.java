package dev.ade.ingest.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// A connection to a database behind JDBC, in one transaction that only reads.
final class PlainSession implements SideBySide.Session, AutoCloseable {
    private final Connection connection;
    private final Brand brand;
    private final String quote;
    private volatile @Nullable Statement running;

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
        List<String> parts = table.parts();
        String catalog = parts.size() > 1 ? parts.get(parts.size() - 2) : connection.getCatalog();
        List<String> names = new ArrayList<>();
        try (ResultSet rows =
                connection.getMetaData().getPrimaryKeys(catalog, null, parts.getLast())) {
            while (rows.next()) {
                names.add(rows.getString("COLUMN_NAME"));
            }
        }
        return names;
    }

    /// What the database puts around a name; empty where it quotes none.
    String quote() {
        return quote;
    }

    String quoted(String name) {
        return quote + (quote.isEmpty() ? name : name.replace(quote, quote + quote)) + quote;
    }

    List<PlainColumn> columns(String from) throws SQLException {
        return ask(
                "select * from " + from + " q where 1 = 0",
                List.of(),
                rows -> brand.columns(rows.getMetaData()));
    }

    interface Use<T> {
        T of(ResultSet rows) throws SQLException;
    }

    /// Runs a query, which `cancel` stops.
    ///
    /// @param values of its `?`
    <T> T ask(String sql, List<Object> values, Use<T> use) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            statement.setFetchSize(brand.fetchRows());
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
