package dev.ade.ingest.jdbc;

import dev.ade.model.Column;
import dev.ade.model.Type;
import dev.ade.spi.CancelWatch;
import dev.ade.spi.KeyGrid;
import dev.ade.spi.Progress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Has MariaDB or MySQL make checksums of the rows of a table, all in one statement and so of one moment. Columns count
/// but floating-point numbers, whose texts are not the engine's.
final class MariaSums {
    /// The server's numbers for a function that is not there, or may be somebody's: since 9.6 MD5 is a component of MySQL
    /// that has to be installed.
    private static final Set<Integer> UNKNOWN_FUNCTION = Set.of(1305, 1370);

    private final JdbcSettings settings;
    private final KeyGrid grid;
    private final Progress progress;
    private final Drivers drivers;

    MariaSums(JdbcSettings settings, KeyGrid grid, Progress progress, Drivers drivers) {
        this.settings = settings;
        this.grid = grid;
        this.progress = progress;
        this.drivers = drivers;
    }

    /// @param wanted columns with the types that they have here
    /// @return empty where the grid's column is no whole number there, and of a server that has no MD5
    Optional<KeyGrid.Sums> of(List<Column> wanted) throws SQLException {
        try (PlainSession session = PlainSession.open(settings, new MariaBrand(), drivers);
                CancelWatch _ = CancelWatch.of(progress, session::cancel)) {
            List<PlainColumn> there = session.columns(settings.from().sql(MariaBrand.QUOTE));
            List<Column> all = there.stream().map(PlainColumn::column).toList();
            if (!grid.fits(all)) {
                return Optional.empty();
            }
            List<Summed> summed =
                    there.stream()
                            .filter(it -> wanted.contains(it.column()))
                            .flatMap(it -> summed(it, session.quoted(it.column().name())).stream())
                            .toList();
            Map<Long, KeyGrid.Sum> parts =
                    session.ask(
                            select("q." + session.quoted(grid.column()), summed),
                            List.of(),
                            MariaSums::parts);
            return Optional.of(
                    new KeyGrid.Sums(summed.stream().map(Summed::name).toList(), all, parts));
        } catch (SQLException e) {
            if (UNKNOWN_FUNCTION.contains(e.getErrorCode())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Map<Long, KeyGrid.Sum> parts(ResultSet rows) throws SQLException {
        Map<Long, KeyGrid.Sum> parts = new HashMap<>();
        while (rows.next()) {
            String checksums = rows.getString(3);
            parts.put(
                    rows.getLong(1),
                    new KeyGrid.Sum(rows.getLong(2), checksums == null ? "" : checksums));
        }
        return parts;
    }

    /// Counts with decimals: an unsigned number below 0 is an error.
    private String select(String key, List<Summed> summed) {
        return """
        select case when %1$s < (%2$d) then -1
                when cast(%1$s as decimal(20)) - (%2$d) >= cast(%3$d as decimal(20)) * %4$d then %4$d
                else (cast(%1$s as decimal(20)) - (%2$d)) div %3$d end,
            count(*),
            cast(sum(cast(conv(substr(md5(concat(%5$s)), 1, 15), 16, 10) as unsigned)) as char)
        from %6$s q
        where %1$s is not null
        group by 1\
        """
                .formatted(
                        key,
                        grid.least(),
                        grid.width(),
                        grid.parts(),
                        summed.isEmpty()
                                ? "''"
                                : summed.stream()
                                        .map(Summed::expression)
                                        .collect(Collectors.joining(", ")),
                        settings.from().sql(MariaBrand.QUOTE));
    }

    /// A column in a checksum.
    private record Summed(String name, String expression) {}

    /// A text that is too long for the server is NULL, and then so is the checksum of its row: it counts as another, not
    /// as a value that is none.
    private static Optional<Summed> summed(PlainColumn column, String quoted) {
        return text(column.column().type(), column.expression(quoted))
                .map("cast(convert(%s using utf8mb4) as binary)"::formatted)
                .map(text ->
                        "if(q.%s is null, '-', concat(octet_length(%s), ':', %s))"
                                .formatted(quoted, text, text))
                .map(expression -> new Summed(column.column().name(), expression));
    }

    /// What the engine, too, has as the text of a value; empty where it has another. Numbers come without the zeros that a
    /// column may have in front of them, times without those behind them.
    private static Optional<String> text(Type type, String value) {
        return switch (type) {
            case Type.Simple simple ->
                    switch (simple) {
                        case BOOLEAN -> Optional.of("if(%s = 0, 'false', 'true')".formatted(value));
                        case INTEGER, BIGINT -> Optional.of(value + " + 0");
                        case DATE, UUID, VARCHAR -> Optional.of(value);
                        case TIME, TIMESTAMP -> Optional.of(time(value));
                        case TIMESTAMPTZ -> Optional.of("concat(%s, '+00')".formatted(time(value)));
                        case BLOB -> Optional.of("md5(%s)".formatted(value));
                        case FLOAT, DOUBLE -> Optional.empty();
                    };
            case Type.Decimal decimal -> Optional.of(decimal(decimal, value + " + 0"));
            case Type.ListOf _, Type.Struct _, Type.MapOf _ -> Optional.empty();
        };
    }

    /// The engine writes no 0 in front of the point of a type that has no digits there.
    private static String decimal(Type.Decimal type, String value) {
        return type.precision() == type.scale() ? "replace(%s, '0.', '.')".formatted(value) : value;
    }

    private static String time(String value) {
        return "trim(trailing '.' from trim(trailing '0' from concat(%s, if(locate('.', %s), '', '.'))))"
                .formatted(value, value);
    }
}
