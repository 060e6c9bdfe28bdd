package dev.ade.ingest.estate;

import dev.ade.model.EnvironmentName;
import dev.ade.spi.LakeView;
import java.nio.file.Path;
import java.util.Optional;

/// Opens other projects on this machine.
@FunctionalInterface
public interface Estates {
    /// @param root folder of a project
    /// @param environment the project's default one where none is named
    /// @throws dev.ade.model.AdeException USER where there is no such project or environment
    Estate open(Path root, Optional<EnvironmentName> environment);

    /// A project that is open.
    interface Estate extends AutoCloseable {
        EnvironmentName environment();

        /// What the environment publishes now.
        LakeView view();

        @Override
        void close();
    }
}
