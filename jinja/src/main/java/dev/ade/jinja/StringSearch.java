package dev.ade.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Methods of Python's `str` that look for a part, cut and join.
final class StringSearch {
    private StringSearch() {}

    static Object find(String text, String name) {
        return switch (name) {
            case "find", "index", "rfind", "rindex" -> (Callable) given -> place(text, given, name);
            case "count" -> (Callable) given -> count(text, given);
            case "split" -> (Callable) given -> split(text, given);
            case "rsplit" -> (Callable) given -> splitFromRight(text, given);
            case "splitlines" -> (Callable) given -> lines(text, given);
            case "partition" -> (Callable) given -> partition(text, given, false);
            case "rpartition" -> (Callable) given -> partition(text, given, true);
            case "join" -> (Callable) given -> join(text, given);
            default -> Undefined.attribute(text, name);
        };
    }

    /// The part of the text between the second and third argument.
    static String part(String text, Arguments given) {
        if (given.positional().size() < 2) {
            return text;
        }
        return (String)
                Slices.slice(
                        text,
                        given.get(1, "start", None.NONE),
                        given.get(2, "end", None.NONE),
                        None.NONE);
    }

    private static Object place(String text, Arguments given, String name) {
        given.allow("sub", "start", "end");
        String wanted = StringMethods.string(given.require(0, "sub"));
        String part = part(text, given);
        int found = name.startsWith("r") ? part.lastIndexOf(wanted) : part.indexOf(wanted);
        if (found < 0) {
            if (name.endsWith("index")) {
                throw new Problem("substring not found");
            }
            return -1L;
        }
        return start(text, given) + part.codePointCount(0, found);
    }

    private static long start(String text, Arguments given) {
        Object start = given.get(1, "start", None.NONE);
        if (start == None.NONE) {
            return 0;
        }
        long index = Numbers.index(start);
        return index < 0 ? Math.max(0, index + Strings.length(text)) : index;
    }

    private static Object count(String text, Arguments given) {
        given.allow("sub", "start", "end");
        String wanted = StringMethods.string(given.require(0, "sub"));
        String part = part(text, given);
        if (wanted.isEmpty()) {
            return Strings.length(part) + 1L;
        }
        long count = 0;
        for (int i = part.indexOf(wanted); i >= 0; i = part.indexOf(wanted, i + wanted.length())) {
            count++;
        }
        return count;
    }

    private static List<Object> split(String text, Arguments given) {
        given.allow("sep", "maxsplit");
        int most = Numbers.index(given.get(1, "maxsplit", -1L));
        Object separator = given.get(0, "sep", None.NONE);
        List<Object> parts =
                separator == None.NONE
                        ? words(text, most)
                        : split(text, separator(separator), most);
        Budget.spend(parts.size());
        return parts;
    }

    private static String separator(Object value) {
        String separator = StringMethods.string(value);
        if (separator.isEmpty()) {
            throw new Problem("empty separator");
        }
        return separator;
    }

    private static List<Object> split(String text, String separator, int most) {
        List<Object> parts = new ArrayList<>();
        int position = 0;
        for (int found = text.indexOf(separator);
                found >= 0 && (most < 0 || parts.size() < most);
                found = text.indexOf(separator, position)) {
            parts.add(text.substring(position, found));
            position = found + separator.length();
        }
        parts.add(text.substring(position));
        return parts;
    }

    static List<Object> words(String text, int most) {
        List<Object> words = new ArrayList<>();
        int start = space(text, 0, true);
        while (start < text.length() && (most < 0 || words.size() < most)) {
            int end = space(text, start, false);
            words.add(text.substring(start, end));
            start = space(text, end, true);
        }
        if (start < text.length()) {
            words.add(text.substring(start));
        }
        return words;
    }

    /// Where the run of spaces, or of others, ends.
    private static int space(String text, int start, boolean isSpace) {
        int end = start;
        while (end < text.length() && Python.isSpace(text.charAt(end)) == isSpace) {
            end++;
        }
        return end;
    }

    private static Object splitFromRight(String text, Arguments given) {
        given.allow("sep", "maxsplit");
        int most = Numbers.index(given.get(1, "maxsplit", -1L));
        Object separator = given.get(0, "sep", None.NONE);
        String reversed = reversed(text);
        List<Object> parts =
                separator == None.NONE
                        ? words(reversed, most)
                        : split(reversed, reversed(separator(separator)), most);
        parts.replaceAll(part -> reversed((String) part));
        Collections.reverse(parts);
        Budget.spend(parts.size());
        return parts;
    }

    private static String reversed(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    private static List<Object> lines(String text, Arguments given) {
        given.allow("keepends");
        return lines(text, Python.isTrue(given.get(0, "keepends", false)));
    }

    static List<Object> lines(String text, boolean keepEnds) {
        List<Object> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (!isLineEnd(text.charAt(i))) {
                continue;
            }
            int end = i;
            if (text.charAt(i) == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                i++;
            }
            lines.add(text.substring(start, keepEnds ? i + 1 : end));
            start = i + 1;
        }
        if (start < text.length()) {
            lines.add(text.substring(start));
        }
        Budget.spend(lines.size());
        return lines;
    }

    private static boolean isLineEnd(char c) {
        return switch (c) {
            case '\n', '\r', 0x0b, 0x0c, 0x1c, 0x1d, 0x1e, 0x85, 0x2028, 0x2029 -> true;
            default -> false;
        };
    }

    private static Object partition(String text, Arguments given, boolean last) {
        given.allow("sep");
        String separator = separator(given.require(0, "sep"));
        int found = last ? text.lastIndexOf(separator) : text.indexOf(separator);
        if (found < 0) {
            return last ? Tuple.of("", "", text) : Tuple.of(text, "", "");
        }
        return Tuple.of(
                text.substring(0, found), separator, text.substring(found + separator.length()));
    }

    private static Object join(String separator, Arguments given) {
        given.allow("iterable");
        StringBuilder out = new StringBuilder();
        String between = "";
        int place = 0;
        for (Object item : Python.items(given.require(0, "iterable"))) {
            if (!(item instanceof String part)) {
                throw new Problem(
                        "sequence item %d: expected str instance, %s found"
                                .formatted(place, Python.typeName(item)));
            }
            out.append(between).append(part);
            Budget.checkGrowing(out.length());
            between = separator;
            place++;
        }
        Budget.spendText(out.length());
        return out.toString();
    }
}
