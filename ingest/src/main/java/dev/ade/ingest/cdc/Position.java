package dev.ade.ingest.cdc;

import dev.ade.model.AdeException;
import java.util.HashMap;
import java.util.Map;

/// Up to where a table's changes are published.
///
/// @param slot on the server that keeps what comes after it
/// @param lsn the place in the server's log
/// @param timeline of that log; another after a restore
/// @param table the server's number of it; another when it was made anew
/// @param published the server's number of the table's membership in the publication
/// @param environment whose position it is
record Position(
        String slot,
        String lsn,
        String timeline,
        String table,
        String published,
        String environment) {
    private static final String VERSION = "1";

    Position at(String later) {
        return new Position(slot, later, timeline, table, published, environment);
    }

    String text() {
        return "version=%s slot=%s lsn=%s timeline=%s table=%s published=%s environment=%s"
                .formatted(VERSION, slot, lsn, timeline, table, published, environment);
    }

    static Position parse(String text) {
        Map<String, String> parts = new HashMap<>();
        for (String part : text.split(" ", -1)) {
            int equals = part.indexOf('=');
            parts.put(part.substring(0, Math.max(0, equals)), part.substring(equals + 1));
        }
        if (!VERSION.equals(parts.get("version"))) {
            throw AdeException.internal(
                    "Cannot go on from position '%s'".formatted(text),
                    new IllegalArgumentException("unknown version"));
        }
        return new Position(
                part(parts, "slot"),
                part(parts, "lsn"),
                part(parts, "timeline"),
                part(parts, "table"),
                part(parts, "published"),
                part(parts, "environment"));
    }

    private static String part(Map<String, String> parts, String name) {
        return parts.getOrDefault(name, "");
    }
}
