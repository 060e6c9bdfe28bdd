package dev.ade.ingest;

import dev.ade.model.ColumnSpec;
import dev.ade.model.Fingerprint;
import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Files;
import dev.ade.model.PrivacyPolicy;
import dev.ade.model.SourceTable;
import dev.ade.model.Type;
import dev.ade.spi.Connector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The fingerprint of everything in a declaration that affects what lands. What does not, such as a
/// description, the patterns, the layout or how many rows may be rejected, is not in it.
final class Contract {
    /// Raised when this code lands the same file differently.
    private static final int READER = 1;

    private Contract() {}

    static Fingerprint of(SourceTable source, Files files) {
        List<Object> parts = new ArrayList<>();
        parts.add("files/" + READER);
        parts.add(files.format());
        parts.add(files.mode());
        parts.add(files.key());
        new TreeMap<>(files.options())
                .forEach((name, value) -> {
                    parts.add(name);
                    parts.add(value.toString());
                });
        return of(source, parts);
    }

    /// @param load what the system is asked for is part of it: another table is other rows
    static Fingerprint of(SourceTable source, LoadSpec.Outside load, Connector connector) {
        List<Object> parts = new ArrayList<>();
        parts.add(connector.definition(load));
        parts.add(load.system().word() + "/" + READER);
        parts.add(load.mode());
        parts.add(load.key());
        Map<String, Object> asked = new TreeMap<>(load.settings());
        asked.keySet().removeAll(connector.manners());
        asked.forEach((name, value) -> {
            parts.add(name);
            parts.add(canonical(value));
        });
        return of(source, parts);
    }

    /// The same text for equal values, whatever the order of their keys.
    private static String canonical(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, String> sorted = new TreeMap<>();
                map.forEach((key, one) -> sorted.put(String.valueOf(key), canonical(one)));
                yield sorted.toString();
            }
            case List<?> list -> list.stream().map(Contract::canonical).toList().toString();
            default -> value.toString();
        };
    }

    private static Fingerprint of(SourceTable source, List<Object> parts) {
        parts.add(source.drift());
        parts.add(source.eventTime());
        source.columns().forEach(column -> parts.addAll(parts(column)));
        if (source.undeclared() == PrivacyPolicy.KEEP) {
            parts.add("keep undeclared");
        }
        return Fingerprint.of(parts);
    }

    private static List<Object> parts(ColumnSpec column) {
        Optional<String> type = column.type().map(Type::sql);
        return List.of(column.name(), type, column.nullability(), column.privacy());
    }
}
