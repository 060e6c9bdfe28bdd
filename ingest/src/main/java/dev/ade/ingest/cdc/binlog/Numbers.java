package dev.ade.ingest.cdc.binlog;

import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import java.math.BigDecimal;
import java.math.BigInteger;

/// Reads numbers of the log as the types that `jdbc:` reads them as.
final class Numbers {
    private static final int GROUP_DIGITS = 9;
    private static final int GROUP_BYTES = 4;

    /// Of the digits that fill no group of nine.
    private static final int[] BYTES = {0, 1, 1, 2, 2, 3, 3, 4, 4, 4};

    private static final int SIGN = 0x80;
    private static final int ALL = 0xFF;
    private static final int YEAR_ZERO = 1900;

    private Numbers() {}

    static Object whole(Bytes in, boolean isUnsigned, Type type) {
        int count = in.left();
        long value = isUnsigned ? in.number(count) : in.signed(count);
        return as(value, type);
    }

    private static Object as(long value, Type type) {
        return switch (type) {
            case Simple.BOOLEAN -> value != 0;
            case Simple.INTEGER -> Math.toIntExact(value);
            case Simple.BIGINT -> value;
            case Type.Decimal _ -> new BigDecimal(new BigInteger(Long.toUnsignedString(value)));
            case Simple _, Type.ListOf _, Type.Struct _, Type.MapOf _ ->
                    throw new IllegalArgumentException("no whole number is a " + type);
        };
    }

    static Object bits(Bytes in, Type type) {
        return as(in.bigEndian(in.left()), type);
    }

    static int year(Bytes in) {
        int value = in.one();
        return value == 0 ? 0 : YEAR_ZERO + value;
    }

    static int decimalLength(Physical column) {
        return length(column.precision() - column.scale()) + length(column.scale());
    }

    private static int length(int digits) {
        return digits / GROUP_DIGITS * GROUP_BYTES + BYTES[digits % GROUP_DIGITS];
    }

    /// Groups of nine digits, the shorter ones at the outer ends; of a number below zero all bits are the others.
    static BigDecimal decimal(Bytes in, Physical column) {
        byte[] bytes = in.rest();
        boolean isNegative = (bytes[0] & SIGN) == 0;
        bytes[0] ^= (byte) SIGN;
        if (isNegative) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] ^= (byte) ALL;
            }
        }
        Bytes plain = new Bytes(bytes);
        StringBuilder digits = new StringBuilder(isNegative ? "-" : "");
        int before = column.precision() - column.scale();
        group(plain, before % GROUP_DIGITS, digits);
        for (int i = 0; i < before / GROUP_DIGITS; i++) {
            group(plain, GROUP_DIGITS, digits);
        }
        for (int i = 0; i < column.scale() / GROUP_DIGITS; i++) {
            group(plain, GROUP_DIGITS, digits);
        }
        group(plain, column.scale() % GROUP_DIGITS, digits);
        return new BigDecimal(new BigInteger(digits.toString()), column.scale());
    }

    private static void group(Bytes in, int count, StringBuilder digits) {
        if (count > 0) {
            String text = Long.toString(in.bigEndian(BYTES[count]));
            digits.repeat('0', count - text.length()).append(text);
        }
    }
}
