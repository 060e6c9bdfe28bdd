package dev.ade.jinja;

/// `pattern.format(…)`.
final class Format {
    private static final int DEPTH_MAX = 2;

    private final Arguments given;
    private int automatic;
    private boolean manual;

    private Format(Arguments given) {
        this.given = given;
    }

    static String format(String pattern, Arguments given) {
        return new Format(given).format(pattern, 0);
    }

    private String format(String pattern, int depth) {
        if (depth > DEPTH_MAX) {
            throw new Problem("Max string recursion exceeded");
        }
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < pattern.length()) {
            char c = pattern.charAt(i);
            boolean doubled = i + 1 < pattern.length() && pattern.charAt(i + 1) == c;
            if ((c == '{' || c == '}') && doubled) {
                out.append(c);
                i += 2;
            } else if (c == '}') {
                throw new Problem("Single '}' encountered in format string");
            } else if (c == '{') {
                int end = end(pattern, i);
                out.append(field(pattern.substring(i + 1, end), depth));
                i = end + 1;
            } else {
                out.append(c);
                i++;
            }
            Budget.checkGrowing(out.length());
        }
        Budget.spendText(out.length());
        return out.toString();
    }

    private static int end(String pattern, int start) {
        int open = 0;
        for (int i = start; i < pattern.length(); i++) {
            if (pattern.charAt(i) == '{') {
                open++;
            } else if (pattern.charAt(i) == '}' && --open == 0) {
                return i;
            }
        }
        throw new Problem("expected '}' before end of string");
    }

    private String field(String field, int depth) {
        int end = 0;
        boolean inBrackets = false;
        while (end < field.length() && (inBrackets || ":!".indexOf(field.charAt(end)) < 0)) {
            char c = field.charAt(end++);
            inBrackets = c == '[' || (inBrackets && c != ']');
        }
        Object value = value(field.substring(0, end));
        String rest = field.substring(end);
        if (rest.startsWith("!")) {
            if (rest.length() < 2) {
                throw new Problem("end of string while looking for conversion specifier");
            }
            value = convert(value, rest.charAt(1));
            rest = rest.substring(2);
        }
        if (!rest.isEmpty() && rest.charAt(0) != ':') {
            throw new Problem("expected ':' after conversion specifier");
        }
        String spec = rest.isEmpty() ? "" : format(rest.substring(1), depth + 1);
        return FormatSpec.parse(spec).format(value);
    }

    private static Object convert(Object value, char how) {
        return switch (how) {
            case 's' -> Python.text(value);
            case 'r', 'a' -> Python.repr(value);
            default -> throw new Problem("Unknown conversion specifier '" + how + "'");
        };
    }

    private Object value(String path) {
        int end = 0;
        while (end < path.length() && ".[".indexOf(path.charAt(end)) < 0) {
            end++;
        }
        Object value = first(path.substring(0, end));
        while (end < path.length()) {
            int start = end + 1;
            if (path.charAt(end) == '[') {
                end = path.indexOf(']', start);
                if (end < 0) {
                    throw new Problem("Missing ']' in format string");
                }
                value = found(Access.item(value, key(path.substring(start, end))));
                end++;
            } else {
                end = start;
                while (end < path.length() && ".[".indexOf(path.charAt(end)) < 0) {
                    end++;
                }
                value = found(Access.attribute(value, path.substring(start, end)));
            }
        }
        return value;
    }

    private static Object found(Object value) {
        if (value instanceof Undefined missing) {
            throw missing.error();
        }
        return value;
    }

    private static Object key(String text) {
        return isIndex(text) ? (Object) Long.parseLong(text) : text;
    }

    private static boolean isIndex(String text) {
        return !text.isEmpty()
                && text.length() < 10
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private Object first(String name) {
        if (name.isEmpty() || isIndex(name)) {
            int index = name.isEmpty() ? automatic++ : Integer.parseInt(name);
            manual |= !name.isEmpty();
            if (manual && automatic > 0) {
                throw new Problem("fields with and without a number cannot be mixed");
            }
            if (index >= given.positional().size()) {
                throw new Problem(
                        "Replacement index " + index + " out of range for positional args tuple");
            }
            return given.positional().get(index);
        }
        Object value = given.named().get(name);
        if (value == null) {
            throw new Problem("the format has no argument '" + name + "'");
        }
        return value;
    }
}
