package dev.ade.ingest.jdbc;

import dev.ade.model.AdeException;
import dev.ade.model.Sql;
import dev.ade.spi.Connector;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What `load:` says about a database.
///
/// @param properties of the connection, such as user and password
/// @param select the query that is read
record JdbcSettings(String url, Map<String, String> properties, String select) {
    private static final Set<String> KEYS = Set.of("jdbc", "user", "password", "table", "query");

    static JdbcSettings of(Connector.Request request) {
        Map<String, Object> settings = request.settings();
        settings.keySet().stream()
                .filter(key -> !KEYS.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw wrong(request, "load has no key " + key, "Its keys are " + words());
                });
        Optional<String> table = text(settings, "table");
        Optional<String> query = text(settings, "query");
        if (table.isPresent() == query.isPresent()) {
            throw wrong(
                    request,
                    "load has to say either table or query",
                    "Add table: schema.name, or query: \"select …\"");
        }
        Map<String, String> properties = new HashMap<>();
        for (String key : Set.of("user", "password")) {
            text(settings, key).ifPresent(value -> properties.put(key, value));
        }
        return new JdbcSettings(
                text(settings, "jdbc").orElseThrow(),
                properties,
                query.orElseGet(() -> "select * from " + quoted(table.orElseThrow())));
    }

    private static Optional<String> text(Map<String, Object> settings, String key) {
        return Optional.ofNullable(settings.get(key)).map(Object::toString);
    }

    /// Each part of a name by itself.
    private static String quoted(String table) {
        return Stream.of(table.split("\\.", -1)).map(Sql::quote).collect(Collectors.joining("."));
    }

    private static String words() {
        return KEYS.stream().sorted().collect(Collectors.joining(", "));
    }

    private static AdeException wrong(Connector.Request request, String reason, String next) {
        return AdeException.user(
                        "Cannot load %s: %s".formatted(request.source().name(), reason), next)
                .at(request.source().location());
    }

    /// The address without what may be secret in it.
    String place() {
        return url.replaceAll("[?;].*", "");
    }

    /// Without the password.
    @Override
    public String toString() {
        return "JdbcSettings[" + place() + "]";
    }
}
