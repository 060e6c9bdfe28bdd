package dev.ade.privacy;

import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import dev.ade.spi.ValueFunction;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A function of text. What it does may hold a key, so nothing of it is ever shown but its name.
final class TextFunction implements ValueFunction {
    private final String name;
    private final Type result;
    private final Function<String, ? extends @Nullable Object> work;
    private final Function<byte[], ? extends @Nullable Object> bytesWork;

    /// @param work gives null for what it cannot treat; its exceptions never hold the value
    TextFunction(String name, Type result, Function<String, ? extends @Nullable Object> work) {
        this(name, result, work, utf8 -> work.apply(new String(utf8, StandardCharsets.UTF_8)));
    }

    private TextFunction(
            String name,
            Type result,
            Function<String, ? extends @Nullable Object> work,
            Function<byte[], ? extends @Nullable Object> bytesWork) {
        this.name = name;
        this.result = result;
        this.work = work;
        this.bytesWork = bytesWork;
    }

    /// @param work on the text in UTF-8
    static TextFunction ofUtf8(
            String name, Type result, Function<byte[], ? extends @Nullable Object> work) {
        return new TextFunction(
                name, result, text -> work.apply(text.getBytes(StandardCharsets.UTF_8)), work);
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
    public @Nullable Object applyUtf8(byte[] value) {
        return bytesWork.apply(value);
    }

    @Override
    public String toString() {
        return name;
    }
}
