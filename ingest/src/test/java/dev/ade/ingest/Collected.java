package dev.ade.ingest;

import dev.ade.model.LoadSpec;
import dev.ade.model.Schema;
import dev.ade.spi.Cell;
import dev.ade.spi.Connector;
import dev.ade.spi.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stage that keeps rows in memory, and does something before the first.
final class Collected implements Connector.Stage {
    private final Runnable first;
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    Collected(Runnable first) {
        this.first = first;
    }

    List<List<@Nullable Object>> rows() {
        return rows;
    }

    @Override
    public Connector.Rows rows(String name, Schema schema) {
        first.run();
        return new Connector.Rows() {
            @Override
            public void add(List<? extends @Nullable Object> values) {
                rows.add(new ArrayList<>(values));
            }

            @Override
            public Cell cell(int column) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void end() {
                throw new UnsupportedOperationException();
            }

            @Override
            public void reject(String column, String value, String reason) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void restart() {
                rows.clear();
            }

            @Override
            public void close() {
                // It keeps them.
            }
        };
    }

    @Override
    public Path file(String name, LoadSpec.Format format) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path folder() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Progress progress() {
        return Progress.NONE;
    }
}
