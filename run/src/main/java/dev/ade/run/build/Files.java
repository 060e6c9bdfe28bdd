package dev.ade.run.build;

import dev.ade.model.TableName;
import dev.ade.spi.Bound;
import dev.ade.spi.Relation;
import dev.ade.spi.Relations;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The files of a table that may hold rows within bounds: what a replacement has to rewrite.
///
/// @param scan those files only
record Files(Relation.Scan scan) {
    static Files of(Relations relations, TableName table, List<Bound> bounds) {
        return relations
                .find(table, bounds)
                .filter(Relation.Scan.class::isInstance)
                .map(Relation.Scan.class::cast)
                .map(Files::new)
                .orElseGet(() -> new Files(new Relation.Scan(List.of(), List.of())));
    }

    Set<String> paths() {
        return scan.groups().stream()
                .flatMap(group -> group.files().stream())
                .map(Relation.ScanFile::path)
                .collect(Collectors.toSet());
    }

    boolean isEmpty() {
        return scan.groups().isEmpty();
    }
}
