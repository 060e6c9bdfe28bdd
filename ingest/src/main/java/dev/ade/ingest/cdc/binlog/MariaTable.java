package dev.ade.ingest.cdc.binlog;

import dev.ade.ingest.jdbc.MariaDatabase;
import dev.ade.model.Column;
import dev.ade.spi.Connector.Request;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A table that can be followed, as its server describes it now.
///
/// @param key columns that identify a row, in lower case
/// @param columns that a query gives
record MariaTable(String database, String name, List<String> key, List<One> columns) {
    /// @param kind the database's word for its type, such as `smallint`
    /// @param charset of a text; empty of anything else
    /// @param octets that a value has at most; 0 where it has no such limit
    record One(Column column, String kind, boolean isUnsigned, String charset, int octets) {}

    private static final Set<String> TIMES = Set.of("time", "datetime", "timestamp");

    MariaTable {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
    }

    static MariaTable of(MariaDatabase database, MariaDatabase.Session session, Request request)
            throws SQLException {
        // Says what is wrong with the name or the permissions, too.
        List<Column> types = session.columns();
        List<String> parts = List.of(database.words().split("\\.", -1));
        String given =
                parts.size() > 1
                        ? parts.get(parts.size() - 2)
                        : session.row("select database()").getFirst().orElse("");
        List<Optional<String>> row =
                session.row(
                        """
                        select t.table_schema, t.table_name, t.table_type, e.transactions, t.engine
                        from information_schema.tables t
                            left join information_schema.engines e on e.engine = t.engine
                        where t.table_schema = ? and t.table_name = ?
                        order by binary t.table_name = ? desc\
                        """,
                        given,
                        parts.getLast(),
                        parts.getLast());
        requireTable(database, request, row);
        String schema = row.get(0).orElseThrow();
        String name = row.get(1).orElseThrow();
        requireOwnChanges(database, session, request, List.of(schema, name));
        MariaTable table =
                new MariaTable(
                        schema,
                        name,
                        key(database, session, request, List.of(schema, name)),
                        columns(session, types, List.of(schema, name)));
        table.requireKey(request);
        return table;
    }

    private void requireKey(Request request) {
        Set<String> there =
                names().stream()
                        .map(column -> column.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet());
        key.stream()
                .filter(column -> !there.contains(column))
                .findFirst()
                .ifPresent(column -> {
                    throw request.wrong(
                            "the key of %s has column %s, which a query does not give"
                                    .formatted(words(), column),
                            "Correct key: in load, or let who owns the table make the column visible");
                });
    }

    private static void requireTable(
            MariaDatabase database, Request request, List<Optional<String>> row) {
        if (row.isEmpty() || !row.get(2).orElse("").equals("BASE TABLE")) {
            throw request.wrong(
                    database.words() + " is no table whose changes are logged as they are",
                    "Follow a table that is neither a view, nor a sequence, nor versioned by the system");
        }
        if (!row.get(3).orElse("").equals("YES")) {
            throw request.wrong(
                    "%s has no transactions, as its engine is %s"
                            .formatted(database.words(), row.get(4).orElse("none")),
                    "Let who owns it run: alter table %s engine = InnoDB"
                            .formatted(database.table()));
        }
    }

    /// What foreign keys do to rows is not in the log.
    private static void requireOwnChanges(
            MariaDatabase database,
            MariaDatabase.Session session,
            Request request,
            List<String> table)
            throws SQLException {
        List<Optional<String>> row =
                session.row(
                        """
                        select constraint_name from information_schema.referential_constraints
                        where constraint_schema = ? and table_name = ? and binary table_name = ?
                            and (delete_rule in ('CASCADE', 'SET NULL', 'SET DEFAULT')
                                or update_rule in ('CASCADE', 'SET NULL', 'SET DEFAULT'))\
                        """,
                        table.getFirst(),
                        table.getLast(),
                        table.getLast());
        if (!row.isEmpty()) {
            throw request.wrong(
                    "foreign key %s changes rows of %s (on delete cascade or the like), which the server does not log"
                            .formatted(row.getFirst().orElse(""), database.words()),
                    "Read it by jdbc:, or let the key restrict");
        }
    }

    private static List<String> key(
            MariaDatabase database,
            MariaDatabase.Session session,
            Request request,
            List<String> table)
            throws SQLException {
        List<String> declared =
                request.load().key().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        if (!declared.isEmpty()) {
            return declared;
        }
        List<String> primary =
                session
                        .rows(
                                """
                                select column_name from information_schema.key_column_usage
                                where table_schema = ? and table_name = ? and binary table_name = ?
                                    and constraint_name = 'PRIMARY'
                                order by ordinal_position\
                                """,
                                table.getFirst(),
                                table.getLast(),
                                table.getLast())
                        .stream()
                        .map(row -> row.getFirst().orElseThrow().toLowerCase(Locale.ROOT))
                        .toList();
        if (primary.isEmpty()) {
            throw request.wrong(
                    "%s has no key by which a changed row is found again"
                            .formatted(database.words()),
                    "Give it a primary key, or add key: [column, …] to load");
        }
        return primary;
    }

    /// Whether an index keeps rows from having one key, also within a statement.
    boolean isKeyUnique(MariaDatabase.Session session) throws SQLException {
        Map<String, Boolean> indexes = new HashMap<>();
        for (List<Optional<String>> row :
                session.rows(
                        """
                        select index_name, column_name from information_schema.statistics
                        where table_schema = ? and table_name = ? and binary table_name = ? and non_unique = 0\
                        """,
                        database,
                        name,
                        name)) {
            boolean isOfKey =
                    row.get(1).filter(it -> key.contains(it.toLowerCase(Locale.ROOT))).isPresent();
            indexes.merge(row.getFirst().orElse(""), isOfKey, Boolean::logicalAnd);
        }
        return indexes.containsValue(true);
    }

    private static List<One> columns(
            MariaDatabase.Session session, List<Column> types, List<String> table)
            throws SQLException {
        Map<String, List<Optional<String>>> described = new HashMap<>();
        for (List<Optional<String>> row :
                session.rows(
                        """
                        select column_name, data_type, column_type, character_set_name, character_octet_length
                        from information_schema.columns
                        where table_schema = ? and table_name = ? and binary table_name = ?\
                        """,
                        table.getFirst(),
                        table.getLast(),
                        table.getLast())) {
            described.put(row.getFirst().orElseThrow(), row);
        }
        boolean isOld = isOld(session);
        List<One> columns = new ArrayList<>();
        for (Column type : types) {
            List<Optional<String>> row = described.getOrDefault(type.name(), List.of());
            if (row.isEmpty()) {
                throw new SQLException("the table was altered meanwhile", MariaDatabase.OWN);
            }
            String whole = row.get(2).orElse("").toLowerCase(Locale.ROOT);
            columns.add(
                    new One(
                            type,
                            kind(row.get(1).orElse("").toLowerCase(Locale.ROOT), whole, isOld),
                            whole.contains("unsigned") || whole.contains("zerofill"),
                            row.get(3).orElse(""),
                            (int) Math.min(Integer.MAX_VALUE, octets(row.get(4)))));
        }
        return columns;
    }

    /// With what makes it another in the log.
    ///
    /// @param isOld whether the server keeps times as it did before MariaDB 10.1 where it does not say otherwise
    private static String kind(String type, String whole, boolean isOld) {
        boolean isTime = TIMES.contains(type);
        if (isTime && (isOld ? !whole.contains("mysql-5.6") : whole.contains("mariadb-5.3"))) {
            return type + " of before MariaDB 10.1 (alter table … force renews it)";
        }
        boolean isText = !type.equals("enum") && !type.equals("set");
        return isText && whole.contains("compressed") ? type + " compressed" : type;
    }

    private static boolean isOld(MariaDatabase.Session session) throws SQLException {
        List<Optional<String>> row =
                session.row("show global variables like 'mysql56_temporal_format'");
        return row.size() > 1 && row.get(1).orElse("").equals("OFF");
    }

    private static long octets(Optional<String> text) {
        return text.map(Long::parseLong).orElse(0L);
    }

    Set<String> names() {
        return columns.stream().map(one -> one.column().name()).collect(Collectors.toSet());
    }

    /// Whether a name in the log is this table's.
    boolean is(String otherDatabase, String otherName) {
        return database.equals(otherDatabase) && name.equals(otherName);
    }

    /// As `is`, where nobody knows whether the server heeds upper case.
    boolean mayBe(String otherDatabase, String otherName) {
        return database.equalsIgnoreCase(otherDatabase) && name.equalsIgnoreCase(otherName);
    }

    String words() {
        return database + "." + name;
    }
}
