package dev.ade.spi;

import dev.ade.model.Fingerprint;
import dev.ade.model.Schema;
import dev.ade.model.TableName;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;

/// Code that makes a table of other tables, batch by batch. Thread-safe; may be started many times.
public interface TableCode {
    /// The namespace of the tables that code makes, which no domain can have.
    String NAMESPACE = "ade$code";

    /// The name under which a model's query reads what its code makes.
    static TableName name(TableName model) {
        String name = model.namespace() + "$" + model.name();
        int longest = TableName.PART_LENGTH_MAX;
        return TableName.of(
                NAMESPACE,
                name.length() <= longest
                        ? name
                        : name.substring(0, longest - 32) + Fingerprint.of(name));
    }

    /// Its columns, in order.
    Schema schema();

    /// The datasets it may read.
    Set<TableName> reads();

    /// The text that a plan compares.
    String text();

    /// What its columns follow from, as it declares; what it does not declare follows from everything it reads.
    ///
    /// @param schemas columns of what it reads
    Lineage lineage(Map<TableName, Schema> schemas);

    /// Starts it; its rows come while the reader is read. Closing the reader stops it. The reader's columns are those
    /// of `schema`; a UUID is text.
    ///
    /// @throws dev.ade.model.AdeException USER, here or while it is read, where the code fails
    ArrowReader start(Tables tables);

    /// What code may ask an engine.
    interface Tables {
        /// Where batches lie.
        BufferAllocator allocator();

        /// How many batches may be worked on at the same time.
        int threads();

        /// The columns that a query would give.
        Schema describe(String select);

        /// Streams what a query gives. To be closed before the reader that `start` gave.
        ///
        /// @throws dev.ade.model.AdeException USER where it reads more than `reads`
        ArrowReader query(String select);
    }
}
