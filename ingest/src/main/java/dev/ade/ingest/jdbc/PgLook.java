package dev.ade.ingest.jdbc;

import dev.ade.model.Sql;
import dev.ade.spi.Connector.Offer;
import dev.ade.spi.Connector.Request;
import java.sql.SQLException;
import java.util.Optional;

/// Asks PostgreSQL for one value: whether there may be something new. A database that does not answer stops no plan;
/// the load will say what is wrong.
final class PgLook {
    static final String TIMEOUT = "set statement_timeout = '10s'";

    private final Request request;
    private final JdbcSettings settings;

    PgLook(Request request, JdbcSettings settings) {
        this.request = request;
        this.settings = settings;
    }

    Offer run() {
        if (request.position().isEmpty()) {
            return Offer.of("the database is read again each time");
        }
        try (PgSession session = PgSession.open(settings)) {
            session.execute(TIMEOUT);
            Optional<String> now = now(session);
            return now.equals(request.position()) ? Offer.NOTHING : Offer.of(news());
        } catch (SQLException _) {
            return Offer.of("the database could not be asked what is new");
        }
    }

    private Optional<String> now(PgSession session) throws SQLException {
        if (settings.cursor().isEmpty()) {
            return PgSign.of(session, settings.from());
        }
        return session.value(
                "select max(q.%s)::text from %s q"
                        .formatted(Sql.quote(settings.cursor().get()), settings.from().sql("\"")));
    }

    private String news() {
        return settings.cursor()
                .map(cursor -> "the largest " + cursor + " is another")
                .orElse("the database was written to");
    }
}
