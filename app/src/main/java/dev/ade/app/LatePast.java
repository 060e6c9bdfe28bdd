package dev.ade.app;

import dev.ade.model.Fingerprint;
import dev.ade.model.TableName;
import dev.ade.spi.Compiler;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What was before, looked up when a selector first asks for it: for most, storage is not even opened. Used by one
/// thread.
final class LatePast implements Compiler.Past {
    private final Supplier<Compiler.Past> open;
    private Compiler.@Nullable Past past;

    LatePast(Supplier<Compiler.Past> open) {
        this.open = open;
    }

    @Override
    public Optional<Fingerprint> definition(TableName dataset) {
        return past().definition(dataset);
    }

    @Override
    public Optional<String> result(String name) {
        return past().result(name);
    }

    private Compiler.Past past() {
        if (past == null) {
            past = open.get();
        }
        return past;
    }
}
