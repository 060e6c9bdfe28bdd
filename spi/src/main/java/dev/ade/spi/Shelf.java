package dev.ade.spi;

import dev.ade.model.Schema;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;

/// Rows that an engine holds for its sessions, in its memory and, where that is full, in its spill folder, until the shelf
/// is closed. Thread-safe.
public interface Shelf extends AutoCloseable {
    /// A table without rows.
    Table table(Schema schema);

    @Override
    void close();

    /// One table. Rows are added by one thread at a time; complete ones can be read by any session of the engine.
    interface Table extends AutoCloseable {
        /// Where batches that are added lie.
        BufferAllocator allocator();

        /// Adds rows behind those there are, in their order. The reader's columns are those of the schema, by position;
        /// nothing of what it gives is needed once this returns. Made for batches of 100,000 rows: each is a statement.
        void add(ArrowReader batches);

        /// Takes all rows out that were added.
        void clear();

        /// What stands for the table behind FROM.
        String sql();

        /// No more rows come; those there are stay until the shelf is closed. Nothing may lie in `allocator` any more.
        @Override
        void close();
    }
}
