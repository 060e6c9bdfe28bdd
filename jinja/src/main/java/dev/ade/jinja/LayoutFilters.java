package dev.ade.jinja;

import dev.ade.jinja.Filters.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Filters that lay text out: width, lines, words.
final class LayoutFilters {
    private static final Pattern WORD = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern CHUNK =
            Pattern.compile(
                    "\\s+|[^\\s-]*[^\\s\\W\\d]-+(?=[^\\s\\W\\d])|\\S+?(?:(?<=[\\p{L}]{2})-(?=\\p{L}{2}))|\\S+");

    private LayoutFilters() {}

    static Map<String, Filter> all() {
        return Map.of(
                "center", (_, input, given) -> center(input, given),
                "indent", (_, input, given) -> indent(input, given),
                "truncate", (_, input, given) -> truncate(input, given),
                "wordcount", (_, input, given) -> count(input, given),
                "wordwrap", (_, input, given) -> wrap(input, given),
                "pprint", (_, input, given) -> pretty(input, given));
    }

    private static Object center(Object input, Arguments given) {
        given.allow("width");
        String text = Python.text(input);
        Object center = StringMethods.find(text, "center");
        return Evaluator.call(center, Arguments.of(given.get(0, "width", 80L)));
    }

    private static Object indent(Object input, Arguments given) {
        given.allow("width", "first", "blank");
        Object width = given.get(0, "width", 4L);
        String space = width instanceof String text ? text : " ".repeat(size(Numbers.index(width)));
        boolean first = Python.isTrue(given.get(1, "first", false));
        boolean blank = Python.isTrue(given.get(2, "blank", false));
        StringBuilder out = new StringBuilder();
        boolean isFirst = true;
        for (Object line : StringSearch.lines(Python.text(input) + "\n", false)) {
            if (!isFirst) {
                out.append('\n');
            }
            boolean indented = isFirst ? first : blank || !line.equals("");
            out.append(indented ? space : "").append(line);
            Budget.checkGrowing(out.length());
            isFirst = false;
        }
        Budget.spendText(out.length());
        return out.toString();
    }

    private static int size(int width) {
        Budget.spendText(width);
        return Math.max(width, 0);
    }

    private static Object truncate(Object input, Arguments given) {
        given.allow("length", "killwords", "end", "leeway");
        String text = Python.text(input);
        int length = Numbers.index(given.get(0, "length", 255L));
        String end = Python.text(given.get(2, "end", "..."));
        Object slack = given.get(3, "leeway", None.NONE);
        long leeway = slack == None.NONE ? 5 : Numbers.index(slack);
        if (length < Strings.length(end) || leeway < 0) {
            throw new Problem("expected length >= " + Strings.length(end) + ", got " + length);
        }
        if (Strings.length(text) <= length + leeway) {
            return text;
        }
        String cut = Strings.slice(text, 0, length - Strings.length(end));
        int space = cut.lastIndexOf(' ');
        boolean whole = !Python.isTrue(given.get(1, "killwords", false)) && space >= 0;
        return (whole ? cut.substring(0, space) : cut) + end;
    }

    private static Object count(Object input, Arguments given) {
        given.allow();
        return WORD.matcher(Python.text(input)).results().count();
    }

    private static Object wrap(Object input, Arguments given) {
        given.allow("width", "break_long_words", "wrapstring", "break_on_hyphens");
        int width = Numbers.index(given.get(0, "width", 79L));
        if (width <= 0) {
            throw new Problem("invalid width " + width + " (must be > 0)");
        }
        boolean breaks = Python.isTrue(given.get(1, "break_long_words", true));
        Object wrap = given.get(2, "wrapstring", None.NONE);
        String end = wrap == None.NONE ? "\n" : Python.text(wrap);
        boolean hyphens = Python.isTrue(given.get(3, "break_on_hyphens", true));
        List<String> lines = new ArrayList<>();
        for (Object line : StringSearch.lines(Python.text(input), false)) {
            List<String> wrapped = new Wrap(width, breaks).lines(chunks((String) line, hyphens));
            lines.add(String.join(end, wrapped));
        }
        Budget.spend(lines.size());
        return String.join(end, lines);
    }

    private static List<String> chunks(String line, boolean hyphens) {
        Pattern pattern = hyphens ? CHUNK : Pattern.compile("\\s+|\\S+");
        Matcher matcher = pattern.matcher(line);
        List<String> chunks = new ArrayList<>();
        while (matcher.find()) {
            chunks.add(matcher.group());
        }
        return chunks;
    }

    /// Fills lines with chunks.
    private record Wrap(int width, boolean breaks) {
        List<String> lines(List<String> chunks) {
            List<String> lines = new ArrayList<>();
            StringBuilder line = new StringBuilder();
            for (String whole : chunks) {
                String chunk = whole;
                if (line.length() + chunk.length() > width) {
                    if (chunk.length() > width) {
                        chunk = broken(chunk, line, lines);
                    } else {
                        end(line, lines);
                    }
                }
                if (!(line.isEmpty() && !lines.isEmpty() && chunk.isBlank())) {
                    line.append(chunk);
                }
            }
            end(line, lines);
            return lines;
        }

        private String broken(String chunk, StringBuilder line, List<String> lines) {
            if (!breaks) {
                end(line, lines);
                return chunk;
            }
            String rest = chunk;
            while (line.length() + rest.length() > width) {
                int cut = width - line.length();
                line.append(rest, 0, cut);
                if (cut == 0) {
                    // Python cuts an empty piece off, and drops that instead of the space before.
                    lines.add(line.toString());
                    line.setLength(0);
                }
                end(line, lines);
                rest = rest.substring(cut);
            }
            return rest;
        }

        private static void end(StringBuilder line, List<String> lines) {
            String text = Python.stripRight(line.toString());
            if (!text.isEmpty()) {
                lines.add(text);
            }
            line.setLength(0);
        }
    }

    private static Object pretty(Object input, Arguments given) {
        given.allow();
        return Pretty.of(input);
    }
}
