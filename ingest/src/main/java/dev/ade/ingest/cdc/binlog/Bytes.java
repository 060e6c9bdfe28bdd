package dev.ade.ingest.cdc.binlog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads numbers and texts out of bytes, one after the other. Numbers are little-endian where nothing else is said.
final class Bytes {
    private static final int BYTE = 0xFF;
    private static final int BITS = 8;

    private final byte[] bytes;
    private final int end;
    private int at;

    Bytes(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    Bytes(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    boolean isAtEnd() {
        return at >= end;
    }

    int left() {
        return end - at;
    }

    int one() {
        require(1);
        return bytes[at++] & BYTE;
    }

    /// @param count of bytes, 8 at most
    long number(int count) {
        require(count);
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = (value << BITS) | (bytes[at + i] & BYTE);
        }
        at += count;
        return value;
    }

    /// @param count of bytes, 8 at most
    long signed(int count) {
        int unused = Long.SIZE - count * BITS;
        return number(count) << unused >> unused;
    }

    /// The most significant byte first.
    ///
    /// @param count of bytes, 8 at most
    long bigEndian(int count) {
        require(count);
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = (value << BITS) | (bytes[at + i] & BYTE);
        }
        at += count;
        return value;
    }

    /// A number of one byte, or of more behind a sign of how many.
    long packed() {
        int first = one();
        return switch (first) {
            case 0xFC -> number(2);
            case 0xFD -> number(3);
            case 0xFE -> number(Long.BYTES);
            default -> first;
        };
    }

    byte[] take(int count) {
        require(count);
        byte[] taken = Arrays.copyOfRange(bytes, at, at + count);
        at += count;
        return taken;
    }

    /// A view of the next bytes, which are behind it then.
    Bytes part(int count) {
        require(count);
        Bytes part = new Bytes(bytes, at, at + count);
        at += count;
        return part;
    }

    /// A view of all from a place on, counted from where this one is.
    Bytes from(int place) {
        int start = Math.addExact(at, place);
        if (place < 0 || start > end) {
            throw new NoLog("a value of the log is behind its end");
        }
        return new Bytes(bytes, start, end);
    }

    byte[] rest() {
        return take(left());
    }

    void skip(int count) {
        require(count);
        at += count;
    }

    String utf8(int count) {
        return new String(take(count), StandardCharsets.UTF_8);
    }

    /// The log is what a server sent; a part that says it is longer than all is no log.
    private void require(int count) {
        if (count < 0 || count > end - at) {
            throw new NoLog("an event of the log ends too early");
        }
    }

    /// What came is no log of such a server.
    static final class NoLog extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoLog(String message) {
            super(message);
        }
    }
}
