package dev.ade.ingest.jdbc;

import dev.ade.model.Sql;
import java.sql.SQLException;
import java.util.Optional;

/// Tells whether a table may have changed, for the price of one function: PostgreSQL's snapshot names the transactions
/// whose writing it shows, so that two equal ones show the same rows. A view or a query may depend on more than rows, a
/// standby has no such name, and unlogged tables are emptied by a crash: those are read again each time.
final class PgSign {
    private PgSign() {}

    static Optional<String> of(PgSession session, JdbcSettings.From from) throws SQLException {
        return switch (from) {
            case JdbcSettings.From.Query _ -> Optional.empty();
            case JdbcSettings.From.Table table ->
                    session.value(
                            """
                            select pg_current_snapshot()::text || ' ' || pg_postmaster_start_time()::text
                            from pg_class where oid = to_regclass(%s) and relkind in ('r', 'm')
                                and relpersistence = 'p' and not pg_is_in_recovery()\
                            """
                                    .formatted(Sql.literal(table.quoted("\""))));
        };
    }
}
