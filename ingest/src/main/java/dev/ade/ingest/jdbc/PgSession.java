package dev.ade.ingest.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/// A connection to PostgreSQL that can only read, in which texts of values do not depend on who set up the server.
final class PgSession implements SideBySide.Session, PgDatabase.Session {
    /// Scans that begin anywhere would give the same rows in another order each time.
    private static final String SETTINGS =
            """
            set timezone = 'UTC'; set datestyle = 'ISO'; set intervalstyle = 'postgres';
            set bytea_output = 'hex'; set xmloption = 'content'; set synchronize_seqscans = off\
            """;

    private final Connection connection;

    private PgSession(Connection connection) {
        this.connection = connection;
    }

    static PgSession open(JdbcSettings settings) throws SQLException {
        Connection connection = PgDatabase.connect(settings.url(), settings.properties(), Map.of());
        PgSession session = new PgSession(connection);
        try {
            session.execute("set default_transaction_read_only = on; " + SETTINGS);
        } catch (SQLException e) {
            session.close();
            throw e;
        }
        return session;
    }

    /// Begins the one transaction in which all is read.
    void begin() throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
    }

    @Override
    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// The one row that a query gives, as texts.
    @Override
    public List<Optional<String>> row(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? values(rows) : List.of();
        }
    }

    /// The few rows that a query gives, as texts.
    @Override
    public List<List<Optional<String>>> rows(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<List<Optional<String>>> all = new ArrayList<>();
            while (rows.next()) {
                all.add(values(rows));
            }
            return all;
        }
    }

    private static List<Optional<String>> values(ResultSet rows) throws SQLException {
        List<Optional<String>> values = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            values.add(Optional.ofNullable(rows.getString(i)));
        }
        return values;
    }

    /// The first value of the one row that a query gives.
    Optional<String> value(String sql) throws SQLException {
        return row(sql).stream()
                .findFirst()
                .filter(Predicate.not(Optional::isEmpty))
                .orElse(Optional.empty());
    }

    List<PgColumn> columns(String from) throws SQLException {
        int moneyScale = value("select scale(0::money::numeric)").map(Integer::parseInt).orElse(2);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from " + from + " q limit 0")) {
            ResultSetMetaData data = rows.getMetaData();
            return PgColumn.of(data, moneyScale);
        }
    }

    CopyOut copy(String select) throws SQLException {
        return connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("copy (" + select + ") to stdout (format binary)");
    }

    @Override
    public void cancel() {
        try {
            connection.unwrap(PGConnection.class).cancelQuery();
        } catch (SQLException _) {
            // What cannot be reached need not be stopped.
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException _) {
            // It only read; there is nothing to lose.
        }
    }

    /// @return whether it is an address of PostgreSQL
    static boolean isPostgres(@Nullable String url) {
        return url != null && url.startsWith("jdbc:postgresql:");
    }
}
