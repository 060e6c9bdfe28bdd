package dev.ade.ingest.cdc.binlog;

import dev.ade.ingest.cdc.binlog.Bytes.NoLog;
import dev.ade.ingest.jdbc.MariaDatabase;
import dev.ade.model.Type;
import dev.ade.spi.Connector;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.UUID;

/// Reads the values of columns as `jdbc:` does: the value of a row is the same whichever way it comes.
final class Values {
    private static final Set<String> WHOLE =
            Set.of("tinyint", "smallint", "mediumint", "int", "bigint");

    /// How values of a type lie in the log. Of older servers' types, and compressed columns, nothing is here.
    private static final Map<String, Integer> CODES =
            Map.ofEntries(
                    Map.entry("tinyint", Physical.TINY),
                    Map.entry("smallint", Physical.SHORT),
                    Map.entry("mediumint", Physical.INT24),
                    Map.entry("int", Physical.LONG),
                    Map.entry("bigint", Physical.LONGLONG),
                    Map.entry("float", Physical.FLOAT),
                    Map.entry("double", Physical.DOUBLE),
                    Map.entry("decimal", Physical.DECIMAL),
                    Map.entry("bit", Physical.BIT),
                    Map.entry("year", Physical.YEAR),
                    Map.entry("date", Physical.DATE),
                    Map.entry("time", Physical.TIME),
                    Map.entry("datetime", Physical.DATETIME),
                    Map.entry("timestamp", Physical.TIMESTAMP),
                    Map.entry("char", Physical.STRING),
                    Map.entry("binary", Physical.STRING),
                    Map.entry("uuid", Physical.STRING),
                    Map.entry("inet4", Physical.STRING),
                    Map.entry("inet6", Physical.STRING),
                    Map.entry("varchar", Physical.VARCHAR),
                    Map.entry("varbinary", Physical.VARCHAR),
                    Map.entry("enum", Physical.ENUM),
                    Map.entry("set", Physical.SET),
                    Map.entry("json", Physical.JSON));

    private static final Map<String, Integer> ADDRESS_BYTES = Map.of("inet4", 4, "inet6", 16);
    private static final int UUID_BYTES = 16;
    private static final String SHAPES =
            "geometry|point|.*linestring|.*polygon|.*collection|multipoint";

    private final MariaDatabase.Session session;

    Values(MariaDatabase.Session session) {
        this.session = session;
    }

    /// Reads one value. Of one that no type holds it gives the `Unfit`.
    @FunctionalInterface
    interface Reader {
        Object read(Bytes in) throws SQLException;
    }

    /// Whether a column can be read out of the log.
    static boolean isKnown(MariaTable.One column) {
        return CODES.containsKey(column.kind()) || isLong(column) || column.kind().matches(SHAPES);
    }

    private static boolean isLong(MariaTable.One column) {
        return column.kind().endsWith("text") || column.kind().endsWith("blob");
    }

    /// @param words of an enum or a set
    /// @throws Connector.PositionLost where the log was written when the column was another
    Reader reader(Physical physical, MariaTable.One column, List<byte[]> words)
            throws SQLException {
        int code =
                isLong(column)
                        ? Physical.BLOB
                        : CODES.getOrDefault(column.kind(), Physical.GEOMETRY);
        int actual = physical.code() == Physical.NEWDATE ? Physical.DATE : physical.code();
        if (actual != code) {
            throw new Connector.PositionLost(
                    "column %s is of another type in the log (%d)"
                            .formatted(column.column().name(), physical.code()));
        }
        Type type = column.column().type();
        if (WHOLE.contains(column.kind())) {
            return in -> Numbers.whole(in, column.isUnsigned(), type);
        }
        return switch (column.kind()) {
            case "float" -> in -> Float.intBitsToFloat((int) in.number(Float.BYTES));
            case "double" -> in -> Double.longBitsToDouble(in.number(Double.BYTES));
            case "decimal" -> decimal(physical, type);
            case "bit" -> in -> Numbers.bits(in, type);
            case "year" -> Numbers::year;
            case "date" -> Times::date;
            case "time" -> in -> Times.time(in, physical);
            case "datetime" -> in -> Times.datetime(in, physical);
            case "timestamp" -> in -> Times.timestamp(in, physical);
            case "binary" -> in -> Arrays.copyOf(in.rest(), column.octets());
            case "uuid" -> in -> uuid(Arrays.copyOf(in.rest(), UUID_BYTES));
            case "inet4", "inet6" -> in -> address(in, column.kind());
            case "enum" -> enumeration(column, words);
            case "set" -> set(column, words);
            case "json" -> Json::text;
            default ->
                    code == Physical.GEOMETRY
                            ? this::shape
                            : column.charset().isEmpty() ? Bytes::rest : text(column);
        };
    }

    private static Reader decimal(Physical physical, Type type) {
        return type instanceof Type.Decimal
                ? in -> Numbers.decimal(in, physical)
                : in -> Numbers.decimal(in, physical).toPlainString();
    }

    private Reader text(MariaTable.One column) throws SQLException {
        Charsets charset = charset(column);
        return in -> charset.text(in.rest());
    }

    private Charsets charset(MariaTable.One column) throws SQLException {
        return Charsets.of(session, column.charset())
                .orElseThrow(() ->
                        new SQLException(
                                "column %s has the character set %s, whose texts cannot be read out of the log"
                                        .formatted(column.column().name(), column.charset()),
                                "0A000"));
    }

    private Reader enumeration(MariaTable.One column, List<byte[]> words) throws SQLException {
        Charsets charset = charset(column);
        List<String> all = words.stream().map(charset::text).toList();
        // What was no word when it was written is 0, and empty.
        return in -> {
            int number = (int) in.number(in.left());
            return number == 0 ? "" : word(all, number - 1);
        };
    }

    private Reader set(MariaTable.One column, List<byte[]> words) throws SQLException {
        Charsets charset = charset(column);
        List<String> all = words.stream().map(charset::text).toList();
        return in -> {
            long bits = in.number(in.left());
            StringJoiner said = new StringJoiner(",");
            for (int i = 0; i < Long.SIZE; i++) {
                if (((bits >>> i) & 1) != 0) {
                    said.add(word(all, i));
                }
            }
            return said.toString();
        };
    }

    private static String word(List<String> words, int index) {
        if (index >= words.size()) {
            throw new NoLog("the log does not name a value of an enum or a set");
        }
        return words.get(index);
    }

    /// MariaDB keeps the parts of a UUID that has a time in it the other way round, so that later ones are larger.
    private static UUID uuid(byte[] bytes) {
        boolean isTurned = bytes[6] < 0 && bytes[8] > 0 && bytes[8] < 0x60;
        String hex = HexFormat.of().formatHex(bytes);
        String plain =
                isTurned
                        ? hex.substring(24)
                                + hex.substring(20, 24)
                                + hex.substring(16, 20)
                                + hex.substring(12, 16)
                                + hex.substring(0, 12)
                        : hex;
        Bytes in = new Bytes(HexFormat.of().parseHex(plain));
        return new UUID(in.bigEndian(Long.BYTES), in.bigEndian(Long.BYTES));
    }

    /// Its text is the server's.
    private Object address(Bytes in, String kind) throws SQLException {
        byte[] bytes = Arrays.copyOf(in.rest(), ADDRESS_BYTES.getOrDefault(kind, 0));
        return asked("cast(cast(x'%s' as %s) as char)", bytes, kind);
    }

    /// Its text is the server's, too.
    private Object shape(Bytes in) throws SQLException {
        return asked(MariaDatabase.shape("x'%s'").replace("%s", "%1$s"), in.rest(), "");
    }

    private Object asked(String expression, byte[] bytes, String kind) throws SQLException {
        return session.row("select " + expression.formatted(HexFormat.of().formatHex(bytes), kind))
                .getFirst()
                .orElseThrow(() -> new NoLog("the server cannot read a value of its log"));
    }
}
