package dev.ade.ingest;

import dev.ade.model.ColumnSpec;
import dev.ade.model.Fingerprint;
import dev.ade.model.LoadSpec.Files;
import dev.ade.model.PrivacyPolicy;
import dev.ade.model.SourceTable;
import dev.ade.model.Type;
import java.util.ArrayList;
import java.util.List;
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
