package dev.ade.ingest.singer;

import dev.ade.spi.Connector;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The messages of one stream: its rows go to the stage, its last state becomes the position. Those of other streams are
/// passed over.
final class SingerReading implements AutoCloseable {
    private static final int ROWS_BETWEEN_SIGNS = 1_000;
    private static final int STATE_CHARS_MAX = 1 << 20;

    private final Tap tap;
    private final String stream;
    private final Connector.Request request;
    private final Connector.Stage stage;
    private List<SingerColumn> columns;
    private Connector.@Nullable Rows part;
    private int parts;
    private long rows;
    private Optional<String> state;

    /// @param schema of the catalog, until the tap says another
    SingerReading(
            Tap tap,
            String stream,
            Connector.Request request,
            Connector.Stage stage,
            Map<?, ?> schema) {
        this.tap = tap;
        this.stream = stream;
        this.request = request;
        this.stage = stage;
        this.columns = SingerColumn.of(schema);
        this.state = request.position();
    }

    void line(long number, String text) {
        if (text.isBlank()) {
            return;
        }
        try {
            message(Json.object(text));
        } catch (IOException e) {
            throw tap.failure(
                    "line %d of what %s prints is no Singer message".formatted(number, tap.name()),
                    "Taps write messages to stdout and everything else to stderr");
        } catch (IllegalArgumentException e) {
            throw tap.failure(
                    "line %d of %s: %s".formatted(number, tap.name(), e.getMessage()),
                    "Nothing was published. Mend the schema that the tap gives, or the tap");
        }
    }

    private void message(Map<String, @Nullable Object> message) throws IOException {
        boolean isOurs = stream.equals(message.get("stream"));
        switch (String.valueOf(message.get("type"))) {
            case "SCHEMA" -> {
                if (isOurs) {
                    schema(Json.member(message, "schema"));
                }
            }
            case "RECORD" -> {
                if (isOurs) {
                    row(Json.member(message, "record"));
                }
            }
            case "BATCH" -> {
                if (isOurs) {
                    batch(message);
                }
            }
            case "STATE" -> state(message.get("value"));
            // ACTIVATE_VERSION asks to delete what was there before, which no tap decides here.
            default -> {}
        }
    }

    private void schema(Map<?, ?> schema) {
        List<SingerColumn> next = SingerColumn.of(schema);
        if (next.isEmpty()) {
            throw new IllegalArgumentException("the schema of %s has no columns".formatted(stream));
        }
        if (!next.equals(columns)) {
            close();
            columns = next;
        }
    }

    private void row(Map<?, ?> row) {
        if (part == null) {
            part = begin();
        }
        List<@Nullable Object> values = new ArrayList<>(columns.size());
        for (SingerColumn column : columns) {
            values.add(column.value(row));
        }
        part.add(values);
        rows++;
        if (rows % ROWS_BETWEEN_SIGNS == 0) {
            stage.progress().rows(rows);
        }
    }

    private Connector.Rows begin() {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException(
                    "no schema of %s came before its rows".formatted(stream));
        }
        parts++;
        String name = parts == 1 ? stream : "%s, schema %d".formatted(stream, parts);
        return stage.rows(name, SingerColumn.schema(columns));
    }

    /// Rows in files of JSON lines.
    private void batch(Map<String, @Nullable Object> message) throws IOException {
        Map<?, ?> encoding = Json.member(message, "encoding");
        Tap.Packing packing =
                "gzip".equals(encoding.get("compression")) ? Tap.Packing.GZIP : Tap.Packing.NONE;
        if (!"jsonl".equals(encoding.get("format"))) {
            throw new IllegalArgumentException(
                    "batches are read as jsonl, was " + encoding.get("format"));
        }
        for (Object name : Json.list(message, "manifest")) {
            URI uri = URI.create(String.valueOf(name));
            if (!"file".equals(uri.getScheme())) {
                throw new IllegalArgumentException(
                        "batches are read from files, was " + uri.getScheme());
            }
            tap.read(Path.of(uri), packing, (_, line) -> row(Json.object(line)));
        }
    }

    private void state(@Nullable Object value) {
        String text = Json.text(value);
        if (text.length() > STATE_CHARS_MAX) {
            throw new IllegalArgumentException(
                    "its state is longer than %,d characters".formatted(STATE_CHARS_MAX));
        }
        state = Optional.of(text);
    }

    /// Completes what was begun. Where nothing came the first time there is still a part, which has the columns.
    Connector.Outcome end() {
        if (parts == 0 && request.position().isEmpty()) {
            part = begin();
        }
        close();
        stage.progress().rows(rows);
        return new Connector.Outcome(state, OptionalLong.of(rows));
    }

    @Override
    public void close() {
        if (part != null) {
            Connector.Rows complete = part;
            part = null;
            complete.close();
        }
    }
}
