package dev.ade.jinja;

import dev.ade.model.AdeException;
import dev.ade.model.Location;
import java.util.Arrays;

/// A file's text, and where its lines are.
final class Source {
    private final String file;
    private final String text;
    private final int firstLine;
    private final int[] lineStarts;

    private Source(String file, String text, int firstLine) {
        this.file = file;
        this.text = text;
        this.firstLine = firstLine;
        this.lineStarts = lineStarts(text);
    }

    /// Lines end with `\n` alone, as in Python.
    static Source of(String file, String text, int firstLine) {
        String unix =
                text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
        return new Source(file, unix, firstLine);
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[1 + (int) text.chars().filter(c -> c == '\n').count()];
        int line = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
            starts[++line] = end + 1;
        }
        return starts;
    }

    String text() {
        return text;
    }

    Location at(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        int line = found >= 0 ? found : -found - 2;
        return new Location(file, firstLine + line, offset - lineStarts[line] + 1);
    }

    AdeException error(int offset, String reason) {
        return AdeException.user(
                        "Cannot parse " + file + ": " + reason,
                        "Correct the template at this place")
                .at(at(offset));
    }

    /// Parses; what is too deep for the stack is an error of the text.
    <T> T parse(java.util.function.Supplier<T> work) {
        try {
            return work.get();
        } catch (StackOverflowError _) {
            throw error(0, "it is too deep inside itself");
        }
    }
}
