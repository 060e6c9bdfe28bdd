package dev.ade.ingest.cdc;

import java.util.Optional;

/// What is done with the changes of one table.
interface Sink extends AutoCloseable {
    /// How rows look from here on.
    void columns(Columns next);

    void begin(Message.Begin transaction);

    void insert(Message.Tuple row);

    void update(Optional<Message.Tuple> before, Message.Tuple row);

    void delete(Message.Tuple before);

    void truncate();

    /// Given to the stage so far.
    long rows();

    @Override
    void close();
}
