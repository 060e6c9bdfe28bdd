package dev.ade.privacy;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Words for values that never give them away.
final class ValueClasses {
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,4})?");

    private ValueClasses() {}

    static String of(@Nullable String value) {
        if (value == null) {
            return "no value";
        }
        if (value.isEmpty()) {
            return "empty text";
        }
        if (value.isBlank()) {
            return "blank text of " + characters(value);
        }
        String text = value.strip();
        if (text.length() <= 64 && NUMBER.matcher(text).matches()) {
            return number(text);
        }
        return "text of " + characters(value);
    }

    private static String number(String text) {
        String mantissa = text.split("[eE]", 2)[0];
        if (mantissa.chars().allMatch(c -> c < '1' || c > '9')) {
            return "the number 0";
        }
        return text.startsWith("-") ? "a negative number" : "a positive number";
    }

    private static String characters(String value) {
        int count = value.codePointCount(0, value.length());
        return count == 1 ? "1 character" : count + " characters";
    }
}
