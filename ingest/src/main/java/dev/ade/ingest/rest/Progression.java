package dev.ade.ingest.rest;

import dev.ade.model.AdeException;
import dev.ade.model.LoadSpec;
import dev.ade.spi.Connector;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Follows the column of `since` through one reading: which items are new, and how far it got. For one thread.
final class Progression {
    private final Connector.Request request;
    private final Since since;
    private final boolean isAppending;
    private final Optional<Reached> before;
    private final Map<String, String> recent = new HashMap<>();
    private @Nullable String largest;

    /// @param request whose position, if any, is where the reading before got
    Progression(Connector.Request request, Since since) {
        this.request = request;
        this.since = since;
        this.isAppending = request.load().mode() == LoadSpec.Mode.APPEND;
        this.before = request.position().map(Reached::of);
        this.largest = before.map(Reached::value).orElse(null);
    }

    /// Whether it is to be loaded. Rows that replace each other by a key all are; of those that are added, what came
    /// before the overlap and what was there already is not.
    boolean isNew(Json item) {
        Optional<String> value = since.column().find(item).flatMap(Json::scalar);
        if (value.isEmpty()) {
            return true;
        }
        boolean isNew = !isAppending || note(item, value.get());
        if (largest == null || Since.compare(value.get(), largest) > 0) {
            largest = value.get();
        }
        return isNew;
    }

    private boolean note(Json item, String value) {
        boolean isPast = before.filter(it -> !since.isWithin(value, it.value())).isPresent();
        if (isPast) {
            return false;
        }
        String digest = Reached.digest(item);
        if (recent.size() >= 2 * Reached.SEEN_MAX) {
            forgetThePast();
        }
        recent.put(digest, value);
        return before.filter(it -> it.seen().contains(digest)).isEmpty();
    }

    /// What the next reading may be given again; it tells by it what is new.
    private void forgetThePast() {
        String end = largest;
        if (end != null) {
            recent.values().removeIf(value -> !since.isWithin(value, end));
        }
        if (recent.size() > Reached.SEEN_MAX) {
            throw AdeException.user(
                            "Cannot load %s: more than %,d rows have the last value of since, or are within its overlap, so that later ones cannot be told from them"
                                    .formatted(request.source().name(), Reached.SEEN_MAX),
                            "Write mode: merge with key:, or another column or a smaller overlap in since")
                    .at(request.source().location());
        }
    }

    /// Empty where no item had the column.
    Optional<String> position() {
        String end = largest;
        if (end == null) {
            return Optional.empty();
        }
        forgetThePast();
        Set<String> seen = new HashSet<>(recent.keySet());
        before.filter(it -> it.value().equals(end)).map(Reached::seen).ifPresent(seen::addAll);
        return Optional.of(new Reached(end, seen).position());
    }
}
