package dev.ade.project;

import dev.ade.model.TableName;
import dev.ade.project.ProjectFiles.ProjectFile;
import java.util.Map;
import java.util.Optional;

/// A model while the project is being read: its text, its config as far as it is known, and its name.
///
/// @param properties what YAML says about it
record ModelFile(
        ProjectFile file, Body body, Config config, TableName name, Optional<Section> properties) {
    /// The same config over another text.
    ModelFile with(Body other) {
        return new ModelFile(file, other, config, name, properties);
    }

    ModelFile with(Map<String, String> later) {
        return new ModelFile(file, body, config.with(later), name, properties);
    }

    boolean isEphemeral() {
        return KindReader.isEphemeral(config);
    }
}
