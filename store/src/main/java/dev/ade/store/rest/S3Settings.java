package dev.ade.store.rest;

import dev.ade.model.AdeException;
import dev.ade.spi.Connector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What `s3:` of a load says. Where it is silent, the catalog's word counts, which may lend who asks a key for the table;
/// then what Amazon's clients find on the machine.
///
/// @param properties as Iceberg's client takes them; hold secrets
record S3Settings(Map<String, String> properties, List<String> secrets) {
    private static final String ACCESS_KEY = "access_key";
    private static final String SECRET_KEY = "secret_key";
    private static final String ENDPOINT = "endpoint";
    private static final String REGION = "client.region";

    /// Keys of `s3:`, and what they are called there.
    private static final Map<String, String> NAMES =
            Map.of(
                    ENDPOINT,
                    "s3.endpoint",
                    "region",
                    REGION,
                    "path_style",
                    "s3.path-style-access",
                    ACCESS_KEY,
                    "s3.access-key-id",
                    SECRET_KEY,
                    "s3.secret-access-key",
                    "session_token",
                    "s3.session-token");

    private static final Set<String> HEARD =
            Stream.concat(
                            NAMES.values().stream(),
                            Stream.of(
                                    "s3.session-token-expires-at-ms",
                                    "s3.cross-region-access-enabled",
                                    "s3.use-arn-region-enabled"))
                    .collect(Collectors.toUnmodifiableSet());

    S3Settings {
        properties = Map.copyOf(properties);
        secrets = List.copyOf(secrets);
    }

    static S3Settings of(Connector.Request request) {
        Map<?, ?> said =
                switch (request.settings().get("s3")) {
                    case null -> Map.of();
                    case Map<?, ?> map -> map;
                    case Object _ -> throw wrong(request, "s3 has no keys");
                };
        Map<String, String> properties = new HashMap<>();
        List<String> secrets = new ArrayList<>();
        said.forEach((key, value) -> {
            String name =
                    Optional.ofNullable(NAMES.get(String.valueOf(key)))
                            .orElseThrow(() -> wrong(request, "s3 has no key '%s'".formatted(key)));
            properties.put(name, String.valueOf(value));
            if (key.equals(SECRET_KEY) || key.equals("session_token")) {
                secrets.add(String.valueOf(value));
            }
        });
        if (said.containsKey(ACCESS_KEY) != said.containsKey(SECRET_KEY)) {
            throw wrong(request, "access_key and secret_key of s3 go together");
        }
        if (said.containsKey(ENDPOINT)) {
            properties.putIfAbsent(REGION, "us-east-1"); // which servers other than Amazon's expect
        }
        return new S3Settings(properties, secrets);
    }

    private static AdeException wrong(Connector.Request request, String reason) {
        return request.wrong(
                reason,
                "Write s3: {region: …, endpoint: …, path_style: true, access_key: \"${NAME}\", secret_key: \"${NAME}\", session_token: \"${NAME}\"}, or what of it is needed");
    }

    /// What the catalog is asked for with a table: a key for its files, where there is none.
    Map<String, String> asking() {
        return properties.containsKey(NAMES.get(ACCESS_KEY))
                ? Map.of()
                : Map.of("header.X-Iceberg-Access-Delegation", "vended-credentials");
    }

    /// What counts of what a catalog says; other properties of the client name classes to be run.
    static Map<String, String> heard(Map<String, String> catalog) {
        Map<String, String> heard = new HashMap<>(catalog);
        heard.keySet().retainAll(HEARD);
        return heard;
    }

    /// These over what the catalog says.
    Map<String, String> over(Map<String, String> catalog) {
        Map<String, String> all = heard(catalog);
        all.putAll(properties);
        all.put("http-client.type", "urlconnection");
        return all;
    }
}
