package dev.ade.ingest.cdc.binlog;

import dev.ade.ingest.cdc.sink.PositionText;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Up to where a table's changes are published.
///
/// @param place in the server's log
/// @param created when the file of that place was begun, in seconds; another in the log of another server
/// @param table its database and name
/// @param key columns that identify a row
/// @param dropped columns that were there once, in lower case
record BinlogPosition(
        Place place, long created, String table, List<String> key, Set<String> dropped) {
    private static final String BETWEEN = ",";

    BinlogPosition {
        key = List.copyOf(key);
        dropped = Set.copyOf(dropped);
    }

    BinlogPosition at(Place later, long laterCreated, Set<String> moreDropped) {
        Set<String> all = new TreeSet<>(dropped);
        all.addAll(moreDropped);
        return new BinlogPosition(later, laterCreated, table, key, all);
    }

    String text() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("file", PositionText.encoded(place.file()));
        parts.put("at", String.valueOf(place.at()));
        parts.put("created", String.valueOf(created));
        parts.put("table", PositionText.encoded(table));
        parts.put("key", joined(key));
        parts.put("dropped", joined(List.copyOf(new TreeSet<>(dropped))));
        return new PositionText(parts).text();
    }

    private static String joined(List<String> names) {
        return names.stream().map(PositionText::encoded).collect(Collectors.joining(BETWEEN));
    }

    private static List<String> parted(String text) {
        return Arrays.stream(text.split(BETWEEN))
                .filter(name -> !name.isEmpty())
                .map(PositionText::decoded)
                .toList();
    }

    static BinlogPosition parse(String text) {
        PositionText said = PositionText.parse(text);
        return new BinlogPosition(
                new Place(PositionText.decoded(said.part("file")), Long.parseLong(said.part("at"))),
                Long.parseLong(said.part("created")),
                PositionText.decoded(said.part("table")),
                parted(said.part("key")),
                Set.copyOf(parted(said.part("dropped"))));
    }
}
