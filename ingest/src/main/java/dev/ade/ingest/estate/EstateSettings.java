package dev.ade.ingest.estate;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.TableName;
import dev.ade.spi.Connector;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What `load:` says about a dataset of another project.
///
/// @param folder of that project
/// @param environment its default one where none is named
record EstateSettings(Path folder, TableName table, Optional<EnvironmentName> environment) {
    private static final Set<String> KEYS = Set.of("ade", "table", "environment");

    /// @param root the own project's folder
    static EstateSettings of(Connector.Request request, Path root) {
        Map<String, Object> settings = request.settings();
        for (String key : settings.keySet()) {
            if (!KEYS.contains(key)) {
                throw wrong(
                        request,
                        "load has no key " + key,
                        "Its keys are " + String.join(", ", new TreeSet<>(KEYS)));
            }
        }
        if (request.load().mode() == Mode.APPEND) {
            throw wrong(
                    request,
                    "another project's dataset cannot be appended to",
                    "Leave mode: out, or write mode: merge and key:");
        }
        Path folder = root.resolve(settings.getOrDefault("ade", "").toString()).normalize();
        if (folder.equals(root.normalize())) {
            throw wrong(request, "it is a dataset of this project", "Write load: {ade: ../other}");
        }
        return new EstateSettings(
                folder,
                Optional.ofNullable(settings.get("table"))
                        .map(name -> TableName.parse(name.toString()))
                        .orElseGet(() -> request.source().name()),
                Optional.ofNullable(settings.get("environment"))
                        .map(name -> new EnvironmentName(name.toString())));
    }

    private static AdeException wrong(Connector.Request request, String reason, String next) {
        return AdeException.user(
                        "Cannot load %s: %s".formatted(request.source().name(), reason), next)
                .at(request.source().location());
    }
}
