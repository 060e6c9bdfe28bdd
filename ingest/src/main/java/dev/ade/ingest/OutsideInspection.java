package dev.ade.ingest;

import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Format;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.SourceTable;
import dev.ade.spi.Connector;
import dev.ade.spi.Loader.Inspection;
import dev.ade.spi.Loader.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;

/// What is proposed for a table of another system: its columns by rows that were staged, the rest by what its connector
/// knows.
final class OutsideInspection {
    private static final List<String> FIRST = List.of("connection", "table");

    private final SourceTable source;
    private final LoadSpec.Outside load;
    private final Connector.Found found;

    OutsideInspection(SourceTable source, LoadSpec.Outside load, Connector.Found found) {
        this.source = source;
        this.load = load;
        this.found = found;
    }

    /// @param look inspects files
    Inspection of(List<Item> staged, Function<SourceTable, Inspection> look) {
        Inspection seen = look.apply(files(staged));
        List<String> notes = new ArrayList<>(found.notes());
        seen.notes().stream().filter(note -> note.startsWith("Duplicates")).forEach(notes::add);
        String yaml =
                seen.yaml()
                        .replaceFirst(
                                "(?m)^        load: .*$",
                                Matcher.quoteReplacement("        load: " + load()));
        return new Inspection(yaml, seen.columns(), notes, seen.rowsSampled());
    }

    private SourceTable files(List<Item> staged) {
        return source.with(
                new LoadSpec.Files(
                        staged.stream().map(Item::path).toList(),
                        Format.PARQUET,
                        Mode.APPEND,
                        List.of(),
                        Map.of(),
                        load.rejectLimit()));
    }

    /// Merged by the key where there is a time of the last change, appended by one that counts, else replaced.
    private String load() {
        Map<String, Object> settings = new LinkedHashMap<>();
        FIRST.stream()
                .filter(load.settings()::containsKey)
                .forEach(key -> settings.put(key, load.settings().get(key)));
        found.cursor()
                .ifPresent(cursor -> {
                    boolean isKey = found.key().equals(List.of(cursor));
                    settings.put("mode", isKey || found.key().isEmpty() ? "append" : "merge");
                    settings.put("cursor", cursor);
                    if (!isKey && !found.key().isEmpty()) {
                        settings.put("key", found.key());
                        settings.put("overlap", "1 hour");
                    }
                });
        return Yaml.map(settings);
    }
}
