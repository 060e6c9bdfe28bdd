package dev.ade.ingest.jdbc;

import dev.ade.model.AdeException;
import dev.ade.spi.Connector;
import dev.ade.spi.Libraries;
import java.sql.SQLException;

/// Reads a table, or what a query gives, in one read-only transaction.
public final class JdbcConnector implements Connector {
    private final Drivers drivers;

    /// @param libraries where drivers come from that do not come with ADE
    public JdbcConnector(Libraries libraries) {
        this.drivers = new Drivers(libraries);
    }

    @Override
    public Offer look(Request request) {
        JdbcSettings settings = JdbcSettings.of(request);
        return PgSession.isPostgres(settings.url())
                ? new PgLook(request, settings).run()
                : new PlainLook(request, settings, drivers).run();
    }

    @Override
    public Outcome read(Request request, Stage stage) {
        JdbcSettings settings = JdbcSettings.of(request);
        try {
            return PgSession.isPostgres(settings.url())
                    ? new PgReading(request, settings, stage).run()
                    : new PlainReading(request, settings, stage, drivers).run();
        } catch (SQLException e) {
            throw stage.progress().isCancelled()
                    ? AdeException.cancelled("Cancelled").causedBy(e)
                    : Failures.of(request, settings, e);
        }
    }
}
