package dev.ade.jinja;

import java.util.ArrayList;
import java.util.List;

/// Python's `range`.
record Range(long start, long stop, long step) {
    private static final long SIZE_MAX = 100_000_000;

    Range {
        if (step == 0) {
            throw new Problem("range() arg 3 must not be zero");
        }
    }

    static Object of(Arguments arguments) {
        arguments.allow("start", "stop", "step");
        long first = whole(arguments.require(0, "start"));
        if (arguments.positional().size() == 1) {
            return new Range(0, first, 1);
        }
        return new Range(
                first, whole(arguments.require(1, "stop")), whole(arguments.get(2, "step", 1L)));
    }

    private static long whole(Object value) {
        if (value instanceof Undefined missing) {
            throw missing.error();
        }
        return Numbers.index(value);
    }

    long size() {
        long distance = step > 0 ? stop - start : start - stop;
        return distance <= 0 ? 0 : (distance - 1) / Math.abs(step) + 1;
    }

    List<Object> items() {
        long size = size();
        if (size > SIZE_MAX) {
            throw new Problem("a range of " + size + " is too large");
        }
        Budget.spend(size);
        List<Object> items = new ArrayList<>((int) size);
        for (long i = 0; i < size; i++) {
            items.add(start + i * step);
        }
        return items;
    }

    boolean contains(Object value) {
        if (!Numbers.isNumber(value) || Numbers.compare(value, (long) Numbers.real(value)) != 0) {
            return false;
        }
        long offset = (long) Numbers.real(value) - start;
        return offset % step == 0 && offset / step >= 0 && offset / step < size();
    }

    @Override
    public String toString() {
        return step == 1
                ? "range(" + start + ", " + stop + ")"
                : "range(" + start + ", " + stop + ", " + step + ")";
    }
}
