package dev.ade.run;

import java.util.List;
import java.util.regex.Pattern;

/// Messages without values of data, for whatever leaves the terminal: an engine that cannot convert a value shows it.
public final class Discreet {
    private static final Pattern SHOWS_VALUES =
            Pattern.compile(
                    "(?i)conver|cast|constraint|duplicate|out of range|overflow|malformed|parse|invalid|format|element|decimal");
    private static final Pattern QUOTED =
            Pattern.compile("'(?:[^'\\n]|'')*'|\"[^\"\\n]*[^\\w\"\\n][^\"\\n]*\"");

    /// What a mark below it points into, but for the query.
    private static final Pattern POINTED_AT =
            Pattern.compile("(?m)^(?!\\s*LINE )[^\\n]*\\n(?= *\\^ *$)");

    private static final Pattern AFTER_COLON = Pattern.compile("(?i)(value|key|row)s?: [^\\n]*");

    private Discreet() {}

    /// The same of several.
    public static List<String> messages(List<String> messages) {
        return messages.stream().map(Discreet::message).toList();
    }

    /// @param message what went wrong, as the engine or ADE says it
    public static String message(String message) {
        if (!SHOWS_VALUES.matcher(message).find()) {
            return message;
        }
        String quoted = QUOTED.matcher(message).replaceAll("'…'");
        quoted = POINTED_AT.matcher(quoted).replaceAll("…\n");
        return AFTER_COLON.matcher(quoted).replaceAll("$1: …");
    }
}
