package dev.ade.jinja;

import dev.ade.jinja.Filters.Filter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Filters that give a string with other letters.
final class TextFilters {
    private static final Pattern TITLE_WORD = Pattern.compile("[^-\\s({\\[<]+");
    private static final Pattern TAG = Pattern.compile("<!--.*?-->|<[^>]*>", Pattern.DOTALL);
    private static final Pattern ATTRIBUTE_END = Pattern.compile("[\\s/>=]");

    private TextFilters() {}

    static Map<String, Filter> all() {
        return Map.ofEntries(
                plain("upper", StringMethods::upper),
                plain("lower", StringMethods::lower),
                plain("capitalize", StringMethods::capitalize),
                plain("title", TextFilters::title),
                plain("string", text -> text),
                plain("safe", text -> text),
                plain("escape", TextFilters::escaped),
                plain("e", TextFilters::escaped),
                plain("forceescape", TextFilters::escaped),
                plain("striptags", TextFilters::withoutTags),
                Map.entry("trim", (_, input, given) -> trim(input, given)),
                Map.entry("replace", (_, input, given) -> replace(input, given)),
                Map.entry("format", (_, input, given) -> format(input, given)),
                Map.entry("urlencode", (_, input, given) -> urlEncoded(input, given)),
                Map.entry("xmlattr", (_, input, given) -> attributes(input, given)),
                Map.entry("tojson", (_, input, given) -> json(input, given)));
    }

    private static Map.Entry<String, Filter> plain(String name, UnaryOperator<String> change) {
        return Map.entry(
                name,
                (_, input, given) -> {
                    given.allow();
                    String text = change.apply(Python.text(input));
                    Budget.spendText(text.length());
                    return text;
                });
    }

    private static String title(String text) {
        return TITLE_WORD
                .matcher(text)
                .replaceAll(word ->
                        java.util.regex.Matcher.quoteReplacement(
                                StringMethods.capitalize(word.group())));
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace(">", "&gt;")
                .replace("<", "&lt;")
                .replace("'", "&#39;")
                .replace("\"", "&#34;");
    }

    private static String withoutTags(String text) {
        String plain = TAG.matcher(text).replaceAll("");
        List<String> words = new ArrayList<>();
        StringSearch.words(plain, -1).forEach(word -> words.add((String) word));
        return String.join(" ", words)
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&nbsp;", "\u00a0")
                .replace("&amp;", "&");
    }

    private static Object trim(Object input, Arguments given) {
        given.allow("chars");
        return StringMethods.strip(
                Python.text(input), given.get(0, "chars", None.NONE), true, true);
    }

    private static Object replace(Object input, Arguments given) {
        given.allow("old", "new", "count");
        Object count = given.get(2, "count", None.NONE);
        return StringMethods.replace(
                Python.text(input),
                Python.text(given.require(0, "old")),
                Python.text(given.require(1, "new")),
                count == None.NONE ? -1 : Numbers.index(count));
    }

    private static Object format(Object input, Arguments given) {
        if (!given.positional().isEmpty() && !given.named().isEmpty()) {
            throw new Problem("can't handle positional and keyword arguments at the same time");
        }
        Object values = given.named().isEmpty() ? new Tuple(given.positional()) : given.named();
        return Percent.format(Python.text(input), values);
    }

    private static Object urlEncoded(Object input, Arguments given) {
        given.allow();
        if (input instanceof String || !Python.isIterable(input)) {
            return quoted(Python.text(input), "/");
        }
        List<Object> pairs =
                input instanceof Map<?, ?> map ? DictMethods.pairs(map) : Python.items(input);
        List<String> parts = new ArrayList<>();
        for (Object pair : pairs) {
            List<Object> items = Python.items(pair);
            if (items.size() != 2) {
                throw new Problem("urlencode needs pairs, was " + items.size() + " items");
            }
            parts.add(query(items.getFirst()) + "=" + query(items.getLast()));
        }
        return String.join("&", parts);
    }

    private static String query(Object value) {
        return quoted(Python.text(value), "").replace("%20", "+");
    }

    private static String quoted(String text, String safe) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain =
                    (b >= 'a' && b <= 'z')
                            || (b >= 'A' && b <= 'Z')
                            || (b >= '0' && b <= '9')
                            || "_.-~".indexOf(b) >= 0
                            || safe.indexOf(b) >= 0;
            out.append(plain ? String.valueOf((char) b) : String.format("%%%02X", b));
        }
        Budget.spendText(out.length());
        return out.toString();
    }

    private static Object attributes(Object input, Arguments given) {
        given.allow("autospace");
        if (!(input instanceof Map<?, ?> map)) {
            throw new Problem("xmlattr needs a dict, was " + Python.typeName(input));
        }
        List<String> parts = new ArrayList<>();
        map.forEach((key, value) -> {
            String name = Python.text(key);
            if (ATTRIBUTE_END.matcher(name).find()) {
                throw new Problem("Invalid character in attribute name: " + Python.repr(name));
            }
            if (value != None.NONE && !(value instanceof Undefined)) {
                parts.add(escaped(name) + "=\"" + escaped(Python.text(value)) + "\"");
            }
        });
        String text = String.join(" ", parts);
        boolean spaced = Python.isTrue(given.get(0, "autospace", true)) && !text.isEmpty();
        return spaced ? " " + text : text;
    }

    private static Object json(Object input, Arguments given) {
        given.allow("indent");
        Object indent = given.get(0, "indent", None.NONE);
        int width = indent == None.NONE ? -1 : Numbers.index(indent);
        return Json.sorted(input, width)
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("'", "\\u0027");
    }
}
