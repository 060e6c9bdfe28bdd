package dev.ade.privacy;

import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import dev.ade.spi.ValueFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A function of text. What it does may hold a key, so nothing of it is ever shown but its name.
final class TextFunction implements ValueFunction {
    private final String name;
    private final Type result;
    private final Function<String, ? extends @Nullable Object> work;

    /// @param work gives null for what it cannot treat; its exceptions never hold the value
    TextFunction(String name, Type result, Function<String, ? extends @Nullable Object> work) {
        this.name = name;
        this.result = result;
        this.work = work;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Type argument() {
        return Simple.VARCHAR;
    }

    @Override
    public Type result() {
        return result;
    }

    @Override
    public @Nullable Object apply(Object value) {
        return work.apply((String) value);
    }

    @Override
    public String toString() {
        return name;
    }
}
