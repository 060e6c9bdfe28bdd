package dev.ade.jinja;

import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/// Methods of Python's `str` that give a string or a truth.
final class StringMethods {
    private StringMethods() {}

    static Object find(String text, String name) {
        Budget.spend(text.length() / 64);
        return switch (name) {
            case "upper" -> plain(text, StringMethods::upper);
            case "lower" -> plain(text, StringMethods::lower);
            case "casefold" -> plain(text, each -> lower(upper(each)));
            case "title" -> plain(text, StringMethods::title);
            case "capitalize" -> plain(text, StringMethods::capitalize);
            case "swapcase" -> plain(text, StringMethods::swapped);
            case "strip", "lstrip", "rstrip" -> (Callable) given -> strip(text, given, name);
            case "replace" -> (Callable) given -> replace(text, given);
            case "startswith" -> (Callable) given -> isAtEdge(text, given, true);
            case "endswith" -> (Callable) given -> isAtEdge(text, given, false);
            case "removeprefix" -> (Callable) given -> withoutPrefix(text, given);
            case "removesuffix" -> (Callable) given -> withoutSuffix(text, given);
            case "ljust", "rjust", "center" -> (Callable) given -> pad(text, given, name);
            case "zfill" -> (Callable) given -> zfill(text, given);
            case "expandtabs" -> (Callable) given -> expandTabs(text, given);
            case "format" -> (Callable) given -> Format.format(text, given);
            case "format_map" ->
                    (Callable)
                            given ->
                                    Format.format(
                                            text, new Arguments(List.of(), Builtins.named(given)));
            case "isdigit", "isdecimal", "isnumeric" -> all(text, Character::isDigit);
            case "isalpha" -> all(text, Character::isLetter);
            case "isalnum" -> all(text, Character::isLetterOrDigit);
            case "isspace" -> all(text, Python::isSpace);
            case "isascii" -> (Callable) _ -> text.chars().allMatch(c -> c < 128);
            case "isupper" -> (Callable) _ -> isUpper(text);
            case "islower" -> (Callable) _ -> isLower(text);
            case "istitle" ->
                    (Callable) _ -> text.equals(title(text)) && !upper(text).equals(lower(text));
            case "isidentifier" -> (Callable) _ -> text.matches("[\\p{L}_][\\p{L}\\p{N}_]*");
            default -> StringSearch.find(text, name);
        };
    }

    private static Callable plain(String text, UnaryOperator<String> method) {
        return given -> {
            given.allow();
            Budget.spendText(text.length());
            return method.apply(text);
        };
    }

    private static Callable all(String text, IntPredicate kind) {
        return given -> {
            given.allow();
            return !text.isEmpty() && text.codePoints().allMatch(kind);
        };
    }

    static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    static boolean isUpper(String text) {
        return text.equals(upper(text)) && !text.equals(lower(text));
    }

    static boolean isLower(String text) {
        return text.equals(lower(text)) && !text.equals(upper(text));
    }

    static String title(String text) {
        StringBuilder out = new StringBuilder();
        boolean[] inside = {false};
        text.codePoints()
                .forEach(letter -> {
                    out.appendCodePoint(
                            inside[0]
                                    ? Character.toLowerCase(letter)
                                    : Character.toTitleCase(letter));
                    inside[0] = Character.isLetter(letter);
                });
        return out.toString();
    }

    static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = Character.charCount(text.codePointAt(0));
        return upper(text.substring(0, first)) + lower(text.substring(first));
    }

    private static String swapped(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .forEach(letter ->
                        out.appendCodePoint(
                                Character.isUpperCase(letter)
                                        ? Character.toLowerCase(letter)
                                        : Character.toUpperCase(letter)));
        return out.toString();
    }

    private static String strip(String text, Arguments given, String side) {
        given.allow("chars");
        Object chars = given.get(0, "chars", None.NONE);
        return strip(text, chars, !side.equals("rstrip"), !side.equals("lstrip"));
    }

    static String strip(String text, Object chars, boolean left, boolean right) {
        IntPredicate drop =
                switch (chars) {
                    case None _ -> Python::isSpace;
                    case String set -> letter -> set.indexOf(letter) >= 0;
                    default -> throw new Problem("strip arg must be None or str");
                };
        int start = 0;
        int end = text.length();
        while (left && start < end && drop.test(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (right && end > start && drop.test(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    private static String replace(String text, Arguments given) {
        given.allow("old", "new", "count");
        return replace(
                text,
                string(given.require(0, "old")),
                string(given.require(1, "new")),
                Numbers.index(given.get(2, "count", -1L)));
    }

    static String replace(String text, String old, String with, int count) {
        StringBuilder out = new StringBuilder();
        int position = 0;
        int left = count < 0 ? Integer.MAX_VALUE : count;
        while (left-- > 0) {
            int found = text.indexOf(old, position);
            if (found < 0) {
                break;
            }
            out.append(text, position, found).append(with);
            Budget.spend(1);
            Budget.checkGrowing(out.length());
            position = found + old.length();
            if (old.isEmpty()) {
                if (position >= text.length()) {
                    break;
                }
                int next = text.offsetByCodePoints(position, 1);
                out.append(text, position, next);
                position = next;
            }
        }
        out.append(text, position, text.length());
        Budget.spendText(out.length());
        return out.toString();
    }

    private static boolean isAtEdge(String text, Arguments given, boolean start) {
        given.allow("prefix", "start", "end");
        Object wanted = given.require(0, "prefix");
        String part = StringSearch.part(text, given);
        List<Object> choices = wanted instanceof Tuple(var items) ? items : List.of(wanted);
        return choices.stream()
                .map(StringMethods::string)
                .anyMatch(choice -> start ? part.startsWith(choice) : part.endsWith(choice));
    }

    private static String withoutPrefix(String text, Arguments given) {
        given.allow("prefix");
        String prefix = string(given.require(0, "prefix"));
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private static String withoutSuffix(String text, Arguments given) {
        given.allow("suffix");
        String suffix = string(given.require(0, "suffix"));
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    private static String pad(String text, Arguments given, String side) {
        given.allow("width", "fillchar");
        String fill = string(given.get(1, "fillchar", " "));
        if (Strings.length(fill) != 1) {
            throw new Problem("the fill character must be exactly one character long");
        }
        int missing = Numbers.index(given.require(0, "width")) - Strings.length(text);
        if (missing <= 0) {
            return text;
        }
        int width = missing + Strings.length(text);
        int left =
                switch (side) {
                    case "ljust" -> 0;
                    case "rjust" -> missing;
                    default -> missing / 2 + (missing & width & 1);
                };
        return padded(text, fill, left, missing - left);
    }

    static String padded(String text, String fill, int left, int right) {
        Budget.spendText((long) text.length() + left + right);
        return fill.repeat(left) + text + fill.repeat(right);
    }

    private static String zfill(String text, Arguments given) {
        given.allow("width");
        int missing = Numbers.index(given.require(0, "width")) - Strings.length(text);
        if (missing <= 0) {
            return text;
        }
        Budget.spendText((long) text.length() + missing);
        boolean signed = text.startsWith("+") || text.startsWith("-");
        int sign = signed ? 1 : 0;
        return text.substring(0, sign) + "0".repeat(missing) + text.substring(sign);
    }

    private static String expandTabs(String text, Arguments given) {
        given.allow("tabsize");
        int size = Numbers.index(given.get(0, "tabsize", 8L));
        StringBuilder out = new StringBuilder();
        int column = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int spaces = c != '\t' ? 0 : size <= 0 ? 0 : size - column % size;
            Budget.spendText(spaces);
            out.append(c == '\t' ? " ".repeat(spaces) : String.valueOf(c));
            column = c == '\n' || c == '\r' ? 0 : column + (c == '\t' ? spaces : 1);
            Budget.checkGrowing(out.length());
        }
        return out.toString();
    }

    static String string(Object value) {
        return switch (value) {
            case String text -> text;
            case Undefined missing -> throw missing.error();
            default -> throw new Problem("a str is needed, was " + Python.typeName(value));
        };
    }
}
