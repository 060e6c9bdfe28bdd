package dev.ade.ingest.jdbc;

import dev.ade.ingest.jdbc.JdbcSettings.From;
import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.spi.Connector;
import dev.ade.spi.KeyGrid;
import dev.ade.spi.Libraries;
import dev.ade.spi.Progress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a table, or what a query gives, in one read-only transaction.
public final class JdbcConnector implements Connector {
    /// A table whose rows are not counted within is listed without their number.
    private static final int LIST_SECONDS = 5;

    private final Drivers drivers;

    /// @param libraries where drivers come from that do not come with ADE
    public JdbcConnector(Libraries libraries) {
        this.drivers = new Drivers(libraries);
    }

    @Override
    public Set<String> manners() {
        return Set.of("password", "rate", "connections", "rows_per_run");
    }

    @Override
    public void check(Request request) {
        JdbcSettings.of(request);
    }

    @Override
    public Offer look(Request request) {
        JdbcSettings settings = JdbcSettings.of(request);
        return PgSession.isPostgres(settings.url())
                ? new PgLook(request, settings).run()
                : new PlainLook(request, settings, drivers).run();
    }

    @Override
    public Optional<List<Column>> columns(Request request) {
        JdbcSettings settings = JdbcSettings.of(request);
        try {
            return Optional.of(
                    PgSession.isPostgres(settings.url())
                            ? ofPostgres(settings)
                            : ofOther(settings));
        } catch (SQLException _) {
            return Optional.empty();
        }
    }

    private static List<Column> ofPostgres(JdbcSettings settings) throws SQLException {
        try (PgSession session = PgSession.open(settings)) {
            session.execute(PgLook.TIMEOUT);
            return session.columns(settings.from().sql("\"")).stream()
                    .map(PgColumn::column)
                    .toList();
        }
    }

    private List<Column> ofOther(JdbcSettings settings) throws SQLException {
        try (PlainSession session =
                PlainSession.open(settings, Brand.of(settings.url()), drivers)) {
            session.limit(LIST_SECONDS);
            return session.columns(settings.from().sql(session.quote())).stream()
                    .map(PlainColumn::column)
                    .toList();
        }
    }

    @Override
    public Outcome read(Request request, Stage stage) {
        return read(request, JdbcSettings.of(request), stage);
    }

    private Outcome read(Request request, JdbcSettings settings, Stage stage) {
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

    /// Of PostgreSQL, MariaDB and MySQL; what others make of a value as a text is not known so well.
    @Override
    public Optional<KeyGrid.Sums> sums(
            Request request, KeyGrid grid, List<Column> columns, Progress progress) {
        JdbcSettings settings = JdbcSettings.of(request);
        try {
            if (PgSession.isPostgres(settings.url())) {
                return new PgSums(settings, Set.of(), grid, progress).of(columns);
            }
            return MariaBrand.isOf(settings.url())
                    ? new MariaSums(settings, grid, progress, drivers).of(columns)
                    : Optional.empty();
        } catch (SQLException e) {
            throw progress.isCancelled()
                    ? AdeException.cancelled("Cancelled").causedBy(e)
                    : Failures.of(request, settings, e);
        }
    }

    @Override
    public Outcome readNow(Request request, Stage stage, KeyGrid.Ranges ranges) {
        return read(request, JdbcSettings.of(request).within(ranges), stage);
    }

    @Override
    public Found sample(Request request, Stage stage, long rowsMax) {
        JdbcSettings settings = JdbcSettings.of(request);
        try (PlainSession session =
                PlainSession.open(settings, Brand.of(settings.url()), drivers)) {
            From.Table table = table(request, settings);
            Map<String, Object> some = new HashMap<>(request.settings());
            some.remove("table");
            some.put("query", session.some(table, rowsMax));
            Found found = new JdbcInspection(session, table).run();
            read(
                    new Request(
                            request.source(),
                            request.load(),
                            some,
                            Optional.empty(),
                            request.now()),
                    stage);
            return found;
        } catch (SQLException e) {
            throw Failures.of(request, settings, e);
        }
    }

    private static From.Table table(Request request, JdbcSettings settings) {
        return switch (settings.from()) {
            case From.Table table -> table;
            case From.Query _ ->
                    throw request.wrong("only a table can be inspected", "Name a table");
        };
    }

    @Override
    public List<Listed> list(Request request) {
        JdbcSettings settings = JdbcSettings.of(request);
        try (PlainSession session =
                PlainSession.open(settings, Brand.of(settings.url()), drivers)) {
            session.limit(LIST_SECONDS);
            List<Listed> all = new ArrayList<>();
            for (From.Table table : session.tables()) {
                all.add(new JdbcInspection(session, table).line());
            }
            return all;
        } catch (SQLException e) {
            throw Failures.of(request, settings, e);
        }
    }
}
