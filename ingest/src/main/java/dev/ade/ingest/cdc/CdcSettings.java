package dev.ade.ingest.cdc;

import dev.ade.ingest.jdbc.PgDatabase;
import dev.ade.model.AdeException;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.spi.Connector.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What `load: {cdc: …}` says.
///
/// @param publication that the database's owner made; empty where ADE makes one
/// @param kind of dataset
record CdcSettings(PgDatabase.Address address, Optional<String> publication, Kind kind) {
    /// What the dataset holds.
    enum Kind {
        /// The table as it is.
        STATE,
        /// Every change of it.
        LOG
    }

    private static final int CONNECTIONS = 2;
    private static final int CONNECTIONS_MAX = 16;
    private static final List<String> KEYS =
            List.of(
                    "cdc",
                    "user",
                    "password",
                    "table",
                    "publication",
                    "rate",
                    "connections",
                    "properties");

    static CdcSettings of(Request request) {
        Map<String, Object> settings = request.settings();
        settings.keySet().stream()
                .filter(key -> !KEYS.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw wrong(
                            request,
                            "load has no key " + key,
                            "Its keys are "
                                    + String.join(", ", KEYS)
                                    + ", mode, key, reject_limit");
                });
        String url = text(settings, "cdc").orElse("");
        if (!url.startsWith("jdbc:postgresql:")) {
            throw wrong(
                    request,
                    "changes can be followed in PostgreSQL only, was "
                            + url.replaceAll("[?;].*", ""),
                    "Write cdc: \"jdbc:postgresql://host:port/database\", or read it by jdbc:");
        }
        PgDatabase.Address address =
                new PgDatabase.Address(
                        url,
                        properties(settings),
                        List.of(table(request).split("\\.", -1)),
                        number(request, "rate", Integer.MAX_VALUE),
                        (int) number(request, "connections", CONNECTIONS_MAX).orElse(CONNECTIONS));
        return new CdcSettings(address, text(settings, "publication"), kind(request));
    }

    private static Kind kind(Request request) {
        Mode mode = request.load().mode();
        return switch (mode) {
            case MERGE -> Kind.STATE;
            case APPEND -> Kind.LOG;
            case REPLACE ->
                    throw wrong(
                            request,
                            "changes are not followed in mode replace",
                            "Leave mode out for the table as it is, set mode: append for every change, or read it by jdbc:");
        };
    }

    private static String table(Request request) {
        return text(request.settings(), "table")
                .orElseThrow(() ->
                        wrong(request, "load does not say which table", "Add table: schema.name"));
    }

    private static Map<String, String> properties(Map<String, Object> settings) {
        Map<String, String> properties = new HashMap<>();
        if (settings.get("properties") instanceof Map<?, ?> more) {
            more.forEach(
                    (key, value) -> properties.put(String.valueOf(key), String.valueOf(value)));
        }
        Stream.of("user", "password")
                .forEach(key -> text(settings, key).ifPresent(value -> properties.put(key, value)));
        return properties;
    }

    private static OptionalLong number(Request request, String key, long most) {
        Object value = request.settings().get(key);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (value instanceof Number number
                && number.longValue() > 0
                && number.longValue() <= most) {
            return OptionalLong.of(number.longValue());
        }
        throw wrong(
                request,
                "%s is not a number from 1 to %d, was %s".formatted(key, most, value),
                "Correct it, or leave it out");
    }

    private static Optional<String> text(Map<String, Object> settings, String key) {
        return Optional.ofNullable(settings.get(key)).map(Object::toString);
    }

    static AdeException wrong(Request request, String reason, String next) {
        return AdeException.user(
                        "Cannot load %s: %s".formatted(request.source().name(), reason), next)
                .at(request.source().location());
    }
}
