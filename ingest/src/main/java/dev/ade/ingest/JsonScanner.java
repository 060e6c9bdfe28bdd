package dev.ade.ingest;

import java.io.IOException;
import java.io.InputStream;

/// Counts and places the rows of a JSON file: the elements of a top-level array, or else the top-level
/// values. Only follows brackets and quotes; what is malformed is for the engine to say.
final class JsonScanner {
    /// Told of each row.
    interface Listener {
        /// @param index from 0
        /// @param line physical line it starts on, from 1
        void row(long index, long line);
    }

    private final Listener listener;
    private long rows;
    private long line = 1;
    private int depth;
    private int rowDepth;
    private boolean isStarted;
    private boolean isText;
    private boolean isEscaped;
    private boolean isScalar;

    private JsonScanner(Listener listener) {
        this.listener = listener;
    }

    static long walk(InputStream in, Listener listener) throws IOException {
        JsonScanner scanner = new JsonScanner(listener);
        byte[] buffer = new byte[Contents.BUFFER_BYTES];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            for (int i = 0; i < n; i++) {
                scanner.step(buffer[i]);
            }
        }
        return scanner.rows;
    }

    /// Lines that are not blank: the rows of newline-delimited JSON.
    static long countLines(InputStream in) throws IOException {
        byte[] buffer = new byte[Contents.BUFFER_BYTES];
        long lines = 0;
        boolean isBlank = true;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            for (int i = 0; i < n; i++) {
                if (buffer[i] == '\n') {
                    lines += isBlank ? 0 : 1;
                    isBlank = true;
                } else {
                    isBlank &= isSpace(buffer[i]);
                }
            }
        }
        return isBlank ? lines : lines + 1;
    }

    private void step(byte b) {
        line += b == '\n' ? 1 : 0;
        if (isText) {
            textStep(b);
        } else if (b == '{' || b == '[') {
            open(b);
        } else if (b == '}' || b == ']') {
            depth--;
            isScalar = false;
        } else if (b == ',' || b == ':' || isSpace(b)) {
            isScalar = false;
        } else {
            scalar(b);
        }
    }

    private void textStep(byte b) {
        if (isEscaped) {
            isEscaped = false;
        } else if (b == '\\') {
            isEscaped = true;
        } else if (b == '"') {
            isText = false;
        }
    }

    private void open(byte b) {
        if (!isStarted && b == '[') {
            rowDepth = 1;
        } else if (depth == rowDepth) {
            row();
        }
        isStarted = true;
        depth++;
    }

    private void scalar(byte b) {
        // a byte-order mark is no value
        if (depth == rowDepth && !isScalar && (b & 0x80) == 0) {
            row();
        }
        isScalar = (b & 0x80) == 0;
        isStarted |= isScalar;
        isText = b == '"';
    }

    private void row() {
        listener.row(rows, line);
        rows++;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }
}
