package dev.ade.ingest.rest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// What no message may show: every value that came from the environment, and tokens that were fetched. Thread-safe.
final class Secrets {
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
