package dev.ade.spi;

import dev.ade.model.Variables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Values that came into settings from the environment, and must not come out in messages.
public final class Secrets {
    /// Shorter ones are no secrets, and hiding them would make a riddle of every message.
    private static final int LENGTH_MIN = 4;

    private final List<String> values;

    private Secrets(List<String> values) {
        this.values = values;
    }

    /// @param request whose settings have the values where those of its load have `${NAME}`
    public static Secrets of(Connector.Request request) {
        List<String> found = new ArrayList<>();
        collect(request.load().settings(), request.settings(), found);
        return new Secrets(
                found.stream()
                        .filter(value -> value.length() >= LENGTH_MIN)
                        .distinct()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList());
    }

    private static void collect(
            @Nullable Object written, @Nullable Object filled, List<String> found) {
        if (written instanceof Map<?, ?> before && filled instanceof Map<?, ?> after) {
            before.forEach((key, one) -> collect(one, after.get(String.valueOf(key)), found));
        } else if (written instanceof List<?> before && filled instanceof List<?> after) {
            for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
                collect(before.get(i), after.get(i), found);
            }
        } else if (written instanceof String before && filled instanceof String after) {
            values(before, after, found);
        }
    }

    private static void values(String before, String after, List<String> found) {
        if (Variables.isIn(before)) {
            found.addAll(Variables.values(before, after).orElse(List.of(after)));
        }
    }

    /// Each of them, longest first.
    public void forEach(Consumer<String> use) {
        values.forEach(use);
    }

    /// The same text with dots for every value.
    public String hide(String text) {
        String hidden = text;
        for (String value : values) {
            hidden = hidden.replace(value, "•••");
        }
        return hidden;
    }

    /// True where the text holds one of them.
    public boolean isIn(String text) {
        return values.stream().anyMatch(text::contains);
    }

    @Override
    public String toString() {
        return "Secrets[" + values.size() + "]";
    }
}
