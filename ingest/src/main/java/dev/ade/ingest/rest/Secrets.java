package dev.ade.ingest.rest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What no message may show: every value that came from the environment, and tokens that were fetched. Thread-safe.
final class Secrets {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Za-z_][A-Za-z0-9_]*}");

    private static final Pattern PARAM =
            Pattern.compile(
                    "(?i)([?&][^=&\\s]*(?:token|key|secret|password|signature)[^=&\\s]*=)[^&\\s\"]+");

    /// Shorter ones are no secrets, and are everywhere in a text.
    private static final int LENGTH_MIN = 4;

    private final Set<String> values = ConcurrentHashMap.newKeySet();

    void add(String secret) {
        if (secret.length() >= LENGTH_MIN) {
            values.add(secret);
            values.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        }
    }

    /// Finds what variables stood for.
    ///
    /// @param written as in the project, with `${NAME}`
    /// @param filled the same with values put in
    void addAll(Object written, Object filled) {
        if (written instanceof Map<?, ?> map && filled instanceof Map<?, ?> other) {
            map.forEach((key, value) -> {
                Object there = other.get(String.valueOf(key));
                if (value != null && there != null) {
                    addAll(value, there);
                }
            });
        } else if (written instanceof List<?> list && filled instanceof List<?> other) {
            for (int i = 0; i < Math.min(list.size(), other.size()); i++) {
                addAll(list.get(i), other.get(i));
            }
        } else {
            addText(written.toString(), filled.toString());
        }
    }

    private void addText(String written, String filled) {
        Matcher variable = VARIABLE.matcher(written);
        StringBuilder shape = new StringBuilder();
        int end = 0;
        while (variable.find()) {
            shape.append(Pattern.quote(written.substring(end, variable.start()))).append("(.*)");
            end = variable.end();
        }
        if (end == 0) {
            return;
        }
        shape.append(Pattern.quote(written.substring(end)));
        Matcher parts = Pattern.compile(shape.toString(), Pattern.DOTALL).matcher(filled);
        if (parts.matches()) {
            for (int i = 1; i <= parts.groupCount(); i++) {
                add(parts.group(i));
            }
        }
    }

    /// The text without any of them, nor parameters that are named like one.
    String scrub(String text) {
        String scrubbed = text;
        for (String secret : values) {
            scrubbed = scrubbed.replace(secret, "***");
        }
        return PARAM.matcher(scrubbed).replaceAll("$1***");
    }

    @Override
    public String toString() {
        return "Secrets[" + values.size() + "]";
    }
}
