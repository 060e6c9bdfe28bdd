package dev.ade.ingest;

import dev.ade.model.LoadSpec;
import dev.ade.model.SourceTable;
import dev.ade.spi.Connector;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What sources say of the systems that they are loaded from, before any of these is asked.
public final class DeclaredLoads {
    private final Map<LoadSpec.SystemKind, Connector> connectors;
    private final Function<String, @Nullable String> environment;

    /// @param environment variables that settings may name
    public DeclaredLoads(
            Map<LoadSpec.SystemKind, Connector> connectors,
            Function<String, @Nullable String> environment) {
        this.connectors = Map.copyOf(connectors);
        this.environment = environment;
    }

    /// Checks one of them. Who only writes a project need not have its secrets; what else an environment variable says that
    /// is not set here is not known, so then nothing is checked.
    ///
    /// @throws dev.ade.model.AdeException USER where it is wrong
    public void check(SourceTable source) {
        switch (source.load()) {
            case LoadSpec.Outside outside -> check(source, outside);
            case LoadSpec.Files _ -> {
                // They are checked when they are read from the project.
            }
        }
    }

    private void check(SourceTable source, LoadSpec.Outside load) {
        Set<String> unknown = new HashSet<>();
        OutsideSettings settings =
                new OutsideSettings(
                        source,
                        environment,
                        (key, name) -> {
                            if (!OutsideSettings.isAnyText(key)) {
                                unknown.add(name);
                            }
                            return "${" + name + "}";
                        });
        Connector.Request request =
                new Connector.Request(
                        source,
                        load,
                        settings.of(load.settings()),
                        Optional.empty(),
                        Instant.EPOCH);
        if (unknown.isEmpty()) {
            Objects.requireNonNull(connectors.get(load.system())).check(request);
        }
    }
}
