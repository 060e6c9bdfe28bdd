package dev.ade.ingest.jdbc;

import dev.ade.spi.Connector.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Reads what `load:` says of a database, however its rows come.
public record DatabaseSettings(Request request) {
    private static final int CONNECTIONS = 2;
    private static final int CONNECTIONS_MAX = 16;

    public Optional<String> text(String key) {
        Object value = request.settings().get(key);
        if (value instanceof List<?> || value instanceof Map<?, ?>) {
            throw request.wrong(key + " is not a text", "Write one text behind it");
        }
        return Optional.ofNullable(value).map(Object::toString);
    }

    /// Of the connection: `properties`, user and password.
    public Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        if (request.settings().get("properties") instanceof Map<?, ?> more) {
            more.forEach(
                    (key, value) -> properties.put(String.valueOf(key), String.valueOf(value)));
        }
        Stream.of("user", "password")
                .forEach(key -> text(key).ifPresent(value -> properties.put(key, value)));
        return properties;
    }

    /// Rows a second at most.
    public OptionalLong rate() {
        return number("rate", Integer.MAX_VALUE);
    }

    /// Rows that one reading ends after.
    public OptionalLong rowsPerRun() {
        return number("rows_per_run", Integer.MAX_VALUE);
    }

    /// At the same time, at most.
    public int connections() {
        return (int) number("connections", CONNECTIONS_MAX).orElse(CONNECTIONS);
    }

    private OptionalLong number(String key, long most) {
        Object value = request.settings().get(key);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (value instanceof Number number
                && number.longValue() > 0
                && number.longValue() <= most) {
            return OptionalLong.of(number.longValue());
        }
        throw request.wrong(
                "%s is not a number from 1 to %d, was %s".formatted(key, most, value),
                "Correct it, or leave it out");
    }
}
