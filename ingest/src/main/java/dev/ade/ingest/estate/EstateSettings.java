package dev.ade.ingest.estate;

import dev.ade.model.EnvironmentName;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.TableName;
import dev.ade.spi.Connector;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `load:` says about a dataset of another project.
///
/// @param folder of that project
/// @param environment its default one where none is named
record EstateSettings(Path folder, TableName table, Optional<EnvironmentName> environment) {
    private static final List<String> KEYS = List.of("ade", "environment", "table");

    /// @param root the own project's folder
    static EstateSettings of(Connector.Request request, Path root) {
        Map<String, Object> settings = request.settings();
        request.allow(KEYS, "");
        if (request.load().mode() == Mode.APPEND) {
            throw request.wrong(
                    "another project's dataset cannot be appended to",
                    "Leave mode: out, or write mode: merge and key:");
        }
        Path folder = root.resolve(settings.getOrDefault("ade", "").toString()).normalize();
        if (folder.equals(root.normalize())) {
            throw request.wrong("it is a dataset of this project", "Write load: {ade: ../other}");
        }
        return new EstateSettings(
                folder,
                Optional.ofNullable(settings.get("table"))
                        .map(name -> TableName.parse(name.toString()))
                        .orElseGet(() -> request.source().name()),
                Optional.ofNullable(settings.get("environment"))
                        .map(name -> new EnvironmentName(name.toString())));
    }
}
