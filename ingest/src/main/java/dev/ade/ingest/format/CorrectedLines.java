package dev.ade.ingest.format;

import dev.ade.spi.Correction;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Copies a text with other lines in the place of some; every other byte stays, and so does each line end. Used once.
public final class CorrectedLines {
    private static final int END = -1;

    private final BufferedInputStream in;
    private final OutputStream out;
    private final Charset charset;
    private final Deque<Correction> rest;
    private final Places places = new Places();
    private long line = 1;
    private long copied = 1;

    private CorrectedLines(
            InputStream in, OutputStream out, Charset charset, List<Correction> corrections) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.out = out;
        this.charset = charset;
        this.rest = new ArrayDeque<>(corrections);
    }

    /// @param out buffered by whoever gives it
    /// @param charset of the text, in which a line end is one byte
    /// @param corrections by line, rising
    public static Places copy(
            InputStream in, OutputStream out, Charset charset, List<Correction> corrections)
            throws IOException {
        CorrectedLines lines = new CorrectedLines(in, out, charset, corrections);
        boolean isMore = true;
        while (isMore) {
            isMore = lines.next();
        }
        return lines.places;
    }

    /// Whether there is a line behind.
    private boolean next() throws IOException {
        Correction correction = rest.peek();
        places.add(copied, line);
        if (correction == null || correction.line() != line) {
            copied++;
            line++;
            return pass(out);
        }
        rest.remove();
        out.write(correction.text().getBytes(charset));
        for (long i = 1; i < correction.lines(); i++) {
            pass(OutputStream.nullOutputStream());
        }
        boolean isMore = end();
        copied += lineEnds(correction.text()) + 1;
        line += correction.lines();
        return isMore;
    }

    /// The end of the row's last line stays as it is in the file.
    private boolean end() throws IOException {
        int b = in.read();
        while (b != END && b != '\n' && b != '\r') {
            b = in.read();
        }
        return end(b, out);
    }

    private boolean pass(OutputStream to) throws IOException {
        int b = in.read();
        while (b != END && b != '\n' && b != '\r') {
            to.write(b);
            b = in.read();
        }
        return end(b, to);
    }

    private boolean end(int b, OutputStream to) throws IOException {
        if (b == END) {
            return false;
        }
        to.write(b);
        if (b == '\r') {
            in.mark(1);
            int second = in.read();
            if (second == '\n') {
                to.write(second);
            } else {
                in.reset();
            }
        }
        return true;
    }

    /// Line ends of a text: `\n`, `\r\n` or `\r`.
    public static long lineEnds(String text) {
        long ends = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean isSecond = text.charAt(i) == '\n' && i > 0 && text.charAt(i - 1) == '\r';
            if (!isSecond && (text.charAt(i) == '\n' || text.charAt(i) == '\r')) {
                ends++;
            }
        }
        return ends;
    }
}
