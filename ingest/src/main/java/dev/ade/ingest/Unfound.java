package dev.ade.ingest;

import dev.ade.ingest.Reconciler.FileShape;
import dev.ade.model.AdeException;
import dev.ade.model.ColumnSpec;
import dev.ade.model.DriftPolicy;
import dev.ade.model.LoadSpec;
import dev.ade.model.PrivacySpec;
import dev.ade.model.SourceTable;
import dev.ade.model.Spelling;
import dev.ade.model.Treatment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Columns that are declared to be treated and that are not found, while one comes that nobody declared: that is perhaps
/// the same under its real name, and would land as it is.
///
/// @param files that are not empty
record Unfound(SourceTable source, Expected expected, List<FileShape> files) {
    Unfound {
        files = List.copyOf(files);
    }

    /// @throws AdeException where there is one
    void requireNone() {
        source.columns().stream().filter(Unfound::isTreated).forEach(this::requireFound);
    }

    static boolean isPossible(SourceTable source) {
        return source.columns().stream().anyMatch(Unfound::isTreated);
    }

    private static boolean isTreated(ColumnSpec column) {
        return column.privacy()
                .filter(it -> !(it.treatment().orElse(null) instanceof Treatment.Keep))
                .filter(it -> it.treatment().isPresent() || !isImpersonal(it))
                .isPresent();
    }

    private static boolean isImpersonal(PrivacySpec privacy) {
        return privacy.dataClass().filter("none"::equals).isPresent();
    }

    private void requireFound(ColumnSpec column) {
        boolean wasThere = expected.currentType(column.name()).isPresent();
        List<FileShape> lacking =
                files.stream()
                        .filter(file -> file.shape().column(column.name()).isEmpty())
                        .toList();
        if (wasThere ? source.drift() == DriftPolicy.EVOLVE : lacking.size() == files.size()) {
            lacking.forEach(file -> requireFound(column, file, wasThere));
        }
    }

    private void requireFound(ColumnSpec column, FileShape file, boolean wasThere) {
        List<String> others =
                file.shape().columns().stream()
                        .map(file.shape()::own)
                        .filter(name -> !expected.isDeclared(name))
                        .filter(name -> !wasThere || expected.currentType(name).isEmpty())
                        .toList();
        Optional<String> meant = nearest(column.name(), others);
        if (meant.isPresent() || (!others.isEmpty() && hasAllColumns(file))) {
            throw wasThere ? gone(column, file, others) : unknown(column, file, others, meant);
        }
    }

    /// The nearest of some names, where about one letter in three differs at most.
    private static Optional<String> nearest(String wanted, List<String> names) {
        return Spelling.nearest(
                wanted,
                names,
                (one, other) -> Spelling.slips(Expected.lower(one), Expected.lower(other)),
                (wanted.length() + 2) / 3);
    }

    /// Whether a column without values is there all the same; fields of JSON may be left out.
    private boolean hasAllColumns(FileShape file) {
        return switch (source.load()) {
            case LoadSpec.Outside outside ->
                    switch (outside.system()) {
                        case JDBC, ADE, ICEBERG, CDC -> true;
                        case JAVA, SINGER, REST -> false;
                    };
            case LoadSpec.Files _ ->
                    file.shape().format() != LoadSpec.Format.JSON
                            && file.shape().format() != LoadSpec.Format.NDJSON;
        };
    }

    private AdeException unknown(
            ColumnSpec column, FileShape file, List<String> others, Optional<String> meant) {
        return AdeException.user(
                        "Cannot load %s: column '%s' is to be treated, but %s does not have it%s"
                                .formatted(
                                        source.name(),
                                        column.name(),
                                        file.origin(),
                                        meant.map("; did you mean '%s'?"::formatted)
                                                .orElse(", it has " + shown(others))),
                        "Correct its name in sources.yml, else what it is really called lands as it is; take it out where there is none")
                .at(source.location());
    }

    private AdeException gone(ColumnSpec column, FileShape file, List<String> others) {
        String first = others.getFirst();
        return AdeException.data(
                        "Cannot load %s: column '%s' is to be treated, but %s does not have it any more, and %s came, which nobody declared"
                                .formatted(
                                        source.name(), column.name(), file.origin(), shown(others)),
                        "If it is the same, declare {name: %s, aliases: [%s]}, else {name: %s}"
                                .formatted(column.name(), first, first))
                .at(source.location());
    }

    private static String shown(List<String> names) {
        return names.stream().limit(20).map("'%s'"::formatted).collect(Collectors.joining(", "));
    }
}
