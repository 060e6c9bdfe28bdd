package dev.ade.ingest.singer;

import dev.ade.model.AdeException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a tap says it can read, with the one stream selected that is loaded.
///
/// @param text what the tap is told
/// @param schema of the stream
record SingerCatalog(String text, Map<?, ?> schema) {
    private static final int CHARS_MAX = 64 << 20;

    /// Asks the tap.
    ///
    /// @throws AdeException USER where it has no such stream
    static SingerCatalog discover(
            Tap tap, SingerSettings settings, String config, dev.ade.spi.Progress progress) {
        StringBuilder said = new StringBuilder();
        tap.run(
                List.of("--config", config, "--discover"),
                progress,
                (_, line) -> {
                    if (said.length() + line.length() > CHARS_MAX) {
                        throw tap.failure("its catalog is too large", "Name fewer streams");
                    }
                    said.append(line).append('\n');
                });
        try {
            return select(tap, settings, Json.object(said.toString()));
        } catch (IOException e) {
            throw tap.failure(
                    "%s --discover prints no catalog".formatted(tap.name()),
                    "Try it by hand; its log has to go to stderr");
        }
    }

    private static SingerCatalog select(
            Tap tap, SingerSettings settings, Map<String, @Nullable Object> catalog) {
        List<Object> streams = new ArrayList<>();
        List<String> names = new ArrayList<>();
        Map<?, ?> schema = null;
        for (Object one : Json.list(catalog, "streams")) {
            Map<?, ?> stream = one instanceof Map<?, ?> map ? map : Map.of();
            String name = name(stream);
            names.add(name);
            boolean isWanted = name.equals(settings.stream());
            if (isWanted) {
                schema = Json.member(stream, "schema");
            }
            streams.add(chosen(stream, settings, isWanted));
        }
        if (schema == null) {
            throw tap.failure(
                    "%s has no stream %s".formatted(tap.name(), settings.stream()),
                    "Write stream: into load, one of " + String.join(", ", names));
        }
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("streams", streams);
        return new SingerCatalog(Json.text(told), schema);
    }

    private static String name(Map<?, ?> stream) {
        Object name = stream.get("stream");
        return String.valueOf(name == null ? stream.get("tap_stream_id") : name);
    }

    /// Old taps look into the schema, later ones into the metadata of the stream itself, which has no breadcrumb.
    private static Map<String, Object> chosen(
            Map<?, ?> stream, SingerSettings settings, boolean isWanted) {
        Map<String, Object> told = new LinkedHashMap<>();
        stream.forEach((key, value) -> told.put(String.valueOf(key), orEmpty(value)));
        told.put("selected", isWanted);
        told.put("schema", with(Json.member(stream, "schema"), Map.of("selected", isWanted)));
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("selected", isWanted);
        if (isWanted) {
            settings.replication()
                    .ifPresent(method -> {
                        facts.put("replication-method", method);
                        facts.put("forced-replication-method", method);
                        told.put("replication_method", method);
                    });
            settings.replicationKey()
                    .ifPresent(key -> {
                        facts.put("replication-key", key);
                        told.put("replication_key", key);
                    });
        }
        List<Object> metadata = new ArrayList<>();
        Map<?, ?> own = Map.of();
        for (Object one : Json.list(stream, "metadata")) {
            if (one instanceof Map<?, ?> map && Json.list(map, "breadcrumb").isEmpty()) {
                own = Json.member(map, "metadata");
            } else if (one != null) {
                metadata.add(one);
            }
        }
        metadata.add(Map.of("breadcrumb", List.of(), "metadata", with(own, facts)));
        told.put("metadata", metadata);
        return told;
    }

    private static Object orEmpty(@Nullable Object value) {
        return Objects.requireNonNullElse(value, List.of());
    }

    private static Map<String, @Nullable Object> with(Map<?, ?> map, Map<String, Object> more) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        map.forEach((key, value) -> all.put(String.valueOf(key), value));
        all.putAll(more);
        return all;
    }
}
