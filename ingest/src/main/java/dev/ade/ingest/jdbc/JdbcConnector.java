package dev.ade.ingest.jdbc;

import dev.ade.model.Column;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.Schema;
import dev.ade.spi.Connector;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// Reads a table, or what a query gives, in one read-only transaction.
public final class JdbcConnector implements Connector {
    private static final int FETCH_ROWS = 10_000;

    @Override
    public Offer look(Request request) {
        JdbcSettings settings = settings(request);
        return PgSession.isPostgres(settings.url())
                ? new PgLook(request, settings).run()
                : Offer.of("a database is read again each time");
    }

    @Override
    public Outcome read(Request request, Stage stage) {
        JdbcSettings settings = settings(request);
        try {
            return PgSession.isPostgres(settings.url())
                    ? new PgReading(request, settings, stage).run()
                    : plain(request, settings, stage);
        } catch (SQLException e) {
            throw Failures.of(request, settings, e);
        }
    }

    /// Only of PostgreSQL it is known how to follow a cursor; without that, an append would bring all rows again.
    private static JdbcSettings settings(Request request) {
        JdbcSettings settings = JdbcSettings.of(request);
        if (request.load().mode() != Mode.REPLACE && !PgSession.isPostgres(settings.url())) {
            throw JdbcSettings.wrong(
                    request,
                    "a cursor can only be followed in PostgreSQL, was " + settings.place(),
                    "Set mode: replace");
        }
        return settings;
    }

    private static Outcome plain(Request request, JdbcSettings settings, Stage stage)
            throws SQLException {
        try (Connection connection = connect(settings);
                Statement statement = connection.createStatement()) {
            askReadOnly(connection);
            connection.setAutoCommit(false);
            statement.setFetchSize(FETCH_ROWS);
            Throttle throttle = new Throttle(settings.rate(), stage.progress());
            String quote = connection.getMetaData().getIdentifierQuoteString();
            try (ResultSet rows =
                    statement.executeQuery("select * from " + settings.from().sql(quote) + " q")) {
                long read = copy(request, stage, rows, throttle);
                return new Outcome(Optional.empty(), OptionalLong.of(read));
            }
        }
    }

    private static Connection connect(JdbcSettings settings) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(settings.properties());
        return DriverManager.getConnection(settings.url(), properties);
    }

    /// A hint: SQLite's driver refuses to take it once it is connected.
    private static void askReadOnly(Connection connection) {
        try {
            connection.setReadOnly(true);
        } catch (SQLException e) {
            // What is sent is a query, whatever the connection would allow.
        }
    }

    private static long copy(Request request, Stage stage, ResultSet rows, Throttle throttle)
            throws SQLException {
        List<JdbcColumn> columns = JdbcColumn.of(rows.getMetaData());
        List<Column> schema = columns.stream().map(JdbcColumn::column).toList();
        try (Rows part = stage.rows(request.source().name().toString(), new Schema(schema))) {
            while (rows.next()) {
                List<@Nullable Object> values = new ArrayList<>();
                for (JdbcColumn column : columns) {
                    values.add(column.value(rows));
                }
                part.add(values);
                throttle.row();
            }
        }
        return throttle.rows();
    }
}
