package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.Location;
import dev.ade.model.Retention;
import java.util.Map;
import java.util.Optional;

/// Reads how long rows stay: `retention: 2 years` or `{keep: 2 years, by: ordered_at}`, and `archive: 1 year` or
/// `{after: 1 year, by: ordered_at}`.
enum RetentionReader {
    RETENTION("retention", "keep"),
    ARCHIVE("archive", "after");

    private static final String BY = "by";

    private final String property;
    private final String time;

    RetentionReader(String property, String time) {
        this.property = property;
        this.time = time;
    }

    String property() {
        return property;
    }

    Optional<Retention> of(Config config) {
        return Optional.ofNullable(config.values().get(property))
                .map(written -> read(written, config.location()));
    }

    Retention read(Object written, Location location) {
        try {
            if (!(written instanceof Map<?, ?> map)) {
                return new Retention(
                        Retention.period(written.toString()), Optional.empty(), location);
            }
            map.keySet().stream()
                    .map(String::valueOf)
                    .filter(key -> !key.equals(time) && !key.equals(BY))
                    .findFirst()
                    .ifPresent(key -> {
                        throw AdeException.user(
                                "Cannot read %s: it has no '%s'".formatted(property, key),
                                "Write %s: {%s: 2 years, by: ordered_at}"
                                        .formatted(property, time));
                    });
            return new Retention(
                    Retention.period(String.valueOf(map.get(time))),
                    Optional.ofNullable(map.get(BY)).map(Object::toString),
                    location);
        } catch (AdeException e) {
            throw e.location() == null ? e.at(location) : e;
        }
    }
}
