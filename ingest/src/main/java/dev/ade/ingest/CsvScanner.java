package dev.ade.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Counts and places the records of a CSV file without looking at their values: the witness that says how
/// many rows there are, independent of the engine that reads them.
///
/// Follows RFC 4180 with any delimiter, quote, escape and comment. Empty lines are no records where there is more
/// than one column. A quote that is never closed swallows the rest of the file, as the engine has it too.
final class CsvScanner {
    /// Told of each record, the header not among them.
    interface Listener {
        /// @param index from 0
        /// @param start offset of its first byte
        /// @param line physical line it starts on, from 1
        /// @param length in bytes, without its line end
        void record(long index, long start, long line, long length);
    }

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final int NONE = -1;

    private final byte[] delimiter;
    private final int quote;
    private final int escape;
    private final int comment;
    private final boolean isSingleColumn;
    private final Listener listener;
    private final boolean canSkim;

    private long headers;
    private long linesToSkip;
    private long position;
    private long line = 1;
    private long records;
    private long recordStart;
    private long recordLine = 1;
    private boolean isFieldStart = true;
    private boolean isQuoted;
    private boolean isEscaped;
    private boolean isAfterQuote;
    private boolean isComment;
    private boolean isAfterReturn;
    private int delimiterSeen;

    private CsvScanner(Dialect dialect, int columns, Listener listener, boolean canSkim) {
        this.delimiter = dialect.delimiter().getBytes(StandardCharsets.UTF_8);
        this.quote = first(dialect.quote());
        this.escape = first(dialect.escape());
        this.comment = first(dialect.comment());
        this.isSingleColumn = columns == 1;
        this.listener = listener;
        this.canSkim = canSkim && comment == NONE && !isSingleColumn;
        this.headers = dialect.header() == Dialect.Header.PRESENT ? 1 : 0;
        this.linesToSkip = dialect.skip();
    }

    /// How many records there are, the header not among them.
    static long count(InputStream in, Dialect dialect, int columns) throws IOException {
        return new CsvScanner(dialect, columns, (_, _, _, _) -> {}, true).run(in);
    }

    /// Tells `listener` of each record.
    static void walk(InputStream in, Dialect dialect, int columns, Listener listener)
            throws IOException {
        new CsvScanner(dialect, columns, listener, false).run(in);
    }

    private static int first(String text) {
        return text.isEmpty() ? NONE : text.charAt(0);
    }

    private long run(InputStream in) throws IOException {
        byte[] buffer = new byte[Contents.BUFFER_BYTES];
        int length = in.readNBytes(buffer, 0, buffer.length);
        int from = isMarked(buffer, length) ? 3 : 0;
        position = from;
        while (length > 0) {
            if (from != 0 || !skim(buffer, length)) {
                read(buffer, from, length);
            }
            from = 0;
            length = in.readNBytes(buffer, 0, buffer.length);
        }
        if (position > recordStart && !isComment && linesToSkip == 0) {
            endRecord();
        }
        return records;
    }

    /// A byte-order mark stands before the first field, not in it.
    private static boolean isMarked(byte[] buffer, int length) {
        return length >= 3
                && buffer[0] == (byte) 0xEF
                && buffer[1] == (byte) 0xBB
                && buffer[2] == (byte) 0xBF;
    }

    private void read(byte[] buffer, int from, int to) {
        for (int i = from; i < to; i++) {
            step(buffer[i]);
            position++;
        }
    }

    private void step(byte b) {
        boolean isSecondOfPair = b == '\n' && isAfterReturn;
        isAfterReturn = b == '\r';
        if (isSecondOfPair) {
            if (!isQuoted && recordStart == position) {
                recordStart = position + 1;
            }
        } else if (isQuoted) {
            quotedStep(b);
        } else if (b == '\n' || b == '\r') {
            lineEnd();
        } else {
            plainStep(b);
        }
    }

    private void quotedStep(byte b) {
        if (b == '\n' || b == '\r') {
            line++;
        }
        if (isEscaped) {
            isEscaped = false;
        } else if (b == escape && escape != quote) {
            isEscaped = true;
        } else if (b == quote) {
            isQuoted = false;
            isAfterQuote = true;
        }
    }

    private void plainStep(byte b) {
        if (linesToSkip > 0 || isComment) {
            return;
        }
        if (position == recordStart && b == comment && comment != NONE) {
            isComment = true;
        } else if (b == quote && (isFieldStart || (isAfterQuote && escape == quote))) {
            isQuoted = true;
            isAfterQuote = false;
            isFieldStart = false;
        } else {
            isAfterQuote = false;
            delimiterSeen =
                    b == delimiter[delimiterSeen] ? delimiterSeen + 1 : b == delimiter[0] ? 1 : 0;
            isFieldStart = delimiterSeen == delimiter.length;
            delimiterSeen = isFieldStart ? 0 : delimiterSeen;
        }
    }

    private void lineEnd() {
        if (linesToSkip > 0) {
            linesToSkip--;
        } else if (isComment) {
            isComment = false;
        } else if (position > recordStart || isSingleColumn) {
            endRecord();
        }
        line++;
        recordStart = position + 1;
        recordLine = line;
        isFieldStart = true;
        isAfterQuote = false;
        delimiterSeen = 0;
    }

    private void endRecord() {
        if (headers > 0) {
            headers--;
        } else {
            listener.record(records, recordStart, recordLine, position - recordStart);
            records++;
        }
    }

    /// Counts eight bytes at a time where a block has neither quotes nor carriage returns.
    private boolean skim(byte[] buffer, int length) {
        if (!canSkim || isQuoted || linesToSkip > 0 || headers > 0 || isAfterReturn) {
            return false;
        }
        int words = length & ~7;
        for (int i = 0; i < words; i += 8) {
            long word = (long) LONGS.get(buffer, i);
            if ((zeros(word ^ (ONES * '\r'))
                            | (quote == NONE ? 0 : zeros(word ^ (ONES * (quote & 0xff)))))
                    != 0) {
                return false;
            }
        }
        boolean wasLineStart = position == recordStart;
        long before = wasLineStart ? 1L << 7 : 0;
        int lastEnd = NONE;
        for (int i = 0; i < words; i += 8) {
            long word = (long) LONGS.get(buffer, i);
            long ends = zeros(word ^ (ONES * '\n'));
            records += Long.bitCount(ends & ~((ends << 8) | before));
            line += Long.bitCount(ends);
            before = ends >>> 56;
            lastEnd = ends == 0 ? lastEnd : i + 7 - (Long.numberOfLeadingZeros(ends) >>> 3);
        }
        position += words;
        if (lastEnd != NONE) {
            recordStart = position - words + lastEnd + 1;
            recordLine = line;
        }
        isAfterQuote = false;
        isFieldStart = recordStart == position;
        delimiterSeen = 0;
        if (!isFieldStart) {
            resumeField(buffer, words);
        }
        read(buffer, words, length);
        return true;
    }

    /// Whether the byte before `end` closes a delimiter.
    private void resumeField(byte[] buffer, int end) {
        int start = end - delimiter.length;
        boolean same = start >= 0;
        for (int i = 0; same && i < delimiter.length; i++) {
            same = buffer[start + i] == delimiter[i];
        }
        isFieldStart = same;
    }

    /// The high bit of each byte of `word` that is zero; exact for all bytes.
    private static long zeros(long word) {
        return ~(((word & ~HIGHS) + ~HIGHS) | word) & HIGHS;
    }
}
