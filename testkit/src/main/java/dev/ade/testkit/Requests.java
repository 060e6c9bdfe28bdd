package dev.ade.testkit;

import dev.ade.model.DriftPolicy;
import dev.ade.model.Layout;
import dev.ade.model.LoadSpec;
import dev.ade.model.Location;
import dev.ade.model.PrivacyPolicy;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import dev.ade.spi.Connector;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What loads ask connectors for.
public final class Requests {
    private Requests() {}

    /// Of the source `sales.orders`, which is replaced by each load.
    ///
    /// @param catalog its address
    /// @param more settings of the load
    public static Connector.Request iceberg(String catalog, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of("iceberg", catalog));
        settings.putAll(more);
        LoadSpec.Outside load =
                new LoadSpec.Outside(
                        LoadSpec.SystemKind.ICEBERG,
                        settings,
                        LoadSpec.Mode.REPLACE,
                        List.of(),
                        LoadSpec.RejectLimit.DEFAULT);
        SourceTable source =
                new SourceTable(
                        TableName.of("sales", "orders"),
                        SourceTable.Origin.SOURCE,
                        load,
                        List.of(),
                        PrivacyPolicy.PSEUDONYM,
                        DriftPolicy.EVOLVE,
                        Optional.empty(),
                        Layout.PLAIN,
                        Optional.empty(),
                        "",
                        Set.of(),
                        Location.of("shop/sources.yml"));
        return new Connector.Request(source, load, settings, Optional.empty(), Instant.EPOCH);
    }
}
