package dev.ade.ingest.cdc.sink;

import java.util.Optional;

/// What is done with the changes of one table.
public interface Sink extends AutoCloseable {
    /// How rows look from here on.
    void columns(Columns next);

    void begin(Transaction transaction);

    void insert(Tuple row);

    /// @param before the key where it changed, or the whole row where the log has it
    void update(Optional<Tuple> before, Tuple row);

    /// @param before the key at least
    void delete(Tuple before);

    void truncate();

    /// Given to the stage so far.
    long rows();

    @Override
    void close();
}
