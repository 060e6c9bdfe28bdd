package dev.ade.ingest.jdbc;

import dev.ade.spi.Cell;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.copy.CopyOut;

/// The bytes of a `COPY … (FORMAT binary)`, as numbers and texts. Rows may lie across messages. Not thread-safe.
final class CopyBuffer {
    private static final byte[] SIGNATURE =
            "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);

    private final CopyOut copy;
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    CopyBuffer(CopyOut copy) {
        this.copy = copy;
    }

    /// Reads past the header, which a table without rows has as well.
    void begin() throws SQLException, IOException {
        byte[] signature = bytes(SIGNATURE.length);
        if (!Arrays.equals(signature, SIGNATURE)) {
            throw new IOException("the database does not send what COPY sends");
        }
        int4();
        skip(int4());
    }

    private void need(int length) throws SQLException, IOException {
        while (bytes.remaining() < length) {
            byte[] more = copy.readFromCopy();
            if (more == null) {
                throw new EOFException("the database ended a row before its end");
            }
            if (bytes.hasRemaining()) {
                byte[] joined = new byte[bytes.remaining() + more.length];
                int left = bytes.remaining();
                bytes.get(joined, 0, left);
                System.arraycopy(more, 0, joined, left, more.length);
                bytes = ByteBuffer.wrap(joined);
            } else {
                bytes = ByteBuffer.wrap(more);
            }
        }
    }

    short int2() throws SQLException, IOException {
        need(Short.BYTES);
        return bytes.getShort();
    }

    int int4() throws SQLException, IOException {
        need(Integer.BYTES);
        return bytes.getInt();
    }

    long int8() throws SQLException, IOException {
        need(Long.BYTES);
        return bytes.getLong();
    }

    byte int1() throws SQLException, IOException {
        need(Byte.BYTES);
        return bytes.get();
    }

    private byte[] bytes(int length) throws SQLException, IOException {
        need(length);
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }

    /// Puts bytes where they go, as they are.
    void bytes(int length, Cell out) throws SQLException, IOException {
        need(length);
        out.bytes(bytes.array(), bytes.arrayOffset() + bytes.position(), length);
        bytes.position(bytes.position() + length);
    }

    void skip(int length) throws SQLException, IOException {
        need(length);
        bytes.position(bytes.position() + length);
    }

    /// Reads to the end, so that the server tells how many rows it sent.
    void end() throws SQLException {
        while (copy.readFromCopy() != null) {
            // Nothing is expected to come.
        }
    }
}
