package dev.ade.ingest;

import dev.ade.model.Aliases;
import dev.ade.model.ColumnSpec;
import dev.ade.model.ColumnSpec.Nullability;
import dev.ade.model.Fingerprint;
import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Files;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.PrivacyPolicy;
import dev.ade.model.SourceTable;
import dev.ade.model.Type;
import dev.ade.spi.Connector;
import dev.ade.spi.Corrections;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The fingerprint of everything in a declaration that affects what lands. What does not, such as a
/// description, the patterns, the layout or how many rows may be rejected, is not in it. Nor is what columns are called: one
/// with aliases counts under the oldest, so that nothing is loaded again because it has another name.
///
/// @param fingerprint of the declaration
/// @param before the same with a line for each column that is declared with nothing but aliases: it may have stood there
///     under its old name, or not at all
record Contract(Fingerprint fingerprint, Fingerprint before) {
    /// Raised when this code lands the same file differently.
    private static final int READER = 1;

    /// Whether what was loaded by another lands as it would by this one.
    boolean holds(Fingerprint other) {
        return other.equals(fingerprint) || other.equals(before);
    }

    /// The same for a batch of which people may have corrected rows.
    Contract under(Fingerprint batch, Map<Fingerprint, Fingerprint> corrected) {
        return new Contract(
                Corrections.under(fingerprint, batch, corrected),
                Corrections.under(before, batch, corrected));
    }

    /// The version of a dataset that holds these batches; another where its columns have other names.
    static Fingerprint version(
            SourceTable source, Fingerprint contract, Mode mode, Collection<Fingerprint> batches) {
        Aliases aliases = source.aliases();
        return aliases.isEmpty()
                ? Fingerprint.of(contract, mode, batches)
                : Fingerprint.of(contract, mode, batches, new TreeMap<>(aliases.names()));
    }

    static Contract of(SourceTable source, Files files) {
        List<Object> parts = new ArrayList<>();
        parts.add("files/" + READER);
        parts.add(files.format());
        parts.add(files.mode());
        parts.add(files.key());
        new TreeMap<>(files.options())
                .forEach((name, value) -> {
                    if (Option.find(name).filter(Option.UNPACKED_MAX::equals).isEmpty()) {
                        parts.add(name);
                        parts.add(value.toString());
                    }
                });
        return of(source, parts);
    }

    /// @param load what the system is asked for is part of it: another table is other rows
    static Contract of(SourceTable source, LoadSpec.Outside load, Connector connector) {
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

    private static Contract of(SourceTable source, List<Object> parts) {
        parts.add(source.drift());
        parts.add(source.eventTime());
        List<Object> before = new ArrayList<>(parts);
        for (ColumnSpec column : source.columns()) {
            before.addAll(parts(column, source));
            if (!isName(column, source)) {
                parts.addAll(parts(column, source));
            }
        }
        if (source.undeclared() == PrivacyPolicy.KEEP) {
            parts.add("keep undeclared");
            before.add("keep undeclared");
        }
        return new Contract(Fingerprint.of(parts), Fingerprint.of(before));
    }

    /// True of what says only that a column has other names.
    private static boolean isName(ColumnSpec column, SourceTable source) {
        return !column.aliases().isEmpty()
                && isAllKept(source)
                && column.type().isEmpty()
                && column.nullability() == Nullability.NULLABLE
                && column.privacy().isEmpty();
    }

    /// Whether columns that nobody had declared were loaded, or nothing was. Else they are only in the files.
    private static boolean isAllKept(SourceTable source) {
        return switch (source.drift()) {
            case EVOLVE, FREEZE -> true;
            case DISCARD_ROW, DISCARD_VALUE -> false;
        };
    }

    private static List<Object> parts(ColumnSpec column, SourceTable source) {
        Optional<String> type = column.type().map(Type::sql);
        List<Object> parts = new ArrayList<>();
        if (column.aliases().isEmpty()) {
            parts.add(column.name());
        } else if (isAllKept(source)) {
            parts.add(column.aliases().getLast());
        } else {
            parts.add(column.name());
            parts.add(column.aliases());
        }
        parts.addAll(List.of(type, column.nullability(), column.privacy()));
        return parts;
    }
}
