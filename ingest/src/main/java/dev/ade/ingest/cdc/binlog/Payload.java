package dev.ade.ingest.cdc.binlog;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The events of a transaction that MySQL compresses in its log (`binlog_transaction_compression`), one after the other.
final class Payload {
    private static final int END_OF_HEAD = 0;
    private static final int COMPRESSION = 2;
    private static final int ZSTANDARD = 0;
    private static final int NONE = 255;
    private static final int SIZE_AT = 9;

    private final InputStream plain;

    private Payload(InputStream plain) {
        this.plain = plain;
    }

    static Payload of(Bytes in) {
        long compression = NONE;
        for (long field = in.packed(); field != END_OF_HEAD; field = in.packed()) {
            Bytes value = in.part((int) in.packed());
            if (field == COMPRESSION) {
                compression = value.packed();
            }
        }
        InputStream bytes = new ByteArrayInputStream(in.rest());
        return switch ((int) compression) {
            case NONE -> new Payload(bytes);
            case ZSTANDARD -> new Payload(new ZstdInputStream(bytes));
            default -> throw new Bytes.NoLog("the log is compressed in an unknown way");
        };
    }

    /// Empty behind the last.
    Optional<Event> next() {
        try {
            byte[] head = plain.readNBytes(Event.HEADER_BYTES);
            if (head.length == 0) {
                return Optional.empty();
            }
            long size = new Bytes(head, Math.min(SIZE_AT, head.length), head.length).number(4);
            if (size < Event.HEADER_BYTES || size > Event.BYTES_MAX) {
                throw new Bytes.NoLog("an event of a compressed transaction has no such size");
            }
            byte[] all = new byte[(int) size];
            System.arraycopy(head, 0, all, 0, head.length);
            int rest = all.length - head.length;
            if (plain.readNBytes(all, head.length, rest) < rest) {
                throw new Bytes.NoLog("a compressed transaction of the log ends too early");
            }
            return Optional.of(Event.of(all));
        } catch (IOException | MalformedInputException e) {
            throw new Bytes.NoLog(
                    "a compressed transaction of the log cannot be read (%s)"
                            .formatted(e.getMessage()));
        }
    }
}
