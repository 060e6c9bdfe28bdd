package dev.ade.app;

import dev.ade.model.Fingerprint;
import dev.ade.model.TableName;
import dev.ade.spi.Compiler;
import java.nio.file.Path;
import java.util.Optional;

/// What was before, with a folder of dbt's files that selectors ask instead.
record FolderPast(Compiler.Past past, Path folder) implements Compiler.Past {
    @Override
    public Optional<Fingerprint> definition(TableName dataset) {
        return past.definition(dataset);
    }

    @Override
    public Optional<String> result(String name) {
        return past.result(name);
    }

    @Override
    public Optional<Path> artifacts() {
        return Optional.of(folder);
    }
}
