package dev.ade.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Environment variables that a text names, as `${NAME}`.
public final class Variables {
    private static final Pattern NAMED = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private Variables() {}

    public static boolean isIn(String text) {
        return NAMED.matcher(text).find();
    }

    /// @param values gives what a name stands for, or throws
    public static String fill(String text, UnaryOperator<String> values) {
        return NAMED.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(values.apply(found.group(1))));
    }

    /// What the names of a text stand for in what it was filled to; empty where it is no filling of the text.
    public static Optional<List<String>> values(String text, String filled) {
        Matcher named = NAMED.matcher(text);
        StringBuilder shape = new StringBuilder();
        int end = 0;
        while (named.find()) {
            shape.append(Pattern.quote(text.substring(end, named.start()))).append("(.*)");
            end = named.end();
        }
        shape.append(Pattern.quote(text.substring(end)));
        Matcher parts = Pattern.compile(shape.toString(), Pattern.DOTALL).matcher(filled);
        if (!parts.matches()) {
            return Optional.empty();
        }
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= parts.groupCount(); i++) {
            values.add(parts.group(i));
        }
        return Optional.of(values);
    }
}
