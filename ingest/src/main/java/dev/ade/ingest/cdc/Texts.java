package dev.ade.ingest.cdc;

import dev.ade.ingest.jdbc.Unfit;
import dev.ade.model.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.UUID;

/// Reads the text that PostgreSQL makes of a value, without a change: the value is the one that a load by `jdbc:` reads
/// of the same row. The texts are those of `timezone = UTC`, `datestyle = ISO`, `bytea_output = hex`.
final class Texts {
    private static final String INFINITY = "infinity";
    private static final String BEFORE_CHRIST = " BC";
    private static final int YEAR_DIGITS = 4;

    private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);

    private Texts() {}

    /// Reads one value.
    @FunctionalInterface
    interface Reader {
        /// @throws Unfit for a value that no type here holds
        Object read(String text) throws Unfit;
    }

    /// @param type what `pgType` becomes
    /// @param delimiter between elements of an array
    static Reader reader(Type type, String pgType, char delimiter) {
        return switch (type) {
            case Type.Simple simple -> simple(simple);
            case Type.Decimal(int _, int scale) when pgType.equals("money") ->
                    text -> money(text, scale);
            case Type.Decimal _ -> Texts::decimal;
            case Type.ListOf(Type element) ->
                    new Arrays(reader(element, pgType, delimiter), delimiter);
            case Type.Struct _, Type.MapOf _ ->
                    throw new IllegalArgumentException("no column of PostgreSQL is a " + type);
        };
    }

    private static Reader simple(Type.Simple type) {
        return switch (type) {
            case BOOLEAN -> text -> text.equals("t");
            case INTEGER -> Integer::valueOf;
            case BIGINT -> Long::valueOf;
            case FLOAT -> Float::valueOf;
            case DOUBLE -> Double::valueOf;
            case DATE -> Texts::date;
            case TIME -> Texts::time;
            case TIMESTAMP -> text -> timestamp(text, "TIMESTAMP");
            case TIMESTAMPTZ -> Texts::instant;
            case VARCHAR -> text -> text;
            case BLOB -> text -> HexFormat.of().parseHex(text, 2, text.length());
            case UUID -> UUID::fromString;
        };
    }

    private static Object decimal(String text) throws Unfit {
        char last = text.charAt(text.length() - 1);
        if (last == 'N' || last == 'y') {
            throw new Unfit(text, text + " fits no DECIMAL");
        }
        return new BigDecimal(text);
    }

    /// What the locale puts around and between the digits says nothing.
    private static Object money(String text, int scale) {
        String digits = text.replaceAll("[^0-9]", "");
        BigInteger size = new BigInteger(digits);
        boolean isNegative = text.contains("-") || text.contains("(");
        return new BigDecimal(isNegative ? size.negate() : size, scale);
    }

    private static LocalDate date(String text) throws Unfit {
        requireFinite(text, "DATE");
        return day(text);
    }

    private static LocalDate day(String text) {
        boolean isBefore = text.endsWith(BEFORE_CHRIST);
        int year = text.indexOf('-', YEAR_DIGITS);
        int number = Integer.parseInt(text.substring(0, year));
        return LocalDate.of(
                isBefore ? 1 - number : number,
                Integer.parseInt(text.substring(year + 1, year + 3)),
                Integer.parseInt(text.substring(year + 4, year + 6)));
    }

    private static LocalTime time(String text) throws Unfit {
        if (text.startsWith("24:")) {
            throw new Unfit("24:00:00", "24:00:00 fits no TIME, which ends before midnight");
        }
        return LocalTime.parse(text);
    }

    /// `2026-11-21 10:00:00.123456`, with or without ` BC`.
    private static LocalDateTime timestamp(String text, String type) throws Unfit {
        requireFinite(text, type);
        boolean isBefore = text.endsWith(BEFORE_CHRIST);
        String plain = isBefore ? text.substring(0, text.length() - BEFORE_CHRIST.length()) : text;
        int space = plain.indexOf(' ');
        String day = plain.substring(0, space) + (isBefore ? BEFORE_CHRIST : "");
        LocalDateTime time = day(day).atTime(LocalTime.parse(plain.substring(space + 1)));
        requireEarly(time, type);
        return time;
    }

    private static Object instant(String text) throws Unfit {
        return timestamp(text.replaceFirst("\\+00(?= BC$|$)", ""), "TIMESTAMP WITH TIME ZONE")
                .toInstant(ZoneOffset.UTC);
    }

    /// The last 29 years that PostgreSQL knows are past what 64 bits hold of microseconds since 1970.
    private static void requireEarly(LocalDateTime time, String type) throws Unfit {
        try {
            Math.addExact(ChronoUnit.MICROS.between(EPOCH, time), 1);
        } catch (ArithmeticException _) {
            throw new Unfit(
                    "a late date", "it is later than any " + type + ", which ends in 294247");
        }
    }

    private static void requireFinite(String text, String type) throws Unfit {
        if (text.endsWith(INFINITY)) {
            throw new Unfit(text, text + " fits no " + type);
        }
    }
}
