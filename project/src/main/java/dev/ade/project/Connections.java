package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.LoadSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Databases that `ade.yml` names once and loads mean by `connection:`. Environment variables in them stay as they are
/// written until the database is asked.
final class Connections {
    static final String KEY = "connection";
    private static final Set<String> KEYS =
            Set.of("url", "driver", "user", "password", "properties", "connections", "rate");

    private Connections() {}

    /// @return by name, what each says to a load, where `jdbc` is its address
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
        settings.put(LoadSpec.SystemKind.JDBC.word(), section.requireText("url"));
        for (String key : section.keys()) {
            if (!key.equals("url") && KEYS.contains(key)) {
                section.plain(key).ifPresent(value -> settings.put(key, value));
            }
        }
        section.done("a connection");
        return settings;
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
