package dev.ade.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

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
    private final long[] markWords;

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

    private CsvScanner(Dialect dialect, int columns, Listener listener) {
        this.delimiter = dialect.delimiter().getBytes(StandardCharsets.UTF_8);
        this.quote = first(dialect.quote());
        this.escape = first(dialect.escape());
        this.comment = first(dialect.comment());
        this.isSingleColumn = columns == 1;
        this.listener = listener;
        this.markWords =
                IntStream.of('\n', '\r', quote, escape, comment)
                        .filter(mark -> mark != NONE)
                        .distinct()
                        .mapToLong(mark -> ONES * mark)
                        .toArray();
        this.headers = dialect.header() == Dialect.Header.PRESENT ? 1 : 0;
        this.linesToSkip = dialect.skip();
    }

    /// How many records there are, the header not among them.
    static long count(InputStream in, Dialect dialect, int columns) throws IOException {
        return new CsvScanner(dialect, columns, (_, _, _, _) -> {}).run(in);
    }

    /// Tells `listener` of each record.
    static void walk(InputStream in, Dialect dialect, int columns, Listener listener)
            throws IOException {
        new CsvScanner(dialect, columns, listener).run(in);
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
            read(buffer, from, length);
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
        int at = from;
        while (at < to) {
            int mark = mark(buffer, at, to);
            if (mark > at) {
                pass(buffer, at, mark);
            }
            if (mark < to) {
                step(buffer[mark]);
                position++;
            }
            at = mark + 1;
        }
    }

    /// The next byte that may mean something else than the value it is in, or the delimiter before it; `to` for none.
    private int mark(byte[] buffer, int from, int to) {
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long word = (long) LONGS.get(buffer, at);
            long marks = 0;
            for (long mark : markWords) {
                long zeros = word ^ mark;
                marks |= (zeros - ONES) & ~zeros & HIGHS;
            }
            if (marks != 0) {
                // Behind the first zero byte of a word there may be bits of others, before it there
                // are none.
                return at + (Long.numberOfTrailingZeros(marks) >>> 3);
            }
        }
        while (at < to && !isMark(buffer[at])) {
            at++;
        }
        return at;
    }

    private boolean isMark(byte b) {
        for (long mark : markWords) {
            if ((byte) mark == b) {
                return true;
            }
        }
        return false;
    }

    /// The same as a step for each of these bytes, none of which is a mark.
    private void pass(byte[] buffer, int from, int to) {
        isAfterReturn = false;
        if (isQuoted) {
            isEscaped = false;
        } else {
            // Of several bytes before a delimiter of one only the last can be it.
            for (int i = delimiter.length == 1 ? to - 1 : from; i < to; i++) {
                plainStep(buffer[i]);
            }
        }
        position += to - from;
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
}
