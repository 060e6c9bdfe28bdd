package dev.ade.ingest.jdbc;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.spi.Connector.Request;
import dev.ade.spi.Connector.Stage;
import dev.ade.spi.KeyGrid;
import dev.ade.spi.Progress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.postgresql.Driver;

/// A table of PostgreSQL for those who follow it by other means than queries: what is asked of its server, its rows in a
/// snapshot, and the types of its columns, the same as in a load by `jdbc:`.
public final class PgDatabase {
    private static final String CONNECT_SECONDS = "10";

    private final Request request;
    private final JdbcSettings settings;

    /// @param precision of a numeric; 0 without a bound
    public record Digits(int precision, int scale, int moneyScale) {}

    public PgDatabase(Request request, TableAddress address) {
        this.request = request;
        this.settings = address.settings();
    }

    /// A connection that only reads.
    public interface Session extends AutoCloseable {
        void execute(String sql) throws SQLException;

        /// The one row that a query gives, as texts; empty where it gives none.
        List<Optional<String>> row(String sql) throws SQLException;

        /// The few rows that a query gives, as texts.
        List<List<Optional<String>>> rows(String sql) throws SQLException;

        @Override
        void close();
    }

    /// A connection as ADE makes them.
    ///
    /// @param asked of the user's
    /// @param ours go before what the user says
    public static Connection connect(
            String url, Map<String, String> asked, Map<String, String> ours) throws SQLException {
        Properties properties = new Properties();
        properties.put("connectTimeout", CONNECT_SECONDS);
        properties.put("loginTimeout", CONNECT_SECONDS);
        properties.put("tcpKeepAlive", "true");
        properties.put("ApplicationName", "ade");
        properties.putAll(asked);
        properties.putAll(ours);
        Connection connection = new Driver().connect(url, properties);
        if (connection == null) {
            throw new SQLException("this is no address of PostgreSQL", "08001");
        }
        return connection;
    }

    public Session open() throws SQLException {
        return PgSession.open(settings);
    }

    /// The table's name, quoted.
    public String table() {
        return settings.from().sql("\"");
    }

    /// The table's name for people.
    public String words() {
        return settings.from().words();
    }

    /// The server's address without what may be secret in it.
    public String place() {
        return settings.place();
    }

    public String user() {
        return settings.user();
    }

    /// Stages the rows that a snapshot shows.
    ///
    /// @param columns that are read, in lower case
    /// @return how many the server says it sent
    public long read(Stage stage, String snapshot, Set<String> columns) throws SQLException {
        PgReading.Moment moment = new PgReading.Moment(Optional.of(snapshot), columns);
        return new PgReading(request, settings, stage, moment).run().rows().orElse(0);
    }

    /// Stages the rows that there are now.
    ///
    /// @param columns that are read, in lower case
    /// @return how many the server says it sent
    public long read(Stage stage, Set<String> columns) throws SQLException {
        PgReading.Moment moment = new PgReading.Moment(Optional.empty(), columns);
        return new PgReading(request, settings, stage, moment).run().rows().orElse(0);
    }

    /// Stages the rows that there are now with these keys.
    ///
    /// @param columns that are read, in lower case
    /// @return how many the server says it sent
    public long read(Stage stage, Set<String> columns, KeyGrid.Ranges ranges) throws SQLException {
        PgReading.Moment moment = new PgReading.Moment(Optional.empty(), columns);
        return new PgReading(request, settings.within(ranges), stage, moment)
                .run()
                .rows()
                .orElse(0);
    }

    /// Has the server make checksums of rows.
    ///
    /// @param columns that there are, in lower case
    /// @param wanted those that are wanted in the checksums
    /// @return empty where the grid's column is no whole number there
    public Optional<KeyGrid.Sums> sums(
            Set<String> columns, KeyGrid grid, List<Column> wanted, Progress progress)
            throws SQLException {
        return new PgSums(settings, columns, grid, progress).of(wanted);
    }

    /// What a column of this type becomes.
    public static Column column(String name, String pgType, Digits digits) {
        return PgColumn.of(name, pgType, digits).column();
    }

    /// What a reading of these columns gives now.
    ///
    /// @param columns in lower case
    public List<Column> columns(Set<String> columns) throws SQLException {
        try (PgSession session = PgSession.open(settings)) {
            session.execute(PgLook.TIMEOUT);
            return session.columns(table()).stream()
                    .filter(column -> column.isAmong(columns))
                    .map(PgColumn::column)
                    .toList();
        }
    }

    public AdeException failure(SQLException e) {
        return Failures.of(request, settings, e);
    }

    /// Of which more is known than its state says. What the database says itself is not shown.
    ///
    /// @param reason without values
    public AdeException failure(SQLException e, String reason, String next) {
        return Failures.of(request, settings, e, new Failures.Meaning(reason, next));
    }
}
