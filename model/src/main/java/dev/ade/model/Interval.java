package dev.ade.model;

import java.time.Instant;

/// A half-open range of event time, `[from, to)`. Times without a zone are UTC.
public record Interval(Instant from, Instant to) implements Comparable<Interval> {
    /// Before anything that happened.
    public static final Instant BEGINNING = Instant.parse("0001-01-01T00:00:00Z");

    /// After anything that will happen.
    public static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    /// All event time.
    public static final Interval ALWAYS = new Interval(BEGINNING, END);

    public Interval {
        if (!from.isBefore(to)) {
            throw AdeException.user(
                    "Cannot use the interval from %s to %s: it is empty".formatted(from, to),
                    "The end is exclusive and must come after the start");
        }
    }

    public boolean overlaps(Interval other) {
        return from.isBefore(other.to) && other.from.isBefore(to);
    }

    public boolean contains(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(to);
    }

    /// True where all of `other` lies within this.
    public boolean covers(Interval other) {
        return !other.from.isBefore(from) && !other.to.isAfter(to);
    }

    /// The smallest that covers both.
    public Interval span(Interval other) {
        return new Interval(
                from.isBefore(other.from) ? from : other.from,
                to.isAfter(other.to) ? to : other.to);
    }

    @Override
    public int compareTo(Interval other) {
        int byStart = from.compareTo(other.from);
        return byStart != 0 ? byStart : to.compareTo(other.to);
    }

    @Override
    public String toString() {
        return "[" + from + ", " + to + ")";
    }
}
