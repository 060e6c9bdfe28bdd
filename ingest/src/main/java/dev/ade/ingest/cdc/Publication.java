package dev.ade.ingest.cdc;

import dev.ade.ingest.jdbc.PgDatabase;
import dev.ade.model.Fingerprint;
import dev.ade.model.Sql;
import dev.ade.spi.Connector.Request;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What PostgreSQL calls the choice of tables whose changes it sends.
///
/// @param membership the server's number of the table's place in it; another where it was taken out and put in again
record Publication(String name, String membership) {
    private static final int NAME_MAX = 50;

    /// SQL states of what another has made meanwhile.
    private static final Set<String> THERE = Set.of("42710", "23505");

    /// Finds it, or makes it where the project names none.
    static Publication of(
            PgDatabase database,
            PgDatabase.Session session,
            Request request,
            Followed table,
            Optional<String> named)
            throws SQLException {
        String name = named.orElseGet(() -> nameOf(database));
        Optional<Publication> found = find(database, session, request, table, name);
        if (found.isPresent()) {
            return found.get();
        }
        if (named.isPresent()) {
            throw request.wrong(
                    "there is no publication %s with %s".formatted(name, database.words()),
                    advice(database, name));
        }
        create(database, session, request, name, isThere(session, name));
        return find(database, session, request, table, name).orElseThrow();
    }

    private static String advice(PgDatabase database, String name) {
        return "Let who owns it run: create publication %s for table %s with (publish_via_partition_root = true)"
                .formatted(Sql.quote(name), database.table());
    }

    private static Optional<Publication> find(
            PgDatabase database,
            PgDatabase.Session session,
            Request request,
            Followed table,
            String name)
            throws SQLException {
        List<Optional<String>> row =
                session.row(
                        """
                        select p.pubinsert and p.pubupdate and p.pubdelete and p.pubtruncate, p.pubviaroot,
                            coalesce(r.oid, p.oid), t.pubname is not null, to_jsonb(r)->>'prqual', to_jsonb(r)->>'prattrs'
                        from pg_publication p
                        left join pg_publication_rel r on r.prpubid = p.oid and r.prrelid = %s
                        left join pg_class c on c.oid = %s
                        left join pg_namespace n on n.oid = c.relnamespace
                        left join pg_publication_tables t
                            on t.pubname = p.pubname and t.schemaname = n.nspname and t.tablename = c.relname
                        where p.pubname = %s\
                        """
                                .formatted(table.id(), table.id(), Sql.literal(name)));
        if (row.isEmpty() || !isTrue(row.get(3))) {
            return Optional.empty();
        }
        boolean isAll =
                isTrue(row.get(0))
                        && (isTrue(row.get(1)) || !table.isParted())
                        && row.get(4).isEmpty()
                        && row.get(5).isEmpty();
        if (!isAll) {
            throw request.wrong(
                    "publication %s does not have all changes of %s"
                            .formatted(name, database.words()),
                    "Let who owns it make one without a filter or columns: drop publication %s; create publication %s for table %s with (publish_via_partition_root = true)"
                            .formatted(Sql.quote(name), Sql.quote(name), database.table()));
        }
        return Optional.of(new Publication(name, row.get(2).orElseThrow()));
    }

    private static boolean isTrue(Optional<String> text) {
        return text.filter("t"::equals).isPresent();
    }

    private static boolean isThere(PgDatabase.Session session, String name) throws SQLException {
        return !session.row("select 1 from pg_publication where pubname = " + Sql.literal(name))
                .isEmpty();
    }

    /// @param isThere with another table of that name, which is gone
    private static void create(
            PgDatabase database,
            PgDatabase.Session session,
            Request request,
            String name,
            boolean isThere)
            throws SQLException {
        String how =
                isThere
                        ? "alter publication %s add table %s"
                        : "create publication %s for table %s with (publish_via_partition_root = true)";
        try {
            session.execute(
                    "begin read write; %s; commit"
                            .formatted(how.formatted(Sql.quote(name), database.table())));
        } catch (SQLException e) {
            session.execute("rollback");
            if (THERE.contains(String.valueOf(e.getSQLState()))) {
                // Another table's reading was quicker.
                return;
            }
            if (!"42501".equals(e.getSQLState())) {
                throw e;
            }
            throw request.wrong(
                            "user '%s' may not make a publication of %s"
                                    .formatted(database.user(), database.words()),
                            advice(database, name) + "; and add publication: " + name + " to load")
                    .causedBy(e);
        }
    }

    /// Depends on the table alone: a publication holds nothing, so all who follow a table can share one.
    private static String nameOf(PgDatabase database) {
        String words = database.words().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
        String whole = Fingerprint.of(database.table()).hex().substring(0, 6);
        return "ade_" + words.substring(0, Math.min(words.length(), NAME_MAX)) + "_" + whole;
    }
}
