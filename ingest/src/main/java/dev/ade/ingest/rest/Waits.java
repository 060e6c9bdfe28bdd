package dev.ade.ingest.rest;

import dev.ade.model.AdeException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/// How long to wait: before asking again, and so that a host is not asked too often. Thread-safe; sources that ask the
/// same host keep its rate together.
final class Waits {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final int DOUBLINGS_MAX = 6;

    private final Clock clock;
    private final RestConnector.Pause pause;
    private final RandomGenerator random;
    private final Map<String, Instant> nextAt = new ConcurrentHashMap<>();

    Waits(Clock clock, RestConnector.Pause pause, RandomGenerator random) {
        this.clock = clock;
        this.pause = pause;
        this.random = random;
    }

    /// Waits until `host` may be asked.
    ///
    /// @param every time between two questions; zero for as fast as it goes
    void turn(String host, Duration every) {
        if (every.isZero()) {
            return;
        }
        Instant now = clock.instant();
        Instant next =
                nextAt.merge(
                        host,
                        now.plus(every),
                        (there, _) -> (there.isAfter(now) ? there : now).plus(every));
        pause(Duration.between(now, next.minus(every)));
    }

    /// Twice as long each time, of which half is up to chance, so that those who failed together do not come back together.
    Duration backoff(int failed) {
        long millis = FIRST.toMillis() << Math.min(failed, DOUBLINGS_MAX);
        return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
    }

    /// What a `Retry-After` header asks for, in seconds or as a date.
    Optional<Duration> after(String header) {
        String text = header.strip();
        if (text.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant until =
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            Duration wait = Duration.between(clock.instant(), until);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    void pause(Duration time) {
        if (!time.isPositive()) {
            return;
        }
        try {
            pause.of(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AdeException.cancelled("Reading an API was stopped");
        }
    }
}
