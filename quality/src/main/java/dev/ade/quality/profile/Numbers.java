package dev.ade.quality.profile;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Numbers of a result.
final class Numbers {
    private Numbers() {}

    static long whole(@Nullable Object value) {
        return ((Number) Objects.requireNonNull(value)).longValue();
    }

    static int integer(@Nullable Object value) {
        return Math.toIntExact(whole(value));
    }

    /// NULL, the sum of nothing, is 0.
    static double orZero(@Nullable Object value) {
        return value == null ? 0 : ((Number) value).doubleValue();
    }
}
