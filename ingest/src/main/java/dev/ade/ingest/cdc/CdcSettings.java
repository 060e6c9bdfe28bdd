package dev.ade.ingest.cdc;

import dev.ade.ingest.cdc.sink.Kind;
import dev.ade.ingest.jdbc.DatabaseSettings;
import dev.ade.ingest.jdbc.TableAddress;
import dev.ade.spi.Connector.Request;
import java.util.List;
import java.util.Optional;

/// What `load: {cdc: …}` says.
///
/// @param publication that the database's owner made; empty where ADE makes one
/// @param kind of dataset
record CdcSettings(TableAddress address, Optional<String> publication, Kind kind) {
    private static final List<String> KEYS =
            List.of(
                    "cdc",
                    "user",
                    "password",
                    "table",
                    "publication",
                    "rate",
                    "connections",
                    "properties");

    private static final String POSTGRES = "jdbc:postgresql:";
    private static final List<String> KINDS = List.of(POSTGRES, "jdbc:mariadb:", "jdbc:mysql:");

    static CdcSettings of(Request request) {
        DatabaseSettings settings = new DatabaseSettings(request);
        request.allow(KEYS, ", mode, key, reject_limit");
        String url = settings.text("cdc").orElse("");
        if (KINDS.stream().noneMatch(url::startsWith)) {
            throw request.wrong(
                    "changes can be followed in PostgreSQL, MariaDB and MySQL only, was "
                            + url.replaceAll("[?;].*", ""),
                    "Write cdc: \"jdbc:postgresql://host:port/database\" or jdbc:mariadb:…, or read it by jdbc:");
        }
        if (!url.startsWith(POSTGRES) && settings.text("publication").isPresent()) {
            throw request.wrong("only PostgreSQL has publications", "Remove publication");
        }
        TableAddress address =
                new TableAddress(
                        url,
                        settings.properties(),
                        List.of(table(settings).split("\\.", -1)),
                        settings.rate(),
                        settings.connections());
        return new CdcSettings(address, settings.text("publication"), Kind.of(request));
    }

    boolean isPostgres() {
        return address.url().startsWith(POSTGRES);
    }

    private static String table(DatabaseSettings settings) {
        return settings.text("table")
                .orElseThrow(() ->
                        settings.request()
                                .wrong("load does not say which table", "Add table: schema.name"));
    }
}
