package dev.ade.ingest.columns;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/// Memory outside the heap that grows by doubling. New memory is zero.
final class Memory implements AutoCloseable {
    private static final int FIRST_BYTES = 1024;

    private final BufferAllocator allocator;
    private ArrowBuf bytes;

    Memory(BufferAllocator allocator) {
        this.allocator = allocator;
        this.bytes = allocator.buffer(FIRST_BYTES);
        bytes.setZero(0, bytes.capacity());
    }

    /// Memory of at least this many bytes, with what was in it.
    ArrowBuf of(long size) {
        if (size > bytes.capacity()) {
            grow(size);
        }
        return bytes;
    }

    private void grow(long size) {
        ArrowBuf more = allocator.buffer(Math.max(size, 2 * bytes.capacity()));
        more.setBytes(0, bytes, 0, bytes.capacity());
        more.setZero(bytes.capacity(), more.capacity() - bytes.capacity());
        bytes.close();
        bytes = more;
    }

    ArrowBuf bytes() {
        return bytes;
    }

    @Override
    public void close() {
        bytes.close();
    }
}
