package dev.ade.ingest.jdbc;

import dev.ade.model.Column;
import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// MariaDB and MySQL. What their drivers would round, shift or leave out is asked for as text.
final class MariaBrand implements Brand {
    static final String QUOTE = "`";

    private static final int FETCH_ROWS = 10_000;

    /// Digits of an unsigned number of 64 bits.
    private static final int UNSIGNED_DIGITS = 20;

    private static final int LONG_BITS = 63;
    private static final String AS_TEXT = "cast(%s as char)";

    /// As text it has six digits only.
    private static final String AS_DOUBLE = "(%s + 0e0)";

    /// Well-known text, with the number of its reference system where it has one.
    static final String AS_SHAPE =
            "concat(if(st_srid(%s) = 0, '', concat('SRID=', st_srid(%s), ';')), st_astext(%s))";

    private static final String AS_NUMBER = "cast(%s as unsigned)";

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    static boolean isOf(String url) {
        return url.startsWith("jdbc:mariadb:") || url.startsWith("jdbc:mysql:");
    }

    /// Of both drivers, each of which ignores what it does not know: rows come as they are read, numbers stay numbers, a
    /// date that is none is not changed.
    @Override
    public Map<String, String> properties() {
        return Map.of(
                "tinyInt1isBit", "false",
                "yearIsDateType", "false",
                "connectTimeout", "10000",
                "tcpKeepAlive", "true",
                "useCursorFetch", "true",
                "allowMultiQueries", "false");
    }

    @Override
    public int fetchRows() {
        return FETCH_ROWS;
    }

    /// Times are told in UTC. The server waits an hour at most for rows to be taken.
    @Override
    public void begin(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set session time_zone = '+00:00', net_write_timeout = 3600");
            statement.execute("set session transaction isolation level repeatable read");
            connection.setAutoCommit(false);
            statement.execute("start transaction with consistent snapshot, read only");
        }
    }

    /// MariaDB tells the place in its log that a snapshot shows, where it writes one.
    @Override
    public Optional<String> moment(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("show status like 'binlog_snapshot_%'")) {
            StringBuilder place = new StringBuilder();
            while (rows.next()) {
                place.append(rows.getString(2)).append(' ');
            }
            return Optional.of(place.toString()).filter(known -> known.matches("\\S+ .*"));
        }
    }

    @Override
    public boolean isSnapshot() {
        return true;
    }

    @Override
    public PlainColumn column(ResultSetMetaData data, int index) throws SQLException {
        String name = data.getColumnLabel(index);
        String type = data.getColumnTypeName(index).toUpperCase(Locale.ROOT);
        return switch (type.replaceFirst(" .*|\\(.*", "")) {
            case "BIT" -> bit(name, data.getPrecision(index));
            case "FLOAT" ->
                    PlainColumn.of(new Column(name, Simple.FLOAT), AS_DOUBLE, MariaValues::real);
            case "YEAR", "MEDIUMINT" -> number(name, Simple.INTEGER);
            case "DATE" ->
                    PlainColumn.of(new Column(name, Simple.DATE), AS_TEXT, MariaValues::date);
            case "TIME" ->
                    PlainColumn.of(new Column(name, Simple.TIME), AS_TEXT, MariaValues::time);
            case "DATETIME" ->
                    PlainColumn.of(
                            new Column(name, Simple.TIMESTAMP), AS_TEXT, MariaValues::timestamp);
            case "TIMESTAMP" ->
                    PlainColumn.of(
                            new Column(name, Simple.TIMESTAMPTZ), AS_TEXT, MariaValues::instant);
            case "GEOMETRY",
                    "POINT",
                    "LINESTRING",
                    "POLYGON",
                    "MULTIPOINT",
                    "MULTILINESTRING",
                    "MULTIPOLYGON",
                    "GEOMETRYCOLLECTION",
                    "GEOMCOLLECTION" ->
                    PlainColumn.of(
                            new Column(name, Simple.VARCHAR),
                            AS_SHAPE,
                            StandardValues.reader(Simple.VARCHAR));
            default -> other(name, StandardBrand.type(data, index), type);
        };
    }

    private static PlainColumn other(String name, Type type, String mariaType) {
        return switch (type) {
            case Type.Decimal _ when mariaType.startsWith("BIGINT") ->
                    number(name, new Type.Decimal(UNSIGNED_DIGITS, 0));
            default -> PlainColumn.of(new Column(name, type), StandardValues.reader(type));
        };
    }

    private static PlainColumn number(String name, Type type) {
        return PlainColumn.of(new Column(name, type), StandardValues.reader(type));
    }

    /// One bit is a yes or no, more are a number.
    private static PlainColumn bit(String name, int bits) {
        Type type =
                bits == 1
                        ? Simple.BOOLEAN
                        : bits <= LONG_BITS ? Simple.BIGINT : new Type.Decimal(UNSIGNED_DIGITS, 0);
        return PlainColumn.of(new Column(name, type), AS_NUMBER, StandardValues.reader(type));
    }

    @Override
    public String some(String table, long rows) {
        return "select * from %s limit %d".formatted(table, rows);
    }

    @Override
    public Object bound(Object value) {
        return switch (value) {
            case LocalDateTime time -> time.format(TIMESTAMP);
            case Instant time -> time.atOffset(ZoneOffset.UTC).format(TIMESTAMP);
            case BigDecimal number -> number;
            default -> value.toString();
        };
    }
}
