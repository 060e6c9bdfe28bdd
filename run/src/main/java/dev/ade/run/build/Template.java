package dev.ade.run.build;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// SQL with named holes, filled in one pass so that what fills one is never searched for others.
final class Template {
    private static final Pattern HOLE = Pattern.compile("\\$\\{([a-zA-Z]+)}");

    private final String text;
    private final Map<String, String> values = new LinkedHashMap<>();

    private Template(String text) {
        this.text = text;
    }

    static Template of(String text) {
        return new Template(text);
    }

    Template with(String hole, String value) {
        values.put(hole, value);
        return this;
    }

    String text() {
        return HOLE.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1))));
    }

    private String value(String hole) {
        String value = values.get(hole);
        if (value == null) {
            throw new IllegalStateException("nothing fills ${" + hole + "}");
        }
        return value;
    }
}
