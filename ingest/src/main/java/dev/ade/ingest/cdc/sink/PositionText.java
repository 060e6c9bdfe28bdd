package dev.ade.ingest.cdc.sink;

import dev.ade.model.AdeException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// A position in a log as it is kept: `version=1 slot=… lsn=…`.
public record PositionText(Map<String, String> parts) {
    private static final String VERSION = "1";
    private static final String VERSION_KEY = "version";

    public String text() {
        Map<String, String> all = new LinkedHashMap<>(Map.of(VERSION_KEY, VERSION));
        all.putAll(parts);
        return all.entrySet().stream()
                .map(part -> part.getKey() + "=" + part.getValue())
                .collect(Collectors.joining(" "));
    }

    public static PositionText parse(String text) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (String part : text.split(" ", -1)) {
            int equals = part.indexOf('=');
            parts.put(part.substring(0, Math.max(0, equals)), part.substring(equals + 1));
        }
        if (!VERSION.equals(parts.remove(VERSION_KEY))) {
            throw AdeException.internal(
                    "Cannot go on from position '%s'".formatted(text),
                    new IllegalArgumentException("unknown version"));
        }
        return new PositionText(parts);
    }

    /// Empty where it has no such part.
    public String part(String name) {
        return parts.getOrDefault(name, "");
    }

    /// A text of any letters as a part may be.
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    public static String decoded(String part) {
        return URLDecoder.decode(part, StandardCharsets.UTF_8);
    }
}
