package dev.ade.ingest;

import dev.ade.model.LoadSpec.Format;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/// Puts quotes around numbers of a JSON file that have more digits than a double keeps: the engine reads numbers as
/// doubles, and texts as they are. Only in members of the rows that are asked for; all else stays byte for byte.
final class ExactNumbers {
    /// Digits that a double always keeps.
    private static final int SAFE_DIGITS = 15;

    private static final int KEY_BYTES_MAX = 4_096;

    private final Set<String> members;
    private final boolean isByLine;
    private final OutputStream out;
    private byte[] token = new byte[64];
    private int tokenLength;
    private long quoted;
    private int depth;
    private int rowDepth;
    private boolean isStarted;
    private boolean isText;
    private boolean isEscaped;
    private boolean isKey;
    private boolean isNumber;
    private boolean isWanted;

    private ExactNumbers(Wanted wanted, OutputStream out) {
        this.members = wanted.members();
        this.isByLine = wanted.format() == Format.NDJSON;
        this.out = out;
    }

    /// @param members lower-case names of columns
    record Wanted(Format format, Set<String> members) {
        Wanted {
            members = Set.copyOf(members);
        }
    }

    static boolean hasLong(InputStream in, Wanted wanted) throws IOException {
        ExactNumbers numbers = new ExactNumbers(wanted, OutputStream.nullOutputStream());
        byte[] buffer = new byte[Contents.BUFFER_BYTES];
        for (int n = in.read(buffer); n >= 0 && numbers.quoted == 0; n = in.read(buffer)) {
            numbers.take(buffer, n);
        }
        numbers.endNumber();
        return numbers.quoted > 0;
    }

    static void copy(InputStream in, OutputStream target, Wanted wanted) throws IOException {
        OutputStream out = new BufferedOutputStream(target, Contents.BUFFER_BYTES);
        ExactNumbers numbers = new ExactNumbers(wanted, out);
        byte[] buffer = new byte[Contents.BUFFER_BYTES];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            numbers.take(buffer, n);
        }
        numbers.endNumber();
        out.flush();
    }

    private void take(byte[] bytes, int length) throws IOException {
        for (int i = 0; i < length; i++) {
            step(bytes[i]);
        }
    }

    private void step(byte b) throws IOException {
        if (isByLine && b == '\n') {
            endNumber();
            beginLine();
            out.write(b);
        } else if (isText) {
            textStep(b);
            out.write(b);
        } else if (isNumber && isOfNumber(b)) {
            keep(b);
        } else {
            endNumber();
            plainStep(b);
        }
    }

    /// Whatever was wrong with the line before.
    private void beginLine() {
        depth = 0;
        tokenLength = 0;
        isText = false;
        isEscaped = false;
        isKey = false;
        isWanted = false;
    }

    private void textStep(byte b) {
        if (isEscaped) {
            isEscaped = false;
        } else if (b == '\\') {
            isEscaped = true;
        } else if (b == '"') {
            endText();
            return;
        }
        if (isKey && tokenLength < KEY_BYTES_MAX) {
            keep(b);
        }
    }

    private void endText() {
        isText = false;
        if (isKey) {
            String name = new String(token, 0, tokenLength, StandardCharsets.UTF_8);
            isWanted = members.contains(Expected.lower(name));
            isKey = false;
            tokenLength = 0;
        }
    }

    private void plainStep(byte b) throws IOException {
        if (isWanted && (b == '-' || (b >= '0' && b <= '9'))) {
            isNumber = true;
            keep(b);
            return;
        }
        switch (b) {
            case '"' -> isText = true;
            case '{', '[' -> open(b);
            case '}', ']' -> close();
            case ',' -> next();
            default -> {}
        }
        out.write(b);
    }

    private void open(byte b) {
        rowDepth = !isStarted && b == '[' ? 1 : rowDepth;
        isStarted = true;
        depth++;
        next();
        isKey &= b == '{';
    }

    private void close() {
        depth--;
        isWanted &= depth > rowDepth + 1;
        isKey = false;
    }

    /// What follows may be the name of a member of a row.
    private void next() {
        if (depth == rowDepth + 1) {
            isWanted = false;
            isKey = true;
            tokenLength = 0;
        }
    }

    private void endNumber() throws IOException {
        if (!isNumber) {
            return;
        }
        isNumber = false;
        boolean isLong = isLong();
        if (isLong) {
            quoted++;
            out.write('"');
        }
        out.write(token, 0, tokenLength);
        if (isLong) {
            out.write('"');
        }
        tokenLength = 0;
    }

    /// The engine keeps whole numbers as they are.
    private boolean isLong() {
        int digits = 0;
        boolean isFraction = false;
        for (int i = 0; i < tokenLength; i++) {
            byte b = token[i];
            isFraction |= b == '.' || b == 'e' || b == 'E';
            digits += b >= '0' && b <= '9' ? 1 : 0;
        }
        return isFraction && digits > SAFE_DIGITS;
    }

    private static boolean isOfNumber(byte b) {
        return (b >= '0' && b <= '9') || b == '.' || b == '-' || b == '+' || b == 'e' || b == 'E';
    }

    private void keep(byte b) {
        if (tokenLength == token.length) {
            token = Arrays.copyOf(token, 2 * tokenLength);
        }
        token[tokenLength++] = b;
    }
}
