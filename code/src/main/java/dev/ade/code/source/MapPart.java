package dev.ade.code.source;

import dev.ade.model.AdeException;
import dev.ade.model.LoadSpec.Format;
import dev.ade.spi.Connector;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Rows that are maps, a JSON object a line: what types they have is found where they are loaded.
final class MapPart implements PartWriter {
    private final Path path;
    private final BufferedWriter out;

    private MapPart(Path path, BufferedWriter out) {
        this.path = path;
        this.out = out;
    }

    /// Begins files.
    record Maker() implements PartWriter.Maker {
        @Override
        public PartWriter make(String name, Connector.Stage stage) {
            Path path = stage.file(name, Format.NDJSON);
            try {
                return new MapPart(path, Files.newBufferedWriter(path));
            } catch (IOException e) {
                throw failure(path, e);
            }
        }
    }

    @Override
    public void add(Object row) {
        if (!(row instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(
                    "a row is a %s instead of a Map".formatted(row.getClass().getSimpleName()));
        }
        StringBuilder line = new StringBuilder();
        Json.write(map, line);
        try {
            out.append(line).append('\n');
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    private static AdeException failure(Path path, IOException e) {
        return AdeException.resource(
                        "Cannot stage rows in %s: %s".formatted(path, e.getMessage()),
                        "Check its permissions and the free space")
                .causedBy(e);
    }
}
