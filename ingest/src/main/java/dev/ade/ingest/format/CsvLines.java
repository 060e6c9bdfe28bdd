package dev.ade.ingest.format;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes CSV with a header, everything that holds something in quotes; what is missing is empty.
final class CsvLines implements Closeable {
    private final BufferedWriter out;
    private long line = 1;

    /// @param charset that the copy is read in
    CsvLines(Path file, List<String> names, Charset charset) throws IOException {
        this.out = Files.newBufferedWriter(file, charset);
        write(names);
    }

    /// Where the next row begins, from 1.
    long line() {
        return line;
    }

    void write(List<? extends @Nullable String> values) throws IOException {
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            String value = values.get(i);
            if (value != null) {
                line += value.chars().filter(c -> c == '\n').count();
                out.write('"');
                out.write(value.replace("\"", "\"\""));
                out.write('"');
            }
        }
        out.write('\n');
        line++;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
