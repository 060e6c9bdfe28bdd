package dev.ade.jinja;

import java.util.ArrayList;
import java.util.List;

/// Strings as Python sees them: rows of code points.
final class Strings {
    private Strings() {}

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    static boolean isSimple(String text) {
        return length(text) == text.length();
    }

    static List<Object> letters(String text) {
        Budget.spend(text.length());
        List<Object> letters = new ArrayList<>(text.length());
        text.codePoints().forEach(letter -> letters.add(Character.toString(letter)));
        return letters;
    }

    /// From one letter up to another, both within the text.
    static String slice(String text, int start, int end) {
        if (start >= end) {
            return "";
        }
        if (isSimple(text)) {
            return text.substring(start, end);
        }
        int from = text.offsetByCodePoints(0, start);
        return text.substring(from, text.offsetByCodePoints(from, end - start));
    }

    static int compare(String left, String right) {
        if (isSimple(left) && isSimple(right)) {
            return left.compareTo(right);
        }
        return java.util.Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());
    }
}
