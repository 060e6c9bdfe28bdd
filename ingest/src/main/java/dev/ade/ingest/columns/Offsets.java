package dev.ade.ingest.columns;

import java.security.MessageDigest;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/// Where each of some values ends, from 0 on.
final class Offsets implements AutoCloseable {
    private final Memory ends;

    Offsets(BufferAllocator allocator) {
        this.ends = new Memory(allocator);
    }

    /// Where the first `size` values end.
    int end(int size) {
        return ends.bytes().getInt((long) size * Integer.BYTES);
    }

    /// Says where the value behind the first `size` ends.
    void end(int size, int end) {
        long place = (size + 1L) * Integer.BYTES;
        ends.of(place + Integer.BYTES).setInt(place, end);
    }

    long bytes(int size) {
        return (long) size * Integer.BYTES;
    }

    ArrowBuf memory() {
        return ends.bytes();
    }

    void hash(MessageDigest digest, int size) {
        Vector.hash(digest, ends, (size + 1L) * Integer.BYTES);
    }

    @Override
    public void close() {
        ends.close();
    }
}
