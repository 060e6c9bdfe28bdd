package dev.ade.project;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Values that came from outside of the project, which may be secrets, and are not written into its folder: those of
/// environment variables, and vars of the command line. Thread-safe.
final class Confidential {
    /// Shorter ones are no secrets, and stand in everything.
    private static final int CHARACTERS_MIN = 4;

    private final Set<String> values = ConcurrentHashMap.newKeySet();

    /// The same environment; what it tells is noted.
    Function<String, @Nullable String> noting(Function<String, @Nullable String> environment) {
        return name -> {
            String value = environment.apply(name);
            note(value);
            return value;
        };
    }

    void note(@Nullable Object value) {
        switch (value) {
            case null -> {}
            case Map<?, ?> map -> map.values().forEach(this::note);
            case Collection<?> many -> many.forEach(this::note);
            default -> {
                String text = value.toString();
                if (text.length() >= CHARACTERS_MIN) {
                    values.add(text);
                }
            }
        }
    }

    /// Whether a value has any of them within.
    boolean isIn(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .anyMatch(one -> isIn(one.getKey()) || isIn(one.getValue()));
            case Collection<?> many -> many.stream().anyMatch(this::isIn);
            default -> values.stream().anyMatch(value.toString()::contains);
        };
    }
}
