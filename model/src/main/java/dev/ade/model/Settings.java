package dev.ade.model;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `ade.yml` says; every setting has a default that works on a laptop.
///
/// @param state folder of everything ADE keeps for the project: `<project>/.ade`
/// @param lake folder of the data files
/// @param catalog JDBC URL of the catalog
/// @param keys the keyset file
/// @param masterKeyFile file that holds the master key; else the environment variable `ADE_MASTER_KEY`
/// @param environment the environment that is meant where none is named
/// @param undeclaredPersonalData what happens to personal columns nobody declared
/// @param openLineage where events about runs go, if anywhere
/// @param libraries what code of the project is compiled with, beside `lib/`
/// @param connections databases by name, each with what a load would say of it; secrets are names of variables
public record Settings(
        Path state,
        Path lake,
        String catalog,
        Path keys,
        Optional<Path> masterKeyFile,
        EnvironmentName environment,
        PrivacyPolicy undeclaredPersonalData,
        EngineSettings engine,
        MaintenanceSettings maintenance,
        Optional<OpenLineageSettings> openLineage,
        List<MavenCoordinate> libraries,
        Map<String, Map<String, Object>> connections) {
    public Settings {
        libraries = List.copyOf(libraries);
        connections = Map.copyOf(connections);
    }

    /// @param threads cores that queries use
    /// @param memoryBytes memory that queries use before they spill
    /// @param spill folder of spilled data
    /// @param spillBytesMax size of it
    /// @param parallelSteps steps of a run at the same time
    /// @param fileBytesTarget size that data files are cut near
    /// @param queryTimeout of one user query
    /// @param queryRowsMax rows of one user query
    public record EngineSettings(
            int threads,
            long memoryBytes,
            Path spill,
            long spillBytesMax,
            int parallelSteps,
            long fileBytesTarget,
            Duration queryTimeout,
            long queryRowsMax) {
        /// Folder of what statements of users and of macros write while they run.
        public Path scratches() {
            return spill.resolve("scratch");
        }
    }

    /// Events about runs for others, as OpenLineage.
    ///
    /// @param namespace of jobs and datasets in events; empty for one made of the project and environment
    public record OpenLineageSettings(Target target, Optional<String> namespace) {
        /// Where events go.
        public sealed interface Target {
            /// One a line at the end of a file.
            record ToFile(Path file) implements Target {}

            /// One POST each.
            ///
            /// @param keyVariable environment variable with a key that is sent as a bearer token
            record ToUrl(URI url, Optional<String> keyVariable) implements Target {}

            /// One message each.
            ///
            /// @param properties of the producer; `${NAME}` in a value stands for an environment variable
            record ToKafka(String servers, String topic, Map<String, String> properties)
                    implements Target {
                public ToKafka {
                    properties = Map.copyOf(properties);
                }
            }
        }
    }

    /// @param smallFiles a dataset with more small files than this is compacted after a run
    /// @param snapshotAge snapshots older than this expire
    /// @param snapshotsMin but so many are kept
    /// @param grace files that nothing refers to are removed when older than this
    /// @param archive folder beside the lake for data files that are rarely read
    public record MaintenanceSettings(
            int smallFiles,
            Duration snapshotAge,
            int snapshotsMin,
            Duration grace,
            Optional<Path> archive) {}
}
