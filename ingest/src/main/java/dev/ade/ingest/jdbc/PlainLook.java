package dev.ade.ingest.jdbc;

import dev.ade.spi.Connector.Offer;
import dev.ade.spi.Connector.Request;
import java.sql.SQLException;
import java.util.Optional;

/// Asks a database for the largest value of a cursor. One that does not answer stops no plan; the load will say what is
/// wrong.
final class PlainLook {
    private final Request request;
    private final JdbcSettings settings;
    private final Drivers drivers;

    PlainLook(Request request, JdbcSettings settings, Drivers drivers) {
        this.drivers = drivers;
        this.request = request;
        this.settings = settings;
    }

    Offer run() {
        if (request.position().isEmpty() || settings.cursor().isEmpty()) {
            return Offer.of("a database is read again each time");
        }
        try (PlainSession session =
                PlainSession.open(settings, Brand.of(settings.url()), drivers)) {
            var columns = session.columns(settings.from().sql(session.quote()));
            Optional<String> last = new PlainFollow(request, settings, session, columns).last();
            return last.equals(request.position())
                    ? Offer.NOTHING
                    : Offer.of("the largest " + settings.cursor().get() + " is another");
        } catch (SQLException _) {
            return Offer.of("the database could not be asked what is new");
        }
    }
}
