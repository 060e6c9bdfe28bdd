package dev.ade.ingest.cdc.binlog;

import dev.ade.ingest.cdc.binlog.Bytes.NoLog;
import dev.ade.model.JsonString;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Base64;

/// Reads the JSON of MySQL's log, where names and elements lie behind tables of places, and writes it as the server does.
final class Json {
    private static final int SMALL_OBJECT = 0;
    private static final int LARGE_OBJECT = 1;
    private static final int SMALL_ARRAY = 2;
    private static final int LARGE_ARRAY = 3;
    private static final int LITERAL = 4;
    private static final int INT16 = 5;
    private static final int UINT16 = 6;
    private static final int INT32 = 7;
    private static final int UINT32 = 8;
    private static final int INT64 = 9;
    private static final int UINT64 = 10;
    private static final int DOUBLE = 11;
    private static final int STRING = 12;
    private static final int OTHER = 15;

    /// Of the server.
    private static final int DEPTH_MAX = 100;

    private static final int CHARACTERS_MAX = 1 << 29;

    private static final int PLAIN_DIGITS = 15;

    private static final int LINE = 76;

    private final StringBuilder out = new StringBuilder();

    private Json() {}

    static String text(Bytes in) {
        if (in.isAtEnd()) {
            return "null";
        }
        Json json = new Json();
        json.value(in.one(), in, 0);
        return json.out.toString();
    }

    /// @param in from where its places are counted
    private void value(int type, Bytes in, int depth) {
        if (depth > DEPTH_MAX || out.length() > CHARACTERS_MAX) {
            throw new NoLog("the log has a JSON without an end");
        }
        switch (type) {
            case SMALL_OBJECT, SMALL_ARRAY -> elements(type, in, 2, depth);
            case LARGE_OBJECT, LARGE_ARRAY -> elements(type, in, 4, depth);
            case LITERAL -> out.append(literal(in.one()));
            case INT16 -> out.append(in.signed(2));
            case UINT16 -> out.append(in.number(2));
            case INT32 -> out.append(in.signed(4));
            case UINT32 -> out.append(in.number(4));
            case INT64 -> out.append(in.signed(Long.BYTES));
            case UINT64 -> out.append(Long.toUnsignedString(in.number(Long.BYTES)));
            case DOUBLE -> out.append(real(Double.longBitsToDouble(in.number(Long.BYTES))));
            case STRING -> JsonString.append(out, in.utf8(length(in)));
            case OTHER -> other(in.one(), in.part(length(in)));
            default -> throw new NoLog("the log has a JSON of an unknown type, " + type);
        }
    }

    private static String literal(int code) {
        return switch (code) {
            case 0 -> "null";
            case 1 -> "true";
            case 2 -> "false";
            default -> throw new NoLog("the log has an unknown word of JSON, " + code);
        };
    }

    /// @param size of its places, in bytes
    private void elements(int type, Bytes in, int size, int depth) {
        boolean isNamed = type == SMALL_OBJECT || type == LARGE_OBJECT;
        Bytes whole = in.part(in.left());
        Bytes head = whole.from(0);
        int count = (int) head.number(size);
        head.skip(size);
        Bytes names = head.part(isNamed ? Math.multiplyExact(count, size + 2) : 0);
        out.append(isNamed ? '{' : '[');
        for (int i = 0; i < count; i++) {
            out.append(i == 0 ? "" : ", ");
            if (isNamed) {
                int place = (int) names.number(size);
                JsonString.append(out, whole.from(place).utf8((int) names.number(2)));
                out.append(": ");
            }
            element(head, whole, size, depth);
        }
        out.append(isNamed ? '}' : ']');
    }

    /// Short values lie where the places of others do.
    private void element(Bytes head, Bytes whole, int size, int depth) {
        int type = head.one();
        Bytes place = head.part(size);
        boolean isHere =
                switch (type) {
                    case LITERAL, INT16, UINT16 -> true;
                    case INT32, UINT32 -> size == 4;
                    default -> false;
                };
        value(type, isHere ? place : whole.from((int) place.number(size)), depth + 1);
    }

    /// Seven bits a byte, the lowest first.
    private static int length(Bytes in) {
        long length = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += 7) {
            int next = in.one();
            length |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return Math.toIntExact(Math.min(length, Integer.MAX_VALUE));
            }
        }
        throw new NoLog("the log has a JSON with a text that is too long");
    }

    /// With an exponent where the point is far from the first digit, and no digit is behind it.
    private static String real(double value) {
        if (value == 0) {
            return Double.toString(value);
        }
        BigDecimal digits = shortest(value);
        int point = digits.precision() - digits.scale();
        if (point > -PLAIN_DIGITS && (point <= PLAIN_DIGITS || digits.scale() > 0)) {
            return digits.toPlainString() + (digits.scale() <= 0 ? ".0" : "");
        }
        String all = digits.unscaledValue().abs().toString();
        return (value < 0 ? "-" : "")
                + all.charAt(0)
                + (all.length() > 1 ? "." + all.substring(1) : "")
                + "e"
                + (point - 1);
    }

    /// The fewest digits that say it. Java gives two where one is enough.
    private static BigDecimal shortest(double value) {
        BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        BigDecimal one = digits.round(new MathContext(1));
        return digits.precision() == 2 && one.doubleValue() == value
                ? one.stripTrailingZeros()
                : digits;
    }

    /// Values of a column's type, which have their own texts where JSON has none.
    private void other(int code, Bytes in) {
        switch (code) {
            case Physical.DECIMAL -> {
                Physical digits = new Physical(Physical.DECIMAL, (int) in.bigEndian(2));
                out.append(Numbers.decimal(in, digits).toPlainString());
            }
            case Physical.DATE, Physical.OLD_DATETIME, Physical.OLD_TIMESTAMP, Physical.OLD_TIME ->
                    JsonString.append(out, Times.packed(in.number(Long.BYTES), code));
            default ->
                    JsonString.append(
                            out,
                            "base64:type%d:%s"
                                    .formatted(
                                            code,
                                            Base64.getMimeEncoder(LINE, new byte[] {'\n'})
                                                    .encodeToString(in.rest())));
        }
    }
}
