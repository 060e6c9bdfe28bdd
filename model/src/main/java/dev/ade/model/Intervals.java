package dev.ade.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// A set of event time: disjoint intervals in order, none touching the next.
public record Intervals(List<Interval> list) {
    public static final Intervals NONE = new Intervals(List.of());
    public static final Intervals ALWAYS = new Intervals(List.of(Interval.ALWAYS));

    public Intervals {
        list = List.copyOf(list);
        for (int i = 1; i < list.size(); i++) {
            if (!list.get(i - 1).to().isBefore(list.get(i).from())) {
                throw new IllegalArgumentException(
                        "intervals touch or are out of order: "
                                + list.get(i - 1)
                                + ", "
                                + list.get(i));
            }
        }
    }

    /// The union of any intervals, in any order, overlapping or not.
    public static Intervals of(Collection<Interval> any) {
        List<Interval> merged = new ArrayList<>();
        for (Interval next : any.stream().sorted().toList()) {
            Interval last = merged.isEmpty() ? null : merged.getLast();
            if (last == null || last.to().isBefore(next.from())) {
                merged.add(next);
            } else if (last.to().isBefore(next.to())) {
                merged.set(merged.size() - 1, new Interval(last.from(), next.to()));
            }
        }
        return new Intervals(merged);
    }

    public static Intervals of(Interval... any) {
        return of(List.of(any));
    }

    public Intervals union(Intervals other) {
        List<Interval> all = new ArrayList<>(list);
        all.addAll(other.list);
        return of(all);
    }

    public Intervals minus(Intervals other) {
        List<Interval> rest = new ArrayList<>();
        for (Interval interval : list) {
            Instant start = interval.from();
            for (Interval hole : other.list) {
                if (!hole.overlaps(interval)) {
                    continue;
                }
                if (start.isBefore(hole.from())) {
                    rest.add(new Interval(start, hole.from()));
                }
                start = hole.to().isAfter(start) ? hole.to() : start;
            }
            if (start.isBefore(interval.to())) {
                rest.add(new Interval(start, interval.to()));
            }
        }
        return of(rest);
    }

    public Intervals intersect(Intervals other) {
        return minus(ALWAYS.minus(other));
    }

    public boolean overlaps(Interval interval) {
        return list.stream().anyMatch(interval::overlaps);
    }

    /// The whole grains that this set touches, one interval each. An unbounded set has none to list:
    /// intersect it with what is known first.
    public List<Interval> split(Grain grain) {
        List<Interval> parts = new ArrayList<>();
        for (Interval interval : list) {
            Instant start = grain.floor(interval.from());
            while (start.isBefore(interval.to())) {
                Instant end = grain.next(start);
                if (parts.isEmpty() || parts.getLast().from().isBefore(start)) {
                    parts.add(new Interval(start, end));
                }
                start = end;
                if (parts.size() > Grain.INTERVALS_MAX) {
                    throw AdeException.user(
                            "Cannot split %s by %s: more than %d intervals"
                                    .formatted(interval, grain.text(), Grain.INTERVALS_MAX),
                            "Choose a coarser grain or a later begin");
                }
            }
        }
        return parts;
    }

    /// This set widened to whole grains.
    public Intervals widen(Grain grain) {
        List<Interval> wide = new ArrayList<>();
        for (Interval interval : list) {
            Instant floor = grain.floor(interval.to());
            Instant end = floor.equals(interval.to()) ? floor : grain.next(floor);
            wide.add(new Interval(grain.floor(interval.from()), end));
        }
        return of(wide);
    }

    public boolean isEmpty() {
        return list.isEmpty();
    }
}
