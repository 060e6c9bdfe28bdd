package dev.ade.code.source;

import dev.ade.code.Sink;
import dev.ade.code.compile.JavaSources.ReadSource;
import dev.ade.model.AdeException;
import dev.ade.spi.Connector;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Writes rows into parts of a stage as they come.
final class StagedSink implements Sink<Object>, AutoCloseable {
    private static final int ROWS_BETWEEN_SIGNS = 1_000;
    private static final int PARTS_MAX = 10_000;

    private final Connector.Request request;
    private final Connector.Stage stage;
    private final PartWriter.Maker maker;
    private final Thread owner = Thread.currentThread();
    private String name;
    private @Nullable PartWriter part;
    private int parts;
    private long rows;
    private Optional<String> next;
    private OptionalLong expected = OptionalLong.empty();

    private StagedSink(Connector.Request request, Connector.Stage stage, PartWriter.Maker maker) {
        this.request = request;
        this.stage = stage;
        this.maker = maker;
        this.name = request.source().name().toString();
        this.next = request.position();
    }

    static StagedSink of(ReadSource source, Connector.Request request, Connector.Stage stage) {
        PartWriter.Maker maker =
                source.row()
                        .<PartWriter.Maker>map(RecordPart.Maker::new)
                        .orElseGet(MapPart.Maker::new);
        return new StagedSink(request, stage, maker);
    }

    @Override
    public void add(Object row) {
        requireOwner();
        if (row == null) {
            throw new IllegalArgumentException("a row is null");
        }
        if (part == null) {
            part = begin();
        }
        part.add(row);
        rows++;
        if (rows % ROWS_BETWEEN_SIGNS == 0) {
            stage.progress().rows(rows);
            if (stage.progress().isCancelled()) {
                throw AdeException.cancelled("Cancelled");
            }
        }
    }

    private PartWriter begin() {
        parts++;
        if (parts > PARTS_MAX) {
            throw new IllegalArgumentException(
                    "a reading has at most %,d parts".formatted(PARTS_MAX));
        }
        return maker.make(name, stage);
    }

    @Override
    public void part(String partName) {
        requireOwner();
        if (partName.isBlank()) {
            throw new IllegalArgumentException("a part has no name");
        }
        close();
        name = partName;
    }

    @Override
    public void next(String position) {
        requireOwner();
        next = Optional.of(position);
    }

    @Override
    public void expect(long count) {
        requireOwner();
        expected = OptionalLong.of(count);
    }

    private void requireOwner() {
        if (!Thread.currentThread().equals(owner)) {
            throw new IllegalStateException("a sink is used by the thread that was given it");
        }
    }

    /// Completes what was begun. Where nothing came the first time there is still a part, which has the columns.
    Connector.Outcome end() {
        if (parts == 0 && request.position().isEmpty()) {
            part = begin();
        }
        close();
        stage.progress().rows(rows);
        return new Connector.Outcome(next, expected);
    }

    @Override
    public void close() {
        if (part != null) {
            PartWriter complete = part;
            part = null;
            complete.close();
        }
    }
}
