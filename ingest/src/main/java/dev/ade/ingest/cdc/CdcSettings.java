package dev.ade.ingest.cdc;

import dev.ade.ingest.jdbc.DatabaseSettings;
import dev.ade.ingest.jdbc.PgDatabase;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.spi.Connector.Request;
import java.util.List;
import java.util.Optional;

/// What `load: {cdc: …}` says.
///
/// @param publication that the database's owner made; empty where ADE makes one
/// @param kind of dataset
record CdcSettings(PgDatabase.Address address, Optional<String> publication, Kind kind) {
    /// What the dataset holds.
    enum Kind {
        /// The table as it is.
        STATE,
        /// Every change of it.
        LOG
    }

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

    static CdcSettings of(Request request) {
        DatabaseSettings settings = new DatabaseSettings(request);
        settings.allow(KEYS, ", mode, key, reject_limit");
        String url = settings.text("cdc").orElse("");
        if (!url.startsWith("jdbc:postgresql:")) {
            throw DatabaseSettings.wrong(
                    request,
                    "changes can be followed in PostgreSQL only, was "
                            + url.replaceAll("[?;].*", ""),
                    "Write cdc: \"jdbc:postgresql://host:port/database\", or read it by jdbc:");
        }
        PgDatabase.Address address =
                new PgDatabase.Address(
                        url,
                        settings.properties(),
                        List.of(table(settings).split("\\.", -1)),
                        settings.rate(),
                        settings.connections());
        return new CdcSettings(address, settings.text("publication"), kind(request));
    }

    private static Kind kind(Request request) {
        Mode mode = request.load().mode();
        return switch (mode) {
            case MERGE -> Kind.STATE;
            case APPEND -> Kind.LOG;
            case REPLACE ->
                    throw DatabaseSettings.wrong(
                            request,
                            "changes are not followed in mode replace",
                            "Leave mode out for the table as it is, set mode: append for every change, or read it by jdbc:");
        };
    }

    private static String table(DatabaseSettings settings) {
        return settings.text("table")
                .orElseThrow(() ->
                        DatabaseSettings.wrong(
                                settings.request(),
                                "load does not say which table",
                                "Add table: schema.name"));
    }
}
