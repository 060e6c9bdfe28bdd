package dev.ade.ingest;

import dev.ade.model.ColumnSpec;
import dev.ade.model.DriftPolicy;
import dev.ade.model.Layout;
import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.LoadSpec.RejectLimit;
import dev.ade.model.Location;
import dev.ade.model.PrivacyPolicy;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import dev.ade.testkit.MariaDb;
import dev.ade.testkit.Postgres;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Declarations for tests.
final class Sources {
    private Sources() {}

    /// `shop.orders`, which follows the table of that name.
    static SourceTable following(
            Postgres postgres, Mode mode, Map<String, Object> more, String... key) {
        Map<String, Object> settings = new HashMap<>(settings("cdc", postgres, "public.orders"));
        settings.putAll(more);
        return of(
                "shop.orders",
                new LoadSpec.Outside(
                        LoadSpec.SystemKind.CDC, settings, mode, List.of(key), RejectLimit.NONE));
    }

    /// `shop.orders`, which follows the table of that name.
    static SourceTable following(
            MariaDb server, Mode mode, Map<String, Object> more, String... key) {
        Map<String, Object> settings =
                new HashMap<>(
                        Map.of(
                                "cdc",
                                server.url(),
                                "user",
                                MariaDb.USER,
                                "password",
                                "${PASSWORD}",
                                "properties",
                                Map.of("sslMode", "disable"),
                                "table",
                                "orders"));
        settings.putAll(more);
        return of(
                "shop.orders",
                new LoadSpec.Outside(
                        LoadSpec.SystemKind.CDC, settings, mode, List.of(key), RejectLimit.NONE));
    }

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

    /// How a table of PostgreSQL is reached, with its password in the environment.
    ///
    /// @param key `jdbc` or `cdc`
    static Map<String, Object> settings(String key, Postgres postgres, String table) {
        return Map.of(
                key,
                postgres.url(),
                "user",
                Postgres.USER,
                "password",
                "${PASSWORD}",
                "table",
                table);
    }
}
