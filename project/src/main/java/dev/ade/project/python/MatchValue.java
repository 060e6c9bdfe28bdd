package dev.ade.project.python;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Attributes;
import dev.ade.jinja.Callable;
import dev.ade.jinja.None;
import dev.ade.jinja.Python;
import dev.ade.jinja.Tuple;
import dev.ade.jinja.Undefined;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Python's match object.
record MatchValue(MatchResult result) implements Attributes {
    private static final Pattern REFERENCE =
            Pattern.compile("\\\\(?:g<([A-Za-z0-9_]+)>|(\\d{1,2})|(.))", Pattern.DOTALL);

    static MatchValue of(Matcher matcher) {
        return new MatchValue(matcher.toMatchResult());
    }

    static MatchValue of(MatchResult result) {
        return new MatchValue(result);
    }

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "group" -> (Callable) this::group;
            case "groups" -> (Callable) _ -> new Tuple(groups());
            case "groupdict" -> (Callable) _ -> named();
            case "start" -> (Callable) arguments -> (long) result.start(number(arguments));
            case "end" -> (Callable) arguments -> (long) result.end(number(arguments));
            case "span" ->
                    (Callable)
                            arguments ->
                                    Tuple.of(
                                            (long) result.start(number(arguments)),
                                            (long) result.end(number(arguments)));
            case "expand" ->
                    (Callable) arguments -> expand(Python.text(arguments.require(0, "template")));
            case "lastindex" -> (long) result.groupCount();
            default -> new Undefined(name, "a match has no attribute '" + name + "'");
        };
    }

    private static int number(Arguments arguments) {
        return Numbers.integer(arguments.get(0, "group", 0L));
    }

    private Object group(Arguments arguments) {
        List<Object> wanted = arguments.positional();
        if (wanted.size() < 2) {
            return one(wanted.isEmpty() ? 0L : wanted.getFirst());
        }
        return new Tuple(wanted.stream().map(this::one).toList());
    }

    private Object one(Object key) {
        String text =
                key instanceof String name ? result.group(PatternText.group(name)) : number(key);
        return text == null ? None.NONE : text;
    }

    private String number(Object key) {
        int group = Numbers.integer(key);
        if (group > result.groupCount()) {
            throw new IllegalArgumentException("no such group: " + group);
        }
        return result.group(group);
    }

    List<Object> groups() {
        List<Object> groups = new ArrayList<>();
        for (long i = 1; i <= result.groupCount(); i++) {
            groups.add(one(i));
        }
        return groups;
    }

    private Map<Object, Object> named() {
        Map<Object, Object> named = new LinkedHashMap<>();
        result.namedGroups().entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(entry ->
                        named.put(PatternText.named(entry.getKey()), one((long) entry.getValue())));
        return named;
    }

    /// As `findall` has it: texts of groups are empty where they did not take part.
    Object listed() {
        List<Object> groups =
                groups().stream().map(one -> one == None.NONE ? (Object) "" : one).toList();
        return switch (groups.size()) {
            case 0 -> result.group();
            case 1 -> groups.getFirst();
            default -> new Tuple(groups);
        };
    }

    /// A replacement with `\1`, `\g<name>` and escapes of signs.
    String expand(String template) {
        return REFERENCE
                .matcher(template)
                .replaceAll(reference -> Matcher.quoteReplacement(expanded(reference)));
    }

    private String expanded(MatchResult reference) {
        if (reference.group(3) != null) {
            return switch (reference.group(3)) {
                case "n" -> "\n";
                case "t" -> "\t";
                case "r" -> "\r";
                case "\\" -> "\\";
                default -> reference.group();
            };
        }
        String key = reference.group(1) == null ? reference.group(2) : reference.group(1);
        Object value = key.chars().allMatch(Character::isDigit) ? one(Long.valueOf(key)) : one(key);
        return value == None.NONE ? "" : Python.text(value);
    }

    @Override
    public String toString() {
        return "<re.Match object; span=(%d, %d), match=%s>"
                .formatted(result.start(), result.end(), Python.repr(result.group()));
    }
}
