package dev.ade.ingest.jdbc;

import dev.ade.model.Column;
import dev.ade.model.Sql;
import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A column of PostgreSQL: what it becomes, and how it is asked for. What has no type of its own here is sent as the
/// text that PostgreSQL itself makes of it.
///
/// @param pgType as PostgreSQL calls it
/// @param expression that gives what `decoder` reads
record PgColumn(Column column, String pgType, String expression, PgDecoder decoder) {
    private static final String AS_IT_IS = "%s";
    private static final String AS_TEXT = "%s::text";

    private record Kind(Type type, PgDecoder decoder) {}

    private static final Map<String, Kind> KINDS =
            Map.ofEntries(
                    Map.entry(
                            "bool",
                            new Kind(Simple.BOOLEAN, (in, _, out) -> out.truth(in.int1() != 0))),
                    Map.entry(
                            "int2", new Kind(Simple.INTEGER, (in, _, out) -> out.whole(in.int2()))),
                    Map.entry(
                            "int4", new Kind(Simple.INTEGER, (in, _, out) -> out.whole(in.int4()))),
                    Map.entry(
                            "int8", new Kind(Simple.BIGINT, (in, _, out) -> out.whole(in.int8()))),
                    Map.entry(
                            "oid",
                            new Kind(
                                    Simple.BIGINT,
                                    (in, _, out) -> out.whole(in.int4() & 0xFFFFFFFFL))),
                    Map.entry(
                            "float4",
                            new Kind(
                                    Simple.FLOAT,
                                    (in, _, out) -> out.real(Float.intBitsToFloat(in.int4())))),
                    Map.entry(
                            "float8",
                            new Kind(
                                    Simple.DOUBLE,
                                    (in, _, out) -> out.real(Double.longBitsToDouble(in.int8())))),
                    Map.entry("text", text()),
                    Map.entry("varchar", text()),
                    Map.entry("bpchar", text()),
                    Map.entry("name", text()),
                    Map.entry("json", text()),
                    Map.entry("bytea", new Kind(Simple.BLOB, CopyBuffer::bytes)),
                    Map.entry(
                            "uuid", new Kind(Simple.UUID, (in, _, out) -> PgDecoder.uuid(in, out))),
                    Map.entry(
                            "date", new Kind(Simple.DATE, (in, _, out) -> PgDecoder.date(in, out))),
                    Map.entry(
                            "time", new Kind(Simple.TIME, (in, _, out) -> PgDecoder.time(in, out))),
                    Map.entry(
                            "timestamp",
                            new Kind(
                                    Simple.TIMESTAMP,
                                    (in, _, out) -> PgDecoder.timestamp(in, out))),
                    Map.entry(
                            "timestamptz",
                            new Kind(
                                    Simple.TIMESTAMPTZ,
                                    (in, _, out) -> PgDecoder.timestamptz(in, out))));

    /// The driver's names for columns that count by themselves.
    private static final Map<String, String> SERIALS =
            Map.of("smallserial", "int2", "serial", "int4", "bigserial", "int8");

    /// @param names in lower case; empty for all
    boolean isAmong(Set<String> names) {
        return names.isEmpty() || names.contains(column.name().toLowerCase(Locale.ROOT));
    }

    private static Kind text() {
        return new Kind(Simple.VARCHAR, CopyBuffer::bytes);
    }

    /// @param moneyScale digits behind the point of the type money, which the database's locale says
    static List<PgColumn> of(ResultSetMetaData data, int moneyScale) throws SQLException {
        List<PgColumn> columns = new ArrayList<>();
        for (int i = 1; i <= data.getColumnCount(); i++) {
            String driver = data.getColumnTypeName(i);
            columns.add(
                    of(
                            data.getColumnLabel(i),
                            SERIALS.getOrDefault(driver, driver),
                            new PgDatabase.Digits(
                                    data.getPrecision(i), data.getScale(i), moneyScale)));
        }
        return columns;
    }

    static PgColumn of(String name, String pgType, PgDatabase.Digits digits) {
        return switch (pgType) {
            case "numeric" -> numeric(name, digits.precision(), digits.scale());
            case "money" -> money(name, digits.moneyScale());
            // A cast would add the mask that PostgreSQL otherwise leaves out, as its log does.
            case "inet" -> column(name, pgType, text(), "textin(inet_out(%s))");
            case "_inet" -> column(name, pgType, list(text()), "%s::text::text[]");
            default -> of(name, pgType);
        };
    }

    private static PgColumn of(String name, String pgType) {
        Kind kind = KINDS.get(pgType);
        if (kind != null) {
            return column(name, pgType, kind, AS_IT_IS);
        }
        if (pgType.startsWith("_")) {
            Kind element = KINDS.get(pgType.substring(1));
            return element == null
                    ? column(name, pgType, list(text()), "%s::text[]")
                    : column(name, pgType, list(element), AS_IT_IS);
        }
        return column(name, pgType, text(), AS_TEXT);
    }

    private static Kind list(Kind element) {
        return new Kind(new Type.ListOf(element.type()), PgDecoder.list(element.decoder()));
    }

    /// Numbers without a bound, with more than 38 digits or with a scale that is not one, are text: no decimal holds all
    /// of them.
    private static PgColumn numeric(String name, int precision, int scale) {
        boolean fits =
                precision > 0
                        && precision <= Type.Decimal.PRECISION_MAX
                        && scale >= 0
                        && scale <= precision;
        return fits
                ? column(name, "numeric", decimal(precision, scale), AS_IT_IS)
                : column(name, "numeric", text(), AS_TEXT);
    }

    /// As many digits as its 64 bits hold.
    private static PgColumn money(String name, int scale) {
        return column(name, "money", decimal(19, scale), "%s::numeric");
    }

    private static Kind decimal(int precision, int scale) {
        Type.Decimal type = new Type.Decimal(precision, scale);
        return new Kind(type, new PgNumeric(type));
    }

    /// @param form what is asked for, with the column in the place of `%s`
    private static PgColumn column(String name, String pgType, Kind kind, String form) {
        return new PgColumn(
                new Column(name, kind.type()),
                pgType,
                form.formatted("q." + Sql.quote(name)),
                kind.decoder());
    }
}
