package dev.ade.ingest.jdbc;

import dev.ade.model.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Parts of a large table by where its rows lie. Places divide evenly whatever the key, are read in order, need no
/// index, and within one snapshot every row has exactly one.
final class PgChunks {
    /// A part of less is not worth a connection.
    private static final long CHUNK_BYTES = 32L << 20;

    /// Parts of one connection, so that the slowest does not keep all waiting.
    private static final int PER_CONNECTION = 4;

    /// Before this version a part would be found by reading the whole table.
    private static final int VERSION = 140_000;

    private PgChunks() {}

    /// @return a condition a part; one that is empty for the whole
    static List<String> of(PgSession session, JdbcSettings settings) throws SQLException {
        return switch (settings.from()) {
            case JdbcSettings.From.Query _ -> List.of("");
            case JdbcSettings.From.Table table -> ofTable(session, table, settings.connections());
        };
    }

    private static List<String> ofTable(
            PgSession session, JdbcSettings.From.Table table, int connections) throws SQLException {
        List<Optional<String>> row =
                session.row(
                        """
                        select pg_relation_size(oid), current_setting('block_size'),
                            current_setting('server_version_num')
                        from pg_class where oid = to_regclass(%s) and relkind in ('r', 'm')\
                        """
                                .formatted(Sql.literal(table.quoted("\""))));
        if (row.isEmpty() || connections == 1 || number(row.get(2)) < VERSION) {
            return List.of("");
        }
        long bytes = number(row.get(0));
        long parts = Math.min(bytes / CHUNK_BYTES, (long) connections * PER_CONNECTION);
        return parts < 2 ? List.of("") : byPlace(bytes / number(row.get(1)), parts);
    }

    private static List<String> byPlace(long blocks, long parts) {
        List<String> conditions = new ArrayList<>();
        for (long part = 0; part < parts; part++) {
            String from = "q.ctid >= '(%d,0)'::tid".formatted(blocks * part / parts);
            String to = " and q.ctid < '(%d,0)'::tid".formatted(blocks * (part + 1) / parts);
            conditions.add(part == parts - 1 ? from : from + to);
        }
        return conditions;
    }

    private static long number(Optional<String> text) {
        return Long.parseLong(text.orElseThrow());
    }
}
