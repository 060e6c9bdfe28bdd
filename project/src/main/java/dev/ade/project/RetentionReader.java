package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.Location;
import dev.ade.model.Retention;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads `retention: 2 years` and `retention: {keep: 2 years, by: ordered_at}`.
final class RetentionReader {
    private static final Set<String> KEYS = Set.of("keep", "by");

    private RetentionReader() {}

    static Optional<Retention> of(Config config) {
        return Optional.ofNullable(config.values().get("retention"))
                .map(written -> read(written, config.location()));
    }

    static Retention read(Object written, Location location) {
        try {
            if (!(written instanceof Map<?, ?> map)) {
                return new Retention(
                        Retention.period(written.toString()), Optional.empty(), location);
            }
            map.keySet().stream()
                    .filter(key -> !KEYS.contains(String.valueOf(key)))
                    .findFirst()
                    .ifPresent(key -> {
                        throw AdeException.user(
                                "Cannot read retention: it has no '%s'".formatted(key),
                                "Write retention: {keep: 2 years, by: ordered_at}");
                    });
            return new Retention(
                    Retention.period(String.valueOf(map.get("keep"))),
                    Optional.ofNullable(map.get("by")).map(Object::toString),
                    location);
        } catch (AdeException e) {
            throw e.location() == null ? e.at(location) : e;
        }
    }
}
