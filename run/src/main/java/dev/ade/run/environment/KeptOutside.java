package dev.ade.run.environment;

import dev.ade.model.EnvironmentName;
import dev.ade.model.TableName;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Environments.Environment;
import dev.ade.spi.Lake;
import dev.ade.spi.Loader;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What systems outside go on keeping for datasets that go, in words, by name: a database would keep its log until its disk
/// is full. What another environment still reads is left out.
public final class KeptOutside {
    private KeptOutside() {}

    /// Where an environment goes.
    public static Map<TableName, String> of(Lake lake, EnvironmentName environment) {
        return of(lake, environment, lake.read(environment).states());
    }

    /// Where some datasets of an environment go.
    static Map<TableName, String> of(
            Lake lake, EnvironmentName environment, Collection<DatasetState> gone) {
        Map<TableName, String> kept = new TreeMap<>();
        gone.forEach(state -> said(state).ifPresent(words -> kept.put(state.name(), words)));
        if (!kept.isEmpty()) {
            Set<TableName> names =
                    gone.stream().map(DatasetState::name).collect(Collectors.toSet());
            Set<String> needed =
                    readers(lake, environment, names)
                            .flatMap(state -> said(state).stream())
                            .collect(Collectors.toSet());
            kept.values().removeAll(needed);
        }
        return kept;
    }

    private static Stream<DatasetState> readers(
            Lake lake, EnvironmentName environment, Set<TableName> gone) {
        Stream<DatasetState> here =
                lake.read(environment).states().stream()
                        .filter(state -> !gone.contains(state.name()));
        Stream<DatasetState> elsewhere =
                lake.environments().list().stream()
                        .map(Environment::name)
                        .filter(name -> !name.equals(environment))
                        .flatMap(name -> lake.read(name).states().stream());
        return Stream.concat(here, elsewhere);
    }

    private static Optional<String> said(DatasetState state) {
        return Optional.ofNullable(state.properties().get(Loader.KEPT_OUTSIDE));
    }
}
