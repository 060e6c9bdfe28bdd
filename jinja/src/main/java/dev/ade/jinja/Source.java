package dev.ade.jinja;

import dev.ade.model.AdeException;
import dev.ade.model.Location;

/// A file's text, and where its lines are.
record Source(String file, String text, int firstLine) {
    /// Lines end with `\n` alone, as in Python.
    static Source of(String file, String text, int firstLine) {
        String unix =
                text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
        return new Source(file, unix, firstLine);
    }

    Location at(int offset) {
        int line = firstLine;
        int start = 0;
        for (int next = text.indexOf('\n'); next >= 0 && next < offset; ) {
            line++;
            start = next + 1;
            next = text.indexOf('\n', start);
        }
        return new Location(file, line, offset - start + 1);
    }

    AdeException error(int offset, String reason) {
        return AdeException.user(
                        "Cannot parse " + file + ": " + reason,
                        "Correct the template at this place")
                .at(at(offset));
    }
}
