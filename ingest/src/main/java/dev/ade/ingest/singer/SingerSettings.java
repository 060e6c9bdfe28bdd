package dev.ade.ingest.singer;

import dev.ade.ingest.format.UnpackLimit;
import dev.ade.spi.Connector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `load:` says about a tap.
///
/// @param command the program and its arguments
/// @param config what it is told of its system; holds secrets
/// @param stream the one that is loaded
/// @param replication INCREMENTAL or FULL_TABLE, where the tap has to be told
/// @param replicationKey column that it goes on by
/// @param timeout of a reading
/// @param unpackLimit of each file that it writes
record SingerSettings(
        List<String> command,
        Map<?, ?> config,
        String stream,
        Optional<String> replication,
        Optional<String> replicationKey,
        Duration timeout,
        UnpackLimit unpackLimit) {
    static final String UNPACKED_MAX = "unpacked_max";

    private static final List<String> KEYS =
            List.of(
                    "config",
                    "replication",
                    "replication_key",
                    "singer",
                    "stream",
                    "timeout_minutes",
                    UNPACKED_MAX);

    private static final long MINUTES_DEFAULT = 12 * 60;

    static SingerSettings of(Connector.Request request) {
        Map<String, Object> settings = request.settings();
        request.allow(KEYS, "");
        Object program = settings.getOrDefault("singer", "");
        List<String> command =
                program instanceof List<?> parts
                        ? parts.stream().map(String::valueOf).toList()
                        : List.of(program.toString());
        if (command.isEmpty() || command.getFirst().isBlank()) {
            throw request.wrong("no tap is named", "Write load: {singer: tap-name}");
        }
        if (!(settings.getOrDefault("config", Map.of()) instanceof Map<?, ?> config)) {
            throw request.wrong("config is no map", "Write config: {name: value}");
        }
        return new SingerSettings(
                command,
                config,
                text(settings, "stream").orElseGet(() -> request.source().name().name()),
                text(settings, "replication"),
                text(settings, "replication_key"),
                timeout(request),
                unpackLimit(request));
    }

    private static Duration timeout(Connector.Request request) {
        String minutes =
                text(request.settings(), "timeout_minutes").orElse(Long.toString(MINUTES_DEFAULT));
        if (!minutes.matches("[1-9][0-9]{0,5}")) {
            throw request.wrong(
                    "timeout_minutes is no number of minutes, was " + minutes,
                    "Write timeout_minutes: 60");
        }
        return Duration.ofMinutes(Long.parseLong(minutes));
    }

    private static UnpackLimit unpackLimit(Connector.Request request) {
        Optional<String> bytes = text(request.settings(), UNPACKED_MAX);
        if (bytes.filter(it -> !it.matches("-1|[1-9][0-9]{0,17}")).isPresent()) {
            throw request.wrong(
                    "unpacked_max is no number of bytes, was " + bytes.get(),
                    "Write unpacked_max: 100000000000");
        }
        return bytes.map(Long::valueOf).map(UnpackLimit::of).orElse(UnpackLimit.DEFAULT);
    }

    private static Optional<String> text(Map<String, Object> settings, String key) {
        return Optional.ofNullable(settings.get(key)).map(Object::toString);
    }

    /// Whole numbers as such, so that taps are told what YAML says.
    String configText() {
        return Json.text(plain(config));
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Integer number -> BigInteger.valueOf(number);
            case Long number -> BigInteger.valueOf(number);
            case Double number -> BigDecimal.valueOf(number);
            case Map<?, ?> map -> {
                Map<String, Object> all = new java.util.LinkedHashMap<>();
                map.forEach((key, one) -> all.put(String.valueOf(key), plain(one)));
                yield all;
            }
            case List<?> list -> list.stream().map(SingerSettings::plain).toList();
            default -> value;
        };
    }

    /// Without the config, which holds secrets.
    @Override
    public String toString() {
        return "SingerSettings[%s %s]".formatted(command.getFirst(), stream);
    }
}
