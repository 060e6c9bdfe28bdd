package dev.ade.ingest.cdc;

import dev.ade.ingest.cdc.sink.PositionText;
import java.util.LinkedHashMap;
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
    Position at(String later) {
        return new Position(slot, later, timeline, table, published, environment);
    }

    String text() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("slot", slot);
        parts.put("lsn", lsn);
        parts.put("timeline", timeline);
        parts.put("table", table);
        parts.put("published", published);
        parts.put("environment", environment);
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
                said.part("environment"));
    }
}
