package dev.ade.ingest;

import dev.ade.model.ColumnSpec;
import dev.ade.model.DriftPolicy;
import dev.ade.model.Layout;
import dev.ade.model.LoadSpec;
import dev.ade.model.Location;
import dev.ade.model.PrivacyPolicy;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Declarations for tests.
final class Sources {
    private Sources() {}

    static SourceTable of(String name, LoadSpec load, ColumnSpec... columns) {
        return new SourceTable(
                TableName.parse(name),
                SourceTable.Origin.SOURCE,
                load,
                List.of(columns),
                PrivacyPolicy.PSEUDONYM,
                DriftPolicy.EVOLVE,
                Optional.empty(),
                Layout.PLAIN,
                Optional.empty(),
                "",
                Set.of(),
                new Location("shop/sources.yml", 4, 0));
    }
}
