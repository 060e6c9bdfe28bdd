package dev.ade.ingest.jdbc;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.spi.Connector.Request;
import dev.ade.spi.Connector.Stage;
import dev.ade.spi.KeyGrid;
import dev.ade.spi.Progress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;

/// A table of MariaDB or MySQL for those who follow it by other means than queries: what is asked of its server, its rows
/// in a snapshot, and the types of its columns, the same as in a load by `jdbc:`.
public final class MariaDatabase {
    /// State of what ADE itself says of a server, which shows no values.
    public static final String OWN = "ADE02";

    private static final int LOCK_SECONDS = 10;

    /// The server's numbers for a privilege that is missing in a database, of a table, or for everything.
    private static final Set<Integer> DENIED = Set.of(1044, 1142, 1227);

    private final Request request;
    private final JdbcSettings settings;
    private final Drivers drivers;
    private final Brand brand = new MariaBrand();

    public MariaDatabase(Request request, TableAddress address, Drivers drivers) {
        this.request = request;
        this.settings = address.settings();
        this.drivers = drivers;
    }

    /// A connection that only asks, each time for what is there now.
    public final class Session implements AutoCloseable {
        private final Connection connection;

        private Session(Connection connection) {
            this.connection = connection;
        }

        public void execute(String sql) throws SQLException {
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        /// Rows as texts.
        ///
        /// @param values of `?`
        public List<List<Optional<String>>> rows(String sql, Object... values) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    statement.setObject(i + 1, values[i]);
                }
                try (ResultSet rows = statement.executeQuery()) {
                    List<List<Optional<String>>> all = new ArrayList<>();
                    while (rows.next()) {
                        List<Optional<String>> row = new ArrayList<>();
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            row.add(Optional.ofNullable(rows.getString(i)));
                        }
                        all.add(row);
                    }
                    return all;
                }
            }
        }

        /// The first row; empty where there is none.
        public List<Optional<String>> row(String sql, Object... values) throws SQLException {
            return rows(sql, values).stream().findFirst().orElse(List.of());
        }

        /// The columns that a query of the table gives.
        public List<Column> columns() throws SQLException {
            try (PreparedStatement statement =
                            connection.prepareStatement(
                                    "select * from " + table() + " q where 1 = 0");
                    ResultSet rows = statement.executeQuery()) {
                return brand.columns(rows.getMetaData()).stream().map(PlainColumn::column).toList();
            } catch (IllegalArgumentException | NullPointerException e) {
                throw Failures.ofDriver(e);
            }
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException _) {
                // It only asked.
            }
        }
    }

    public Session open() throws SQLException {
        Properties properties = new Properties();
        properties.putAll(brand.properties());
        properties.putAll(settings.properties());
        return new Session(drivers.connect(settings, properties));
    }

    /// The table's name, quoted.
    public String table() {
        return settings.from().sql(MariaBrand.QUOTE);
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

    /// How a value of a shape is asked for, so that it is text.
    ///
    /// @param value of SQL
    public static String shape(String value) {
        return MariaBrand.AS_SHAPE.replace("%s", value);
    }

    /// Asks for a place in a server's log.
    @FunctionalInterface
    public interface EndOfLog {
        String ask(Session session) throws SQLException;
    }

    /// What is told of a snapshot before its first row comes.
    ///
    /// @param columns that are read
    /// @param end asks for the end of the log, of a server that does not tell the place that a snapshot shows; the table
    ///     is locked for that moment
    /// @param place takes the place that it shows: a file, and the bytes in it behind a blank
    public record Snapshot(Set<String> columns, Optional<EndOfLog> end, Consumer<String> place) {
        public Snapshot {
            columns = Set.copyOf(columns);
        }
    }

    /// Stages the rows that a snapshot shows.
    ///
    /// @return how many
    public long read(Stage stage, Snapshot snapshot) throws SQLException {
        return new PlainReading(request, settings, stage, drivers)
                .shown(snapshot, () -> begin(snapshot));
    }

    /// Stages the rows that there are now with these keys.
    ///
    /// @return how many
    public long read(Stage stage, KeyGrid.Ranges ranges) throws SQLException {
        return new PlainReading(request, settings.within(ranges), stage, drivers)
                .run()
                .rows()
                .orElse(0);
    }

    /// Has the server make checksums of rows.
    ///
    /// @param wanted columns that are wanted in the checksums
    /// @return empty where the grid's column is no whole number there
    public Optional<KeyGrid.Sums> sums(KeyGrid grid, List<Column> wanted, Progress progress)
            throws SQLException {
        return new MariaSums(settings, grid, progress, drivers).of(wanted);
    }

    private PlainSession begin(Snapshot snapshot) throws SQLException {
        if (snapshot.end().isEmpty()) {
            return PlainSession.open(settings, brand, drivers);
        }
        try (Session lock = open()) {
            lock.execute("set session lock_wait_timeout = " + LOCK_SECONDS);
            lock(lock);
            snapshot.place().accept(snapshot.end().get().ask(lock));
            return PlainSession.open(settings, brand, drivers);
        }
    }

    /// MySQL has a privilege of its own for it.
    private void lock(Session session) throws SQLException {
        try {
            session.execute("lock tables " + table() + " read");
        } catch (SQLException e) {
            if (!DENIED.contains(e.getErrorCode())) {
                throw e;
            }
            throw failure(
                    e,
                    "user '%s' may not lock %s, which is done for a moment while the place of its first rows in the log is asked"
                            .formatted(user(), words()),
                    "Let its administrator run: grant lock tables on the table's database to "
                            + user());
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
