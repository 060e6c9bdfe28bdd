package dev.ade.ingest;

import dev.ade.model.Type;
import dev.ade.spi.ValueFunction;
import org.jspecify.annotations.Nullable;

/// A function of privacy that gives NULL for what it cannot treat, so that its row can be rejected.
record Guarded(ValueFunction function) implements ValueFunction {
    static final String SUFFIX = "_or_null";

    @Override
    public String name() {
        return function.name() + SUFFIX;
    }

    @Override
    public Type argument() {
        return function.argument();
    }

    @Override
    public Type result() {
        return function.result();
    }

    @Override
    public @Nullable Object apply(Object value) {
        try {
            return function.apply(value);
        } catch (RuntimeException e) {
            return null;
        }
    }

    @Override
    public @Nullable Object applyUtf8(byte[] value) {
        try {
            return function.applyUtf8(value);
        } catch (RuntimeException e) {
            return null;
        }
    }
}
