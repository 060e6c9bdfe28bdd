package dev.ade.cli.console;

import dev.ade.cli.console.JsonWriter.Shape;
import dev.ade.model.Wording;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/// How rows of a query are written.
public enum ResultFormat {
    TABLE("txt"),
    CSV("csv"),
    JSON("json"),
    NDJSON("ndjson", "jsonl"),
    MARKDOWN("md"),
    /// Only into a file, by the engine.
    PARQUET("parquet");

    private final String[] extensions;

    ResultFormat(String... extensions) {
        this.extensions = extensions;
    }

    /// The format that a file's name asks for.
    public static Optional<ResultFormat> ofFile(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (ResultFormat format : values()) {
            for (String extension : format.extensions) {
                if (lower.endsWith("." + extension)) {
                    return Optional.of(format);
                }
            }
        }
        return Optional.empty();
    }

    /// A writer of this format.
    ///
    /// @throws IllegalArgumentException for Parquet, which is not text
    public RowWriter writer(PrintStream out, Screen screen) {
        return switch (this) {
            case TABLE -> new TableWriter(out, screen);
            case CSV -> new CsvWriter(out);
            case JSON -> new JsonWriter(out, Shape.ARRAY);
            case NDJSON -> new JsonWriter(out, Shape.LINES);
            case MARKDOWN -> new MarkdownWriter(out);
            case PARQUET -> throw new IllegalArgumentException("Parquet is not text");
        };
    }

    /// Its word on the command line.
    public String word() {
        return Wording.of(this);
    }

    @Override
    public String toString() {
        return word();
    }
}
