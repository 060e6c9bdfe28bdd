package dev.ade.ingest.cdc;

import dev.ade.ingest.jdbc.PgDatabase;
import dev.ade.model.Sql;
import dev.ade.spi.Connector.Request;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A table that can be followed, as its server describes it now.
///
/// @param id the server's number of it
/// @param key columns that identify a row, in lower case
/// @param columns that the log says, in lower case: all but generated ones
record Followed(
        String id,
        boolean isParted,
        List<String> key,
        Set<String> columns,
        int moneyScale,
        String timeline) {
    static final int VERSION_MIN = 140_000;

    private static final String SEPARATOR = "\u0001";

    Followed {
        key = List.copyOf(key);
        columns = Set.copyOf(columns);
    }

    static Followed of(PgDatabase database, PgDatabase.Session session, Request request)
            throws SQLException {
        requireServer(session, request);
        List<Optional<String>> row =
                session.row(
                        """
                        select c.oid, c.relreplident, c.relkind, c.relpersistence, scale(0::money::numeric),
                            (select string_agg(a.attname, chr(1) order by array_position(i.indkey::int2[], a.attnum))
                                from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
                                where i.indrelid = c.oid
                                    and case when c.relreplident = 'i' then i.indisreplident else i.indisprimary end),
                            (select string_agg(a.attname, chr(1) order by a.attnum)
                                from pg_attribute a
                                where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''),
                            substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)
                        from pg_class c where c.oid = %s::regclass\
                        """
                                .formatted(Sql.literal(database.table())));
        char kind = row.get(2).orElseThrow().charAt(0);
        boolean isKept = row.get(3).orElse("").equals("p");
        if ((kind != 'r' && kind != 'p') || !isKept) {
            throw request.wrong(
                    database.words() + " is no table whose changes are logged",
                    "Follow a table that is neither a view, nor temporary, nor unlogged");
        }
        char identity = row.get(1).orElseThrow().charAt(0);
        List<String> named = names(row.get(5));
        return new Followed(
                row.get(0).orElseThrow(),
                kind == 'p',
                key(database, request, identity, named),
                Set.copyOf(names(row.get(6))),
                Integer.parseInt(row.get(4).orElse("2")),
                row.get(7).orElseThrow());
    }

    /// Whether an index keeps rows from having one key, also within a transaction.
    boolean isKeyUnique(PgDatabase.Session session) throws SQLException {
        return session
                .rows(
                        """
                        select string_agg(a.attname, chr(1))
                        from pg_index i join pg_attribute a
                            on a.attrelid = i.indrelid and a.attnum = any ((i.indkey::int2[])[0:i.indnkeyatts - 1])
                        where i.indrelid = %s and i.indisunique and i.indimmediate and i.indisvalid
                            and i.indpred is null and i.indexprs is null
                        group by i.indexrelid\
                        """
                                .formatted(id))
                .stream()
                .anyMatch(index -> Set.copyOf(key).containsAll(names(index.getFirst())));
    }

    private static void requireServer(PgDatabase.Session session, Request request)
            throws SQLException {
        List<Optional<String>> row =
                session.row(
                        """
                        select current_setting('server_version_num'), current_setting('wal_level'),
                            pg_is_in_recovery()\
                        """);
        if (Integer.parseInt(row.get(0).orElseThrow()) < VERSION_MIN) {
            throw request.wrong(
                    "changes are followed from PostgreSQL 14 on, was " + row.get(0).orElse(""),
                    "Read it by jdbc:");
        }
        if (row.get(2).orElse("").equals("t")) {
            throw request.wrong("the server is a standby", "Follow the primary server");
        }
        if (!row.get(1).orElse("").equals("logical")) {
            throw request.wrong(
                    "wal_level of the server has to be logical, was " + row.get(1).orElse(""),
                    "Let its administrator run: alter system set wal_level = logical; and restart it");
        }
    }

    private static List<String> names(Optional<String> text) {
        return text.filter(it -> !it.isEmpty()).stream()
                .flatMap(it -> Arrays.stream(it.split(SEPARATOR)))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
    }

    private static List<String> key(
            PgDatabase database, Request request, char identity, List<String> named) {
        List<String> declared =
                request.load().key().stream().map(it -> it.toLowerCase(Locale.ROOT)).toList();
        boolean isAny = identity == 'f' && !declared.isEmpty();
        List<String> key = isAny ? declared : named;
        if (identity == 'n' || key.isEmpty()) {
            throw request.wrong(
                    "%s has no key by which a changed row is found again"
                            .formatted(database.words()),
                    "Give it a primary key, or let who owns it run: alter table %s replica identity full; and add key: [column, …] to load"
                            .formatted(database.table()));
        }
        if (!declared.isEmpty() && !Set.copyOf(declared).equals(Set.copyOf(key))) {
            throw request.wrong(
                    "the log of %s has the key %s, was key: %s"
                            .formatted(
                                    database.words(),
                                    String.join(", ", key),
                                    String.join(", ", declared)),
                    "Leave key out, or let who owns it run: alter table %s replica identity full"
                            .formatted(database.table()));
        }
        return key;
    }

    String keyWords() {
        return key.stream().collect(Collectors.joining(", "));
    }
}
