package dev.ade.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// A clock that stands still until a test sets or advances it, in UTC. Thread-safe; clocks made of it by
/// `withZone` follow it.
public final class SettableClock extends Clock {
    private final Hand hand;
    private final ZoneId zone;

    private SettableClock(Hand hand, ZoneId zone) {
        this.hand = hand;
        this.zone = zone;
    }

    /// @param instant such as `2026-01-02T03:04:05Z`
    public static SettableClock at(String instant) {
        return new SettableClock(new Hand(Instant.parse(instant)), ZoneOffset.UTC);
    }

    public void set(Instant instant) {
        hand.set(instant);
    }

    /// @return what time it is then
    public Instant advance(Duration step) {
        return hand.advance(step);
    }

    @Override
    public Instant instant() {
        return hand.now();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new SettableClock(hand, other);
    }

    private static final class Hand {
        private Instant now;

        Hand(Instant now) {
            this.now = now;
        }

        synchronized Instant now() {
            return now;
        }

        synchronized void set(Instant instant) {
            now = instant;
        }

        synchronized Instant advance(Duration step) {
            now = now.plus(step);
            return now;
        }
    }
}
