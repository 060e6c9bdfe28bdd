package dev.ade.ingest.jdbc;

import dev.ade.ingest.jdbc.PlainFollow.Condition;
import dev.ade.model.Schema;
import dev.ade.spi.CancelWatch;
import dev.ade.spi.Connector.Outcome;
import dev.ade.spi.Connector.Request;
import dev.ade.spi.Connector.Rows;
import dev.ade.spi.Connector.Stage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One reading of a database behind JDBC, in one transaction. Used once.
final class PlainReading {
    private final Request request;
    private final JdbcSettings settings;
    private final Brand brand;
    private final Drivers drivers;
    private final Stage stage;
    private final Throttle throttle;
    private Consumer<String> told = _ -> {};

    PlainReading(Request request, JdbcSettings settings, Stage stage, Drivers drivers) {
        this.drivers = drivers;
        this.request = request;
        this.settings = settings;
        this.brand = Brand.of(settings.url());
        this.stage = stage;
        this.throttle = new Throttle(settings.rate(), stage.progress());
    }

    Outcome run() throws SQLException {
        try (PlainSession session = PlainSession.open(settings, brand, drivers);
                CancelWatch _ = CancelWatch.of(stage.progress(), session::cancel)) {
            List<PlainColumn> columns = session.columns(settings.from().sql(session.quote()));
            return settings.cursor().isPresent() ? follow(session, columns) : all(session, columns);
        }
    }

    /// All rows of some columns, as one snapshot shows them.
    ///
    /// @return how many
    long shown(MariaDatabase.Snapshot snapshot, PlainSnapshot.Opening opening) throws SQLException {
        told = snapshot.place();
        try (PlainSession session = opening.open();
                CancelWatch _ = CancelWatch.of(stage.progress(), session::cancel)) {
            List<PlainColumn> columns =
                    session.columns(settings.from().sql(session.quote())).stream()
                            .filter(column -> snapshot.columns().contains(column.column().name()))
                            .toList();
            return table(session, columns);
        }
    }

    /// Before its rows are read.
    private void tell(PlainSession session) throws SQLException {
        Optional<String> moment = session.moment();
        moment.ifPresent(told);
    }

    private Outcome all(PlainSession session, List<PlainColumn> columns) throws SQLException {
        long came =
                switch (settings.from()) {
                    case JdbcSettings.From.Table _ -> table(session, columns);
                    // It is asked once only.
                    case JdbcSettings.From.Query _ -> copy(session, columns, Condition.ALL, "");
                };
        return new Outcome(Optional.empty(), OptionalLong.of(came));
    }

    private long table(PlainSession session, List<PlainColumn> columns) throws SQLException {
        Optional<String> key = PlainParts.key(session, settings, columns);
        if (key.isEmpty()) {
            return alone(session, columns);
        }
        try (PlainSnapshot snapshot =
                PlainSnapshot.of(
                        session,
                        settings.connections(),
                        () -> PlainSession.open(settings, brand, drivers))) {
            return snapshot.sessions().size() == 1
                    ? alone(session, columns)
                    : sideBySide(snapshot, columns, key.get());
        }
    }

    private long alone(PlainSession session, List<PlainColumn> columns) throws SQLException {
        tell(session);
        long there = count(session, Condition.ALL);
        long came = copy(session, columns, Condition.ALL, "");
        requireCount(session, Condition.ALL, there, came);
        return came;
    }

    private long sideBySide(PlainSnapshot snapshot, List<PlainColumn> columns, String key)
            throws SQLException {
        PlainSession lead = snapshot.sessions().getFirst();
        tell(lead);
        long there = count(lead, Condition.ALL);
        List<Condition> parts = PlainParts.of(lead, settings, key, there);
        long came =
                new SideBySide<>(snapshot.sessions(), stage.progress())
                        .run(
                                parts.size(),
                                (session, number) ->
                                        copy(
                                                session,
                                                columns,
                                                parts.get(number),
                                                " part %d of %d"
                                                        .formatted(number + 1, parts.size())));
        requireCount(lead, Condition.ALL, there, came);
        return came;
    }

    /// What came since the position, or everything, and where to go on from there.
    private Outcome follow(PlainSession session, List<PlainColumn> columns) throws SQLException {
        PlainFollow.Found found = new PlainFollow(request, settings, session, columns).find();
        long there = count(session, found.where());
        if (there == 0 && request.position().isPresent()) {
            return new Outcome(request.position(), OptionalLong.of(0));
        }
        long came = copy(session, columns, found.where(), "");
        requireCount(session, found.where(), there, came);
        return new Outcome(
                found.last().or(request::position),
                OptionalLong.of(came),
                List.of(),
                found.isMore() ? List.of(settings.unread()) : List.of());
    }

    private long count(PlainSession session, Condition condition) throws SQLException {
        String from = settings.from().sql(session.quote());
        return session.ask(
                "select count(*) from " + from + " q" + condition.where(),
                condition.values(),
                PlainReading::number);
    }

    static long number(ResultSet rows) throws SQLException {
        rows.next();
        return rows.getLong(1);
    }

    private long copy(
            PlainSession session, List<PlainColumn> columns, Condition condition, String part)
            throws SQLException {
        String select =
                "select %s from %s q%s"
                        .formatted(
                                columns.stream()
                                        .map(column ->
                                                column.expression(
                                                        session.quoted(column.column().name())))
                                        .collect(Collectors.joining(", ")),
                                settings.from().sql(session.quote()),
                                condition.where());
        Schema schema =
                Failures.schema(
                        request, settings, columns.stream().map(PlainColumn::column).toList());
        try (Rows staged = stage.rows(settings.from().words() + part, schema)) {
            return session.ask(select, condition.values(), rows -> copy(rows, columns, staged));
        }
    }

    private long copy(ResultSet rows, List<PlainColumn> columns, Rows part) throws SQLException {
        long count = 0;
        while (rows.next()) {
            row(rows, columns, part);
            throttle.row();
            count++;
        }
        return count;
    }

    private static void row(ResultSet rows, List<PlainColumn> columns, Rows part)
            throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            PlainColumn column = columns.get(i);
            try {
                values.add(column.reader().read(rows, i + 1));
            } catch (Unfit e) {
                part.reject(column.column().name(), e.value(), e.reason());
                return;
            }
        }
        part.add(values);
    }

    /// A database that shows each statement what is there by then may have got rows meanwhile.
    private void requireCount(PlainSession session, Condition condition, long there, long came)
            throws SQLException {
        if (there != came && (brand.isSnapshot() || count(session, condition) == there)) {
            throw Failures.miscounted(request, settings, there, came);
        }
    }
}
