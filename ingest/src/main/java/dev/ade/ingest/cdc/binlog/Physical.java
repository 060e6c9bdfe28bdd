package dev.ade.ingest.cdc.binlog;

import dev.ade.ingest.cdc.binlog.Bytes.NoLog;

/// How the values of a column lie in the log.
///
/// @param code the server's number of the type
/// @param more what the type needs: digits, bits, bytes of a length
record Physical(int code, int more) {
    static final int TINY = 1;
    static final int SHORT = 2;
    static final int LONG = 3;
    static final int FLOAT = 4;
    static final int DOUBLE = 5;
    static final int NULL = 6;
    static final int OLD_TIMESTAMP = 7;
    static final int LONGLONG = 8;
    static final int INT24 = 9;
    static final int DATE = 10;
    static final int OLD_TIME = 11;
    static final int OLD_DATETIME = 12;
    static final int YEAR = 13;
    static final int NEWDATE = 14;
    static final int VARCHAR = 15;
    static final int BIT = 16;
    static final int TIMESTAMP = 17;
    static final int DATETIME = 18;
    static final int TIME = 19;
    static final int BLOB_COMPRESSED = 140;
    static final int VARCHAR_COMPRESSED = 141;
    static final int JSON = 245;
    static final int DECIMAL = 246;
    static final int ENUM = 247;
    static final int SET = 248;
    static final int BLOB = 252;
    static final int VAR_STRING = 253;
    static final int STRING = 254;
    static final int GEOMETRY = 255;

    private static final int BYTE = 0xFF;
    private static final int BITS = 8;
    private static final int SHORT_MAX = 255;
    private static final int TYPE_BITS = 0x30;

    /// @param in at what the log says beside the code
    static Physical of(int code, Bytes in) {
        return switch (code) {
            case FLOAT, DOUBLE, TIMESTAMP, DATETIME, TIME, BLOB, BLOB_COMPRESSED, JSON, GEOMETRY ->
                    new Physical(code, in.one());
            case VARCHAR, VARCHAR_COMPRESSED, BIT -> new Physical(code, (int) in.number(2));
            case DECIMAL -> new Physical(code, (int) in.bigEndian(2));
            case STRING, VAR_STRING, ENUM, SET -> string(in.one(), in.one());
            default -> new Physical(code, 0);
        };
    }

    /// Fixed texts, enums and sets share a code; lengths from 256 on have two bits in the real type.
    private static Physical string(int type, int length) {
        if (type == ENUM || type == SET) {
            return new Physical(type, length);
        }
        int upper = (type & TYPE_BITS) ^ TYPE_BITS;
        return new Physical(STRING, length | (upper << 4));
    }

    int precision() {
        return more >> BITS;
    }

    int scale() {
        return more & BYTE;
    }

    /// The bytes of a value, without those that say how many they are.
    Bytes value(Bytes in) {
        return in.part(length(in));
    }

    private int length(Bytes in) {
        return switch (code) {
            case TINY, YEAR -> 1;
            case SHORT -> 2;
            case INT24, DATE, NEWDATE, OLD_TIME -> 3;
            case LONG, FLOAT, OLD_TIMESTAMP -> 4;
            case LONGLONG, DOUBLE, OLD_DATETIME -> 8;
            case TIME -> 3 + fraction();
            case TIMESTAMP -> 4 + fraction();
            case DATETIME -> 5 + fraction();
            case BIT -> (more >> BITS) + ((more & BYTE) > 0 ? 1 : 0);
            case DECIMAL -> Numbers.decimalLength(this);
            case ENUM, SET -> more;
            case STRING, VARCHAR, VARCHAR_COMPRESSED -> (int) in.number(more > SHORT_MAX ? 2 : 1);
            case BLOB, BLOB_COMPRESSED, JSON, GEOMETRY -> (int) in.number(more);
            default -> throw new NoLog("the log has a column of an unknown type, " + code);
        };
    }

    /// Bytes of the digits behind the second.
    int fraction() {
        return (more + 1) / 2;
    }
}
