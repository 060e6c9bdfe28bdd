package dev.ade.ingest.jdbc;

import dev.ade.model.Column;
import dev.ade.model.Sql;
import dev.ade.model.Type;
import dev.ade.spi.CancelWatch;
import dev.ade.spi.KeyGrid;
import dev.ade.spi.Progress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Has PostgreSQL make checksums of the rows of a table, all in one statement and so of one moment. Columns count whose
/// text it makes as the engine does: not floating-point numbers, lists, nor padded texts.
final class PgSums {
    private final JdbcSettings settings;
    private final Set<String> columns;
    private final KeyGrid grid;
    private final Progress progress;

    /// @param columns that there are, in lower case; empty for all
    PgSums(JdbcSettings settings, Set<String> columns, KeyGrid grid, Progress progress) {
        this.settings = settings;
        this.columns = Set.copyOf(columns);
        this.grid = grid;
        this.progress = progress;
    }

    /// @param wanted columns with the types that they have here
    /// @return empty where the grid's column is no whole number there
    Optional<KeyGrid.Sums> of(List<Column> wanted) throws SQLException {
        try (PgSession session = PgSession.open(settings);
                CancelWatch _ = CancelWatch.of(progress, session::cancel)) {
            session.begin();
            List<PgColumn> there =
                    session.columns(settings.from().sql("\"")).stream()
                            .filter(column -> column.isAmong(columns))
                            .toList();
            List<Column> all = there.stream().map(PgColumn::column).toList();
            if (!grid.fits(all)) {
                return Optional.empty();
            }
            List<PgColumn> summed = summed(there, wanted);
            Map<Long, KeyGrid.Sum> parts = new HashMap<>();
            for (List<Optional<String>> row : session.rows(select(summed))) {
                parts.put(
                        Long.parseLong(row.get(0).orElseThrow()),
                        new KeyGrid.Sum(
                                Long.parseLong(row.get(1).orElseThrow()), row.get(2).orElse("")));
            }
            return Optional.of(
                    new KeyGrid.Sums(
                            summed.stream().map(it -> it.column().name()).toList(), all, parts));
        }
    }

    private static List<PgColumn> summed(List<PgColumn> there, List<Column> wanted) {
        List<PgColumn> summed = new ArrayList<>();
        for (Column column : wanted) {
            there.stream()
                    .filter(it -> it.column().equals(column))
                    .filter(it -> hasSameText(it))
                    .forEach(summed::add);
        }
        return summed;
    }

    private static boolean hasSameText(PgColumn column) {
        return switch (column.column().type()) {
            case Type.Simple simple ->
                    switch (simple) {
                        case BOOLEAN, INTEGER, BIGINT, UUID, BLOB -> true;
                        case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> true;
                        case VARCHAR -> !column.pgType().equals("bpchar");
                        case FLOAT, DOUBLE -> false;
                    };
            case Type.Decimal _ -> true;
            case Type.ListOf _, Type.Struct _, Type.MapOf _ -> false;
        };
    }

    private String select(List<PgColumn> summed) {
        String key = "q." + Sql.quote(grid.column()) + "::bigint";
        String row = summed.stream().map(PgSums::text).collect(Collectors.joining(" || "));
        return """
        select part, count(*), sum(checksum)::text
        from (
            select case when %1$s < (%2$d) then -1
                    when %1$s::numeric - (%2$d) >= %3$d::numeric * %4$d then %4$d
                    else (%1$s - (%2$d)) / %3$d end as part,
                ('x' || substr(md5(%5$s), 1, 15))::bit(60)::bigint as checksum
            from %6$s q
            where %1$s is not null
        ) as rows
        group by part\
        """
                .formatted(
                        key,
                        grid.least(),
                        grid.width(),
                        grid.parts(),
                        row.isEmpty() ? "''" : row,
                        settings.from().sql("\""));
    }

    private static String text(PgColumn column) {
        String text = engineText(column.column().type()).formatted(column.expression());
        return "coalesce(octet_length(%s) || ':' || %s, '-')".formatted(text, text);
    }

    /// The engine writes no 0 in front of the point of a type that has no digits there.
    private static String engineText(Type type) {
        return switch (type) {
            case Type.Simple simple -> simple == Type.Simple.BLOB ? "md5(%s)" : "(%s)::text";
            case Type.Decimal decimal when decimal.precision() == decimal.scale() ->
                    "replace((%s)::text, '0.', '.')";
            case Type.Decimal _, Type.ListOf _, Type.Struct _, Type.MapOf _ -> "(%s)::text";
        };
    }
}
