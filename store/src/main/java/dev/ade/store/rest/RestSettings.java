package dev.ade.store.rest;

import dev.ade.model.AdeException;
import dev.ade.spi.Connector;
import dev.ade.spi.Wire;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.RESTCatalogProperties;
import org.apache.iceberg.rest.auth.OAuth2Properties;

/// What `load:` says about a table of another catalog.
///
/// @param catalog address of the catalog
/// @param properties of Iceberg's client; hold secrets
/// @param secrets texts that no message may hold
/// @param storage how files are read that are not on this machine
/// @param local folder of this machine that a catalog of another one may name files in
record RestSettings(
        URI catalog,
        TableIdentifier table,
        Map<String, String> properties,
        List<String> secrets,
        S3Settings storage,
        Optional<Path> local) {
    private static final List<String> KEYS =
            List.of(
                    "iceberg",
                    "connection",
                    "table",
                    "warehouse",
                    "credential",
                    "token",
                    "scope",
                    "token_url",
                    "insecure",
                    "s3",
                    "local");

    private static final String CONNECT_MILLIS = "10000";
    private static final String ANSWER_MILLIS = "60000";
    private static final String RETRIES = "3";

    RestSettings {
        properties = Map.copyOf(properties);
        secrets = List.copyOf(secrets);
    }

    static RestSettings of(Connector.Request request) {
        RestSettings settings = ofCatalog(request);
        if (settings.table.namespace().isEmpty() || settings.table.name().isEmpty()) {
            throw request.wrong(
                    "'%s' is no table of a catalog".formatted(settings.table),
                    "Write table: namespace.table into load");
        }
        return settings;
    }

    /// The same where no table is meant.
    static RestSettings ofCatalog(Connector.Request request) {
        request.allow(KEYS, "");
        URI catalog = address(request, "iceberg");
        Map<String, String> properties = new HashMap<>();
        properties.put(CatalogProperties.URI, catalog.toString());
        put(request, "warehouse", properties, CatalogProperties.WAREHOUSE_LOCATION);
        put(request, "credential", properties, OAuth2Properties.CREDENTIAL);
        put(request, "token", properties, OAuth2Properties.TOKEN);
        put(request, "scope", properties, OAuth2Properties.SCOPE);
        if (request.settings().containsKey("token_url")) {
            properties.put(
                    OAuth2Properties.OAUTH2_SERVER_URI, address(request, "token_url").toString());
        }
        properties.put(OAuth2Properties.TOKEN_REFRESH_ENABLED, "false");
        properties.put(RESTCatalogProperties.METRICS_REPORTING_ENABLED, "false");
        properties.put("rest.client.connection-timeout-ms", CONNECT_MILLIS);
        properties.put("rest.client.socket-timeout-ms", ANSWER_MILLIS);
        properties.put("rest.client.max-retries", RETRIES);
        S3Settings storage = S3Settings.of(request);
        properties.putAll(storage.asking());
        List<String> secrets = new ArrayList<>(secrets(request));
        secrets.addAll(storage.secrets());
        RestSettings settings =
                new RestSettings(
                        catalog, table(request), properties, secrets, storage, local(request));
        boolean isOpen = text(request, "insecure").filter("true"::equals).isPresent();
        if (!isOpen && !settings.isAnonymous() && !Wire.isPrivate(catalog)) {
            throw request.wrong(
                    "the secret that is sent to %s can be read on the way".formatted(catalog),
                    "Write https://, or insecure: true where that is meant");
        }
        return settings;
    }

    /// Whether the catalog is told nothing of who asks.
    boolean isAnonymous() {
        return !properties.containsKey(OAuth2Properties.CREDENTIAL)
                && !properties.containsKey(OAuth2Properties.TOKEN);
    }

    /// Whether the catalog runs here, so that it can read what it names itself.
    boolean isOfThisMachine() {
        return Wire.isOfThisMachine(catalog);
    }

    private static Optional<Path> local(Connector.Request request) {
        Optional<Path> folder = text(request, "local").map(Path::of);
        if (folder.filter(it -> !it.isAbsolute()).isPresent()) {
            throw request.wrong(
                    "local is no absolute path, was '%s'".formatted(folder.get()),
                    "Write local: /mnt/lake into load");
        }
        return folder;
    }

    /// Where it is read, for messages.
    String place() {
        return "%s of %s".formatted(table, catalog.getAuthority());
    }

    /// Without what nobody may read.
    String safe(String text) {
        String safe = text;
        for (String secret : secrets) {
            safe = safe.replace(secret, "***");
        }
        return safe;
    }

    private static void put(
            Connector.Request request, String key, Map<String, String> properties, String name) {
        text(request, key).ifPresent(value -> properties.put(name, value));
    }

    private static Optional<String> text(Connector.Request request, String key) {
        return Optional.ofNullable(request.settings().get(key)).map(Object::toString);
    }

    /// The client's secret alone, too: who writes `id:secret` has two texts.
    private static List<String> secrets(Connector.Request request) {
        List<String> secrets = new ArrayList<>();
        text(request, "credential").ifPresent(secrets::add);
        text(request, "credential")
                .map(both -> both.substring(both.indexOf(':') + 1))
                .ifPresent(secrets::add);
        text(request, "token").ifPresent(secrets::add);
        secrets.removeIf(String::isEmpty);
        return secrets;
    }

    private static TableIdentifier table(Connector.Request request) {
        String name = text(request, "table").orElseGet(() -> request.source().name().toString());
        return TableIdentifier.parse(name);
    }

    /// The text may hold a login, so that no message shows it.
    private static URI address(Connector.Request request, String key) {
        String text = text(request, key).orElse("");
        AdeException wrong =
                request.wrong(
                        key + " is not the address of a server",
                        "Write %s: https://catalog.example:8181 into load".formatted(key));
        try {
            URI address = URI.create(text.replaceFirst("/+$", ""));
            boolean isWeb =
                    "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            if (!isWeb || address.getHost() == null || address.getUserInfo() != null) {
                throw wrong;
            }
            return address;
        } catch (IllegalArgumentException e) {
            throw wrong;
        }
    }
}
