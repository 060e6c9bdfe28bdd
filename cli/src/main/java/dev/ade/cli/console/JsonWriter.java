package dev.ade.cli.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.ade.model.Schema;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows as JSON objects: one array of them, or one a line.
public final class JsonWriter implements RowWriter {
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .build();

    private final PrintStream out;
    private final JsonGenerator json;
    private final Shape shape;
    private List<String> names = List.of();
    private long rows;

    public enum Shape {
        ARRAY,
        LINES
    }

    public JsonWriter(PrintStream out, Shape shape) {
        this.out = out;
        this.shape = shape;
        try {
            json = FACTORY.createGenerator(out);
            json.setPrettyPrinter(new MinimalPrettyPrinter(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void begin(Schema schema) {
        names = schema.names();
        if (shape == Shape.ARRAY) {
            raw("[");
        }
    }

    @Override
    public void row(List<@Nullable Object> values) {
        raw(separator());
        rows++;
        try {
            json.writeStartObject();
            for (int i = 0; i < names.size(); i++) {
                json.writeFieldName(names.get(i));
                JsonValues.write(json, values.get(i));
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String separator() {
        return switch (shape) {
            case ARRAY -> rows == 0 ? "\n" : ",\n";
            case LINES -> rows == 0 ? "" : "\n";
        };
    }

    @Override
    public void end(long all, Cut cut) {
        raw(shape == Shape.ARRAY ? "\n]\n" : rows == 0 ? "" : "\n");
        try {
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.flush();
    }

    private void raw(String text) {
        try {
            json.writeRaw(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
