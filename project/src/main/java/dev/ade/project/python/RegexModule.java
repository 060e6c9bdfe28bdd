package dev.ade.project.python;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Attributes;
import dev.ade.jinja.Callable;
import dev.ade.jinja.None;
import dev.ade.jinja.Python;
import dev.ade.jinja.Undefined;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Python's module `re`, on Java's regular expressions, which read nearly all of Python's.
final class RegexModule implements Attributes {
    /// Characters that one pattern may have, so that no template waits long for one.
    private static final int PATTERN_LENGTH_MAX = 10_000;

    /// Characters of a pattern that a message shows.
    private static final int SHOWN_MAX = 80;

    private static final int ASCII = 256;
    private static final int IGNORECASE = 2;
    private static final int MULTILINE = 8;
    private static final int DOTALL = 16;
    private static final int VERBOSE = 64;

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "compile" ->
                    (Callable)
                            arguments ->
                                    new Compiled(
                                            pattern(
                                                    arguments.require(0, "pattern"),
                                                    arguments.get(1, "flags", 0L)));
            case "escape" ->
                    (Callable) arguments -> escaped(Python.text(arguments.require(0, "pattern")));
            case "IGNORECASE", "I" -> (long) IGNORECASE;
            case "MULTILINE", "M" -> (long) MULTILINE;
            case "DOTALL", "S" -> (long) DOTALL;
            case "VERBOSE", "X" -> (long) VERBOSE;
            case "ASCII", "A" -> (long) ASCII;
            default -> function(name);
        };
    }

    /// Functions of a pattern and more are those of the compiled pattern.
    private static Object function(String name) {
        int flagsAt = name.equals("sub") || name.equals("subn") ? 4 : name.equals("split") ? 3 : 2;
        Object method = new Compiled(Pattern.compile("")).attribute(name);
        if (!(method instanceof Callable) || name.equals("pattern")) {
            return new Undefined(name, "module 're' has no attribute '" + name + "'");
        }
        return (Callable)
                arguments -> {
                    Object flags = arguments.get(flagsAt, "flags", 0L);
                    Compiled compiled =
                            new Compiled(pattern(arguments.require(0, "pattern"), flags));
                    List<Object> rest = new ArrayList<>(arguments.positional());
                    if (!rest.isEmpty()) {
                        rest.removeFirst();
                    }
                    return ((Callable) compiled.attribute(name))
                            .call(
                                    new Arguments(
                                            rest.subList(0, Math.min(rest.size(), flagsAt - 1)),
                                            arguments.named()));
                };
    }

    private static Pattern pattern(Object given, Object flags) {
        if (given instanceof Compiled(var pattern)) {
            return pattern;
        }
        String text = Python.text(given);
        if (text.length() > PATTERN_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "a pattern has at most %d characters".formatted(PATTERN_LENGTH_MAX));
        }
        try {
            int asked = Numbers.integer(flags);
            return Pattern.compile(PatternText.of(text, (asked & VERBOSE) != 0), flags(asked));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "no regular expression, %s: %s"
                            .formatted(
                                    e.getDescription().toLowerCase(Locale.ROOT),
                                    Python.repr(start(text))));
        }
    }

    private static String start(String pattern) {
        return pattern.length() <= SHOWN_MAX ? pattern : pattern.substring(0, SHOWN_MAX) + "…";
    }

    /// Only a line feed ends a line in Python.
    private static int flags(int python) {
        return Pattern.UNIX_LINES
                | ((python & IGNORECASE) == 0 ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                | ((python & MULTILINE) == 0 ? 0 : Pattern.MULTILINE)
                | ((python & DOTALL) == 0 ? 0 : Pattern.DOTALL)
                | ((python & VERBOSE) == 0 ? 0 : Pattern.COMMENTS)
                | ((python & ASCII) == 0 ? Pattern.UNICODE_CHARACTER_CLASS : 0);
    }

    private static String escaped(String text) {
        return text.replaceAll("([^A-Za-z0-9_])", "\\\\$1");
    }

    /// What `re.compile` gives.
    record Compiled(Pattern expression) implements Attributes {
        @Override
        public Object attribute(String name) {
            return switch (name) {
                case "pattern" -> expression.pattern();
                case "match" -> (Callable) arguments -> found(arguments, Matcher::lookingAt);
                case "search" -> (Callable) arguments -> found(arguments, Matcher::find);
                case "fullmatch" -> (Callable) arguments -> found(arguments, Matcher::matches);
                case "findall" -> (Callable) this::all;
                case "finditer" -> (Callable) this::matches;
                case "sub" -> (Callable) arguments -> replaced(arguments).getFirst();
                case "subn" -> (Callable) arguments -> new dev.ade.jinja.Tuple(replaced(arguments));
                case "split" -> (Callable) this::split;
                default -> new Undefined(name, "a pattern has no attribute '" + name + "'");
            };
        }

        private Object found(Arguments arguments, java.util.function.Predicate<Matcher> search) {
            Matcher matcher = expression.matcher(string(arguments, 0));
            return search.test(matcher) ? MatchValue.of(matcher) : None.NONE;
        }

        private static String string(Arguments arguments, int index) {
            return Python.text(arguments.require(index, "string"));
        }

        private List<Object> matches(Arguments arguments) {
            return new ArrayList<>(
                    expression
                            .matcher(string(arguments, 0))
                            .results()
                            .<Object>map(MatchValue::of)
                            .toList());
        }

        /// The groups of each match, or all of it where there are none.
        private List<Object> all(Arguments arguments) {
            List<Object> all = new ArrayList<>();
            for (Object match : matches(arguments)) {
                all.add(((MatchValue) match).listed());
            }
            return all;
        }

        /// The text, and how often it was replaced.
        private List<Object> replaced(Arguments arguments) {
            Object replacement = arguments.require(0, "repl");
            String text = string(arguments, 1);
            long max = Numbers.integer(arguments.get(2, "count", 0L));
            StringBuilder out = new StringBuilder();
            long count = 0;
            int end = 0;
            Matcher matcher = expression.matcher(text);
            while ((max == 0 || count < max) && matcher.find()) {
                MatchValue match = MatchValue.of(matcher);
                out.append(text, end, matcher.start());
                out.append(
                        replacement instanceof Callable function
                                ? Python.text(function.call(Arguments.of(match)))
                                : match.expand(Python.text(replacement)));
                end = matcher.end();
                count++;
            }
            return List.of(out.append(text.substring(end)).toString(), count);
        }

        private Object split(Arguments arguments) {
            String text = string(arguments, 0);
            int max = Numbers.integer(arguments.get(1, "maxsplit", 0L));
            List<Object> parts = new ArrayList<>();
            int end = 0;
            Matcher matcher = expression.matcher(text);
            for (int i = 0; (max == 0 || i < max) && matcher.find(); i++) {
                parts.add(text.substring(end, matcher.start()));
                parts.addAll(MatchValue.of(matcher).groups());
                end = matcher.end();
            }
            parts.add(text.substring(end));
            return parts;
        }

        @Override
        public String toString() {
            return "re.compile(" + Python.repr(expression.pattern()) + ")";
        }
    }
}
