package dev.ade.code;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What a source is asked for.
///
/// @param dataset that is loaded: `shop.weather`
/// @param environment that the run is for: `prod`
/// @param settings what `load:` says beside `java`, with environment variables put in; may hold secrets
/// @param position what the last reading that was published said of where the next begins; empty to read everything
/// @param now the instant the run is for
/// @param project its folder
public record Asked(
        String dataset,
        String environment,
        Map<String, Object> settings,
        Optional<String> position,
        Instant now,
        Path project) {
    public Asked {
        settings = Map.copyOf(settings);
    }

    /// A setting as text.
    ///
    /// @throws IllegalArgumentException where `load:` has none of this name
    public String setting(String name) {
        return find(name)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "load has no setting '%s'; add it beside java:".formatted(name)));
    }

    /// A setting as text, where there is one.
    public Optional<String> find(String name) {
        return Optional.ofNullable(settings.get(name)).map(Object::toString);
    }

    /// Without the settings, which may hold secrets.
    @Override
    public String toString() {
        return "Asked[" + dataset + "]";
    }
}
