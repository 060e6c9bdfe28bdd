package dev.ade.run.rejected;

import dev.ade.model.AdeException;
import dev.ade.model.LoadSpec;
import dev.ade.model.Project;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import java.util.stream.Collectors;

/// Sources whose rejected rows can be had again.
///
/// @param verb what is to be done with the rows, for messages
record FileSource(Project project, String verb) {
    /// @throws AdeException USER where it is no source
    SourceTable source(TableName dataset) {
        SourceTable source = project.sources().get(dataset);
        if (source == null) {
            throw AdeException.user(
                    "Cannot %s rejected rows of %s: it is no source of this project"
                            .formatted(verb, dataset),
                    "Sources are: "
                            + project.sources().keySet().stream()
                                    .sorted()
                                    .map(TableName::toString)
                                    .collect(Collectors.joining(", ")));
        }
        return source;
    }

    /// @throws AdeException USER where it is no source of files
    SourceTable ofFiles(TableName dataset) {
        SourceTable source = source(dataset);
        return switch (source.load()) {
            case LoadSpec.Files _ -> source;
            case LoadSpec.Outside outside -> throw readOnce(source, outside);
        };
    }

    AdeException readOnce(SourceTable source, LoadSpec.Outside outside) {
        return AdeException.user(
                        "Cannot %s rejected rows of %s: ADE does not keep what it read from %s"
                                .formatted(verb, source.name(), outside.system().word()),
                        "Correct them there, then read all of it again: ade run --full-refresh "
                                + source.name())
                .at(source.location());
    }
}
