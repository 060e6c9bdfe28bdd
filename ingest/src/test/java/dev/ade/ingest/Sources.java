package dev.ade.ingest;

import dev.ade.model.ColumnSpec;
import dev.ade.model.DriftPolicy;
import dev.ade.model.Layout;
import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.LoadSpec.RejectLimit;
import dev.ade.model.LoadSpec.SystemKind;
import dev.ade.model.Location;
import dev.ade.model.PrivacyPolicy;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import dev.ade.testkit.MariaDb;
import dev.ade.testkit.Postgres;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Declarations for tests.
final class Sources {
    private Sources() {}

    /// `shop.orders`, for which the table of that name is asked.
    static SourceTable asking(
            Postgres postgres, Mode mode, Map<String, Object> more, String... key) {
        return of(
                "shop.orders",
                new LoadSpec.Outside(
                        SystemKind.JDBC,
                        settings(SystemKind.JDBC, postgres, more),
                        mode,
                        List.of(key),
                        RejectLimit.DEFAULT));
    }

    /// `shop.orders`, which follows the table of that name.
    static SourceTable following(
            Postgres postgres, Mode mode, Map<String, Object> more, String... key) {
        return following(settings(SystemKind.CDC, postgres, more), mode, key);
    }

    /// `shop.orders`, which follows the table of that name.
    static SourceTable following(
            MariaDb server, Mode mode, Map<String, Object> more, String... key) {
        return following(settings(SystemKind.CDC, server, more), mode, key);
    }

    private static SourceTable following(Map<String, Object> settings, Mode mode, String... key) {
        return of(
                "shop.orders",
                new LoadSpec.Outside(
                        SystemKind.CDC, settings, mode, List.of(key), RejectLimit.NONE));
    }

    /// The same with one more column, which has other names.
    static SourceTable called(SourceTable source, String column, String... aliases) {
        List<ColumnSpec> columns = new ArrayList<>(source.columns());
        columns.add(
                new ColumnSpec(
                        column,
                        Optional.empty(),
                        ColumnSpec.Nullability.NULLABLE,
                        Optional.empty(),
                        "",
                        List.of(aliases)));
        return of(source.name().toString(), source.load(), columns.toArray(ColumnSpec[]::new));
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

    /// How the table orders is reached, with the password in the environment.
    ///
    /// @param more instead, or beside
    static Map<String, Object> settings(
            SystemKind kind, Postgres postgres, Map<String, Object> more) {
        return settings(
                Map.of(
                        kind.word(),
                        postgres.url(),
                        "user",
                        Postgres.USER,
                        "table",
                        "public.orders"),
                more);
    }

    /// How the table orders is reached, with the password in the environment.
    ///
    /// @param more instead, or beside
    static Map<String, Object> settings(SystemKind kind, MariaDb server, Map<String, Object> more) {
        return settings(
                Map.of(
                        kind.word(),
                        server.url(),
                        "user",
                        MariaDb.USER,
                        "properties",
                        Map.of("sslMode", "disable"),
                        "table",
                        "orders"),
                more);
    }

    private static Map<String, Object> settings(
            Map<String, Object> server, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(server);
        all.put("password", "${PASSWORD}");
        all.putAll(more);
        if (more.containsKey("query")) {
            all.remove("table");
        }
        return all;
    }
}
