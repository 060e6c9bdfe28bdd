package dev.ade.ingest.jdbc;

import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.Schema;
import dev.ade.model.Sql;
import dev.ade.spi.CancelWatch;
import dev.ade.spi.Connector.Outcome;
import dev.ade.spi.Connector.Request;
import dev.ade.spi.Connector.Rows;
import dev.ade.spi.Connector.Stage;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/// One reading of PostgreSQL: everything in one snapshot, over one connection or more. Used once.
final class PgReading {
    private final Request request;
    private final JdbcSettings settings;
    private final Stage stage;
    private final Throttle throttle;
    private final String from;
    private final Moment moment;
    private final Queue<String> remarks = new ConcurrentLinkedQueue<>();

    /// @param snapshot that shows the rows; empty for now
    /// @param columns that are read, in lower case; empty for all
    record Moment(Optional<String> snapshot, Set<String> columns) {
        static final Moment NOW = new Moment(Optional.empty(), Set.of());
    }

    PgReading(Request request, JdbcSettings settings, Stage stage) {
        this(request, settings, stage, Moment.NOW);
    }

    PgReading(Request request, JdbcSettings settings, Stage stage, Moment moment) {
        this.moment = moment;
        this.request = request;
        this.settings = settings;
        this.stage = stage;
        this.throttle = new Throttle(settings.rate(), stage.progress());
        this.from = settings.from().sql("\"");
    }

    Outcome run() throws SQLException {
        try (PgSession lead = PgSession.open(settings);
                CancelWatch _ = CancelWatch.of(stage.progress(), lead::cancel)) {
            lead.begin();
            if (moment.snapshot().isPresent()) {
                lead.execute("set transaction snapshot " + Sql.literal(moment.snapshot().get()));
            }
            List<PgColumn> columns = columns(lead);
            if (settings.cursor().isPresent()) {
                return follow(lead, columns);
            }
            Optional<String> sign =
                    request.load().mode() == Mode.REPLACE && moment.snapshot().isEmpty()
                            ? PgSign.of(lead, settings.from())
                            : Optional.empty();
            return outcome(sign, all(lead, columns));
        }
    }

    private List<PgColumn> columns(PgSession lead) throws SQLException {
        return lead.columns(from).stream()
                .filter(column -> column.isAmong(moment.columns()))
                .toList();
    }

    /// What came since the position, or everything, and where to go on from there.
    private Outcome follow(PgSession lead, List<PgColumn> columns) throws SQLException {
        PgFollow.Found found = PgFollow.of(request, settings, columns).find(lead, from);
        if (found.rows() == 0 && request.position().isPresent()) {
            return outcome(request.position(), 0);
        }
        if (found.where().isEmpty()) {
            all(lead, columns);
        } else {
            requireCount(found.rows(), copy(lead, columns, found.where()));
        }
        if (found.isMore()) {
            remarks.add(settings.unread());
        }
        return outcome(found.last().or(request::position), found.rows());
    }

    private Outcome outcome(Optional<String> position, long rows) {
        return new Outcome(position, OptionalLong.of(rows), List.of(), List.copyOf(remarks));
    }

    private long all(PgSession lead, List<PgColumn> columns) throws SQLException {
        List<String> chunks = PgChunks.of(lead, settings);
        if (chunks.size() == 1) {
            return copy(lead, columns, "");
        }
        AtomicLong there = new AtomicLong();
        long came;
        try (PgSnapshot snapshot = PgSnapshot.of(lead, settings, chunks.size())) {
            came =
                    new SideBySide<>(snapshot.seats(), stage.progress())
                            .run(
                                    chunks.size() + 1,
                                    (seat, number) -> {
                                        if (number == 0) {
                                            seat.read(counting(there), () -> {});
                                            return 0;
                                        }
                                        return part(seat, columns, chunks, number);
                                    });
        }
        requireCount(there.get(), came);
        return came;
    }

    /// One connection counts while the others begin to read: counting alone would keep all waiting.
    private PgSnapshot.Part counting(AtomicLong there) {
        return session -> {
            there.set(Long.parseLong(session.value("select count(*) from " + from).orElseThrow()));
            return 0;
        };
    }

    /// @param number from 1
    private long part(PgSnapshot.Seat seat, List<PgColumn> columns, List<String> chunks, int number)
            throws SQLException {
        String name = "part %d of %d".formatted(number, chunks.size());
        try (Rows rows = stage.rows(settings.from().words() + " " + name, schema(columns))) {
            return seat.read(
                    session -> copy(session, columns, chunks.get(number - 1), rows),
                    () -> {
                        rows.restart();
                        remarks.add(name + " was read again, as its connection was lost");
                    });
        }
    }

    private long copy(PgSession session, List<PgColumn> columns, String where) throws SQLException {
        try (Rows rows = stage.rows(settings.from().words(), schema(columns))) {
            return copy(session, columns, where, rows);
        }
    }

    private Schema schema(List<PgColumn> columns) {
        return Failures.schema(request, settings, columns.stream().map(PgColumn::column).toList());
    }

    private long copy(PgSession session, List<PgColumn> columns, String where, Rows rows)
            throws SQLException {
        String select =
                "select %s from %s q%s"
                        .formatted(
                                columns.stream()
                                        .map(PgColumn::expression)
                                        .collect(Collectors.joining(", ")),
                                from,
                                where.isEmpty() ? "" : " where " + where);
        return new PgCopy(columns, rows, throttle).run(session, select);
    }

    private void requireCount(long there, long came) {
        if (there != came) {
            throw Failures.miscounted(request, settings, there, came);
        }
    }
}
