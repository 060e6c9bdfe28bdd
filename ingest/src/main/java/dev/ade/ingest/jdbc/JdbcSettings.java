package dev.ade.ingest.jdbc;

import dev.ade.model.AdeException;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.MavenCoordinate;
import dev.ade.model.Sql;
import dev.ade.spi.Connector;
import dev.ade.spi.Connector.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What `load:` says about a database.
///
/// @param driver where it is not the one that is usual for such an address
/// @param properties of the connection, such as user and password
/// @param from what is read
/// @param cursor the column that says what is new; none in mode replace
/// @param overlap what is read again below the cursor
/// @param rate rows a second at most
/// @param connections at the same time, at most
record JdbcSettings(
        String url,
        Optional<MavenCoordinate> driver,
        Map<String, String> properties,
        From from,
        Optional<String> cursor,
        Overlap overlap,
        OptionalLong rate,
        int connections) {
    static final int CONNECTIONS_MAX = 16;
    private static final int CONNECTIONS = 2;
    private static final List<String> KEYS =
            List.of(
                    "jdbc",
                    "connection",
                    "driver",
                    "user",
                    "password",
                    "table",
                    "query",
                    "cursor",
                    "overlap",
                    "rate",
                    "connections",
                    "properties");

    /// What is read: a table of the database, or what a query gives.
    sealed interface From {
        /// Without the parts of a name quoted, for messages.
        String words();

        record Table(List<String> parts) implements From {
            @Override
            public String words() {
                return String.join(".", parts);
            }

            /// @param quote what the database puts around a name
            String quoted(String quote) {
                return parts.stream()
                        .map(part -> quote + part.replace(quote, quote + quote) + quote)
                        .collect(Collectors.joining("."));
            }
        }

        record Query(String sql) implements From {
            @Override
            public String words() {
                return "the query";
            }
        }

        /// @param quote what the database puts around a name
        default String sql(String quote) {
            return switch (this) {
                case Table table -> table.quoted(quote);
                case Query query -> "(" + query.sql().strip().replaceAll(";$", "") + "\n)";
            };
        }
    }

    static JdbcSettings of(Request request) {
        Map<String, Object> settings = request.settings();
        settings.keySet().stream()
                .filter(key -> !KEYS.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw wrong(
                            request,
                            "load has no key " + key,
                            "Its keys are " + String.join(", ", KEYS));
                });
        Optional<String> cursor = text(settings, "cursor");
        requireCursor(request, cursor);
        return new JdbcSettings(
                text(settings, "jdbc").orElseThrow(),
                text(settings, "driver").map(MavenCoordinate::of),
                properties(settings),
                from(request),
                cursor,
                overlap(request),
                number(request, "rate"),
                (int) number(request, "connections").orElse(CONNECTIONS));
    }

    private static From from(Request request) {
        Optional<String> table = text(request.settings(), "table");
        Optional<String> query = text(request.settings(), "query");
        if (table.isPresent() == query.isPresent()) {
            throw wrong(
                    request,
                    "load has to say either table or query",
                    "Add table: schema.name, or query: \"select …\"");
        }
        return table.<From>map(name -> new From.Table(List.of(name.split("\\.", -1))))
                .orElseGet(() -> new From.Query(query.orElseThrow()));
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

    private static void requireCursor(Request request, Optional<String> cursor) {
        Mode mode = request.load().mode();
        if (mode == Mode.REPLACE && cursor.isPresent()) {
            throw wrong(
                    request,
                    "mode replace reads everything, so cursor says nothing",
                    "Remove cursor, or set mode: append or mode: merge");
        }
        if (mode != Mode.REPLACE && cursor.isEmpty()) {
            throw wrong(
                    request,
                    "mode %s needs a column that says what is new"
                            .formatted(mode.name().toLowerCase(java.util.Locale.ROOT)),
                    "Add cursor: a column that only grows, such as updated_at or id");
        }
    }

    private static Overlap overlap(Request request) {
        Optional<String> text = text(request.settings(), "overlap");
        if (text.isEmpty()) {
            return Overlap.NONE;
        }
        if (request.load().mode() == Mode.REPLACE || request.load().key().isEmpty()) {
            throw wrong(
                    request,
                    "overlap reads rows again, which only a key tells apart",
                    "Add key: [column, …] to load, or remove overlap");
        }
        return Overlap.parse(text.get())
                .orElseThrow(() ->
                        wrong(
                                request,
                                "overlap is neither a number nor a time, was " + text.get(),
                                "Write overlap: 1000, or overlap: 1 hour"));
    }

    private static OptionalLong number(Request request, String key) {
        Object value = request.settings().get(key);
        if (value == null) {
            return OptionalLong.empty();
        }
        long most = key.equals("connections") ? CONNECTIONS_MAX : Integer.MAX_VALUE;
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

    static AdeException wrong(Connector.Request request, String reason, String next) {
        return AdeException.user(
                        "Cannot load %s: %s".formatted(request.source().name(), reason), next)
                .at(request.source().location());
    }

    /// The address without what may be secret in it.
    String place() {
        return url.replaceAll("[?;].*", "");
    }

    String user() {
        return properties.getOrDefault("user", "");
    }

    String quotedCursor(String quote) {
        String name = cursor.orElseThrow();
        return quote.equals("\"")
                ? Sql.quote(name)
                : quote + name.replace(quote, quote + quote) + quote;
    }

    /// Without the password.
    @Override
    public String toString() {
        return "JdbcSettings[" + place() + "]";
    }
}
