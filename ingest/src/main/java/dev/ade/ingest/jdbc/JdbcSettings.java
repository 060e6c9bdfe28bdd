package dev.ade.ingest.jdbc;

import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.MavenCoordinate;
import dev.ade.model.Sql;
import dev.ade.spi.Connector.Extent;
import dev.ade.spi.Connector.Request;
import dev.ade.spi.KeyGrid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// What `load:` says about a database.
///
/// @param driver where it is not the one that is usual for such an address
/// @param properties of the connection, such as user and password
/// @param from what is read
/// @param cursor the column that says what is new; none in mode replace
/// @param overlap what is read again below the cursor
/// @param rowsPerRun rows above the cursor after which a reading ends, where it may
/// @param rate rows a second at most
/// @param connections at the same time, at most
record JdbcSettings(
        String url,
        Optional<MavenCoordinate> driver,
        Map<String, String> properties,
        From from,
        Optional<String> cursor,
        Overlap overlap,
        OptionalLong rowsPerRun,
        OptionalLong rate,
        int connections) {
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
                    "rows_per_run",
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
        DatabaseSettings settings = new DatabaseSettings(request);
        request.allow(KEYS, "");
        Optional<String> cursor = settings.text("cursor");
        requireCursor(request, cursor);
        return new JdbcSettings(
                settings.text("jdbc").orElseThrow(),
                settings.text("driver").map(MavenCoordinate::of),
                settings.properties(),
                from(settings),
                cursor,
                overlap(settings),
                rowsPerRun(settings),
                settings.rate(),
                settings.connections());
    }

    private static From from(DatabaseSettings settings) {
        Optional<String> table = settings.text("table");
        Optional<String> query = settings.text("query");
        if (table.isPresent() == query.isPresent()) {
            throw settings.request()
                    .wrong(
                            "load has to say either table or query",
                            "Add table: schema.name, or query: \"select …\"");
        }
        return table.<From>map(name -> new From.Table(List.of(name.split("\\.", -1))))
                .orElseGet(() -> new From.Query(query.orElseThrow()));
    }

    private static void requireCursor(Request request, Optional<String> cursor) {
        Mode mode = request.load().mode();
        if (mode == Mode.REPLACE && cursor.isPresent()) {
            throw request.wrong(
                    "mode replace reads everything, so cursor says nothing",
                    "Remove cursor, or set mode: append or mode: merge");
        }
        if (mode != Mode.REPLACE && cursor.isEmpty()) {
            throw request.wrong(
                    "mode %s needs a column that says what is new"
                            .formatted(mode.name().toLowerCase(java.util.Locale.ROOT)),
                    "Add cursor: a column that only grows, such as updated_at or id");
        }
    }

    private static Overlap overlap(DatabaseSettings settings) {
        Request request = settings.request();
        Optional<String> text = settings.text("overlap");
        if (text.isEmpty()) {
            return Overlap.NONE;
        }
        if (request.load().mode() == Mode.REPLACE || request.load().key().isEmpty()) {
            throw request.wrong(
                    "overlap reads rows again, which only a key tells apart",
                    "Add key: [column, …] to load, or remove overlap");
        }
        return Overlap.parse(text.get())
                .orElseThrow(() ->
                        request.wrong(
                                "overlap is neither a number nor a time, was " + text.get(),
                                "Write overlap: 1000, or overlap: 1 hour"));
    }

    private static OptionalLong rowsPerRun(DatabaseSettings settings) {
        OptionalLong rows = settings.rowsPerRun();
        if (rows.isPresent() && settings.request().load().mode() == Mode.REPLACE) {
            throw settings.request()
                    .wrong(
                            "mode replace reads everything, so rows_per_run says nothing",
                            "Remove rows_per_run, or set mode: append or mode: merge with a cursor");
        }
        return settings.request().extent() == Extent.PART ? rows : OptionalLong.empty();
    }

    /// The same of rows with these keys only.
    JdbcSettings within(KeyGrid.Ranges ranges) {
        String quote = MariaBrand.isOf(url) ? MariaBrand.QUOTE : "\"";
        String column = new From.Table(List.of(ranges.column())).quoted(quote);
        From some =
                new From.Query(
                        "select * from %s q where %s"
                                .formatted(from.sql(quote), ranges.sql("q." + column)));
        return new JdbcSettings(
                url, driver, properties, some, cursor, overlap, rowsPerRun, rate, connections);
    }

    /// What to tell people where a reading ended before all was read.
    String unread() {
        return "more rows wait at the source, as rows_per_run is %,d: run again"
                .formatted(rowsPerRun.orElseThrow());
    }

    /// The address without what may be secret in it.
    String place() {
        return ShownAddress.of(url);
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
