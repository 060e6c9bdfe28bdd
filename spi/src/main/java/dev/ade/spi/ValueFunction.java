package dev.ade.spi;

import dev.ade.model.Type;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A function of one value that SQL can call by name. It may hold a key: nothing of it but its name is ever
/// written anywhere. Deterministic and thread-safe; NULL gives NULL and is not passed in.
public interface ValueFunction {
    /// A plain lower-case identifier, unique in a session.
    String name();

    /// VARCHAR, BIGINT, DOUBLE, DATE or TIMESTAMP; SQL casts the argument to it.
    Type argument();

    Type result();

    /// The result for one value (String, Long, Double, LocalDate, LocalDateTime), as `Cursor` would give it.
    ///
    /// @throws RuntimeException where the value cannot be treated; its message never holds the value
    @Nullable Object apply(Object value);

    /// The same for a VARCHAR as UTF-8: what works on bytes need not make a text of them.
    default @Nullable Object applyUtf8(byte[] value) {
        return apply(new String(value, StandardCharsets.UTF_8));
    }
}
