package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.LoadSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Databases and Iceberg catalogs that `ade.yml` names once and loads mean by `connection:`. Environment variables in them
/// stay as they are written until the database is asked.
final class Connections {
    static final String KEY = "connection";
    private static final String CATALOG = LoadSpec.SystemKind.ICEBERG.word();
    private static final Set<String> KEYS =
            Set.of("url", "driver", "user", "password", "properties", "connections", "rate");
    private static final Set<String> CATALOG_KEYS =
            Set.of("warehouse", "credential", "token", "scope", "token_url", "insecure", "s3");

    private Connections() {}

    /// @return by name, what each says to a load, where `jdbc` or `iceberg` is its address
    static Map<String, Map<String, Object>> read(Section file) {
        Map<String, Map<String, Object>> all = new HashMap<>();
        file.section("connections")
                .ifPresent(section -> {
                    for (String name : section.keys()) {
                        section.section(name).ifPresent(one -> all.put(name, connection(one)));
                    }
                });
        return all;
    }

    private static Map<String, Object> connection(Section section) {
        Map<String, Object> settings = new HashMap<>();
        boolean isCatalog = section.has(CATALOG);
        settings.put(
                isCatalog ? CATALOG : LoadSpec.SystemKind.JDBC.word(),
                section.requireText(isCatalog ? CATALOG : "url"));
        Set<String> keys = isCatalog ? CATALOG_KEYS : KEYS;
        for (String key : section.keys()) {
            if (!key.equals("url") && keys.contains(key)) {
                section.plain(key).ifPresent(value -> settings.put(key, value));
            }
        }
        section.done("a connection");
        return settings;
    }

    /// What a connection is to; a database where there is none of that name.
    static LoadSpec.SystemKind system(Section load, Map<String, Map<String, Object>> connections) {
        return connections.getOrDefault(load.requireText(KEY), Map.of()).containsKey(CATALOG)
                ? LoadSpec.SystemKind.ICEBERG
                : LoadSpec.SystemKind.JDBC;
    }

    /// What a load says, with what its connection says beside it.
    static Map<String, Object> join(
            Section load,
            Map<String, Map<String, Object>> connections,
            Map<String, Object> settings) {
        String name = load.requireText(KEY);
        Map<String, Object> connection = connections.get(name);
        if (connection == null) {
            throw AdeException.user(
                            "Cannot load from connection %s: ade.yml has none of that name"
                                    .formatted(name),
                            connections.isEmpty()
                                    ? "Write connections: {%s: {url: \"jdbc:…\"}} into ade.yml"
                                            .formatted(name)
                                    : "There are " + String.join(", ", names(connections)))
                    .at(load.location());
        }
        Map<String, Object> joined = new HashMap<>(connection);
        joined.putAll(settings);
        joined.put(KEY, name);
        return joined;
    }

    private static List<String> names(Map<String, Map<String, Object>> connections) {
        return connections.keySet().stream().sorted().toList();
    }
}
