package dev.ade.ingest.cdc;

import dev.ade.ingest.cdc.sink.PositionText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Up to where a table's changes are published.
///
/// @param slot on the server that keeps what comes after it
/// @param lsn the place in the server's log
/// @param timeline of that log; another after a restore
/// @param table the server's number of it; another when it was made anew
/// @param published the server's number of the table's membership in the publication
/// @param environment whose position it is
/// @param attributes what the server said of its columns; empty of positions of earlier versions
record Position(
        String slot,
        String lsn,
        String timeline,
        String table,
        String published,
        String environment,
        Optional<Attributes> attributes) {
    private static final String ATTRIBUTES = "attributes";

    /// @param now of the table's columns
    Position at(String later, Attributes now) {
        return new Position(slot, later, timeline, table, published, environment, Optional.of(now));
    }

    String text() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("slot", slot);
        parts.put("lsn", lsn);
        parts.put("timeline", timeline);
        parts.put("table", table);
        parts.put("published", published);
        parts.put("environment", environment);
        attributes.ifPresent(it -> parts.put(ATTRIBUTES, PositionText.encoded(it.text())));
        return new PositionText(parts).text();
    }

    static Position parse(String text) {
        PositionText said = PositionText.parse(text);
        return new Position(
                said.part("slot"),
                said.part("lsn"),
                said.part("timeline"),
                said.part("table"),
                said.part("published"),
                said.part("environment"),
                Optional.of(said.part(ATTRIBUTES))
                        .filter(it -> !it.isEmpty())
                        .map(it -> Attributes.parse(PositionText.decoded(it))));
    }
}
