package dev.ade.ingest;

import dev.ade.model.AdeException;
import dev.ade.model.SourceTable;
import dev.ade.model.Variables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Puts environment variables into the settings of a load. Secrets come from there alone: a file of the project is read
/// by everyone, and kept for ever by git.
final class OutsideSettings {
    /// Words at the end of keys whose values are secrets.
    private static final Pattern SECRET =
            Pattern.compile(
                    "(^|[_-])(password|passphrase|secret([_-]?key)?|credential|token|bearer|api[_-]?key|private_?key|authorization)$");

    /// And of those that say who asks.
    private static final Pattern NAME = Pattern.compile("user(name)?|client_?id");

    private static final Pattern LOGIN =
            Pattern.compile("//[^/?#@]*:[^/?#@$]+@|[?&;]password=[^$&;]");

    private final SourceTable source;
    private final Function<String, @Nullable String> environment;
    private final Unset unset;

    /// For a reading, which needs all of them.
    OutsideSettings(SourceTable source, Function<String, @Nullable String> environment) {
        this(
                source,
                environment,
                (key, name) -> {
                    throw AdeException.user(
                                    "Cannot load %s: %s of load names the environment variable %s, which is not set"
                                            .formatted(source.name(), key, name),
                                    "Set it before ade is started")
                            .at(source.location());
                });
    }

    OutsideSettings(
            SourceTable source, Function<String, @Nullable String> environment, Unset unset) {
        this.source = source;
        this.environment = environment;
        this.unset = unset;
    }

    /// What stands for a variable that is not set.
    @FunctionalInterface
    interface Unset {
        /// @param key of the setting that names it
        String value(String key, String name);
    }

    /// Whether a declaration is as good or bad whatever text such a setting has.
    static boolean isAnyText(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return SECRET.matcher(lower).find() || NAME.matcher(lower).matches();
    }

    Map<String, Object> of(Map<String, Object> written) {
        Map<String, Object> settings = new LinkedHashMap<>();
        written.forEach((key, value) -> settings.put(key, filled(key, value)));
        return settings;
    }

    private Object filled(String key, Object value) {
        return switch (value) {
            case String text -> filled(key, text);
            case Map<?, ?> map -> {
                Map<String, Object> filled = new LinkedHashMap<>();
                map.forEach((inner, one) -> filled.put(String.valueOf(inner), inMap(inner, one)));
                yield filled;
            }
            case List<?> list -> {
                List<Object> filled = new ArrayList<>();
                list.forEach(one -> filled.add(one == null ? "" : filled(key, one)));
                yield filled;
            }
            default -> value;
        };
    }

    private Object inMap(@Nullable Object key, @Nullable Object value) {
        return value == null ? "" : filled(String.valueOf(key), value);
    }

    /// One text of them.
    String filled(String key, String text) {
        boolean isSecret = SECRET.matcher(key.toLowerCase(Locale.ROOT)).find();
        boolean isWritten = isSecret && !text.isEmpty() && !Variables.isIn(text);
        if (isWritten || LOGIN.matcher(text).find()) {
            throw AdeException.user(
                            "Cannot load %s: a secret is written into %s of load"
                                    .formatted(source.name(), key),
                            "Put it into an environment variable and write ${ITS_NAME} instead")
                    .at(source.location());
        }
        return Variables.fill(text, name -> value(key, name));
    }

    private String value(String key, String name) {
        String value = environment.apply(name);
        return value == null ? unset.value(key, name) : value;
    }
}
