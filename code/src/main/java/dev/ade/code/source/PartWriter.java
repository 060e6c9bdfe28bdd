package dev.ade.code.source;

import dev.ade.spi.Connector;

/// Writes the rows of one part.
interface PartWriter extends AutoCloseable {
    /// Begins parts.
    interface Maker {
        PartWriter make(String name, Connector.Stage stage);
    }

    /// @throws IllegalArgumentException for a row or value that cannot be kept
    void add(Object row);

    @Override
    void close();
}
