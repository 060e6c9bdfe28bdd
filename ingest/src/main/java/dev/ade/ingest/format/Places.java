package dev.ade.ingest.format;

import java.util.Arrays;

/// Where the rows of a copy stood in the original: its lines, or its rows. Remembers only where rows do not follow
/// one another. Filled by one thread, then read by any.
public final class Places {
    /// Rows that are where they are counted.
    public static final Places SAME = new Places();

    private long[] rows = new long[16];
    private long[] places = new long[16];
    private int steps;

    /// The row that begins at line `row` of the copy stood at `place`, both from 1; rows come in order.
    void add(long row, long place) {
        if (place != of(row)) {
            if (steps == rows.length) {
                rows = Arrays.copyOf(rows, 2 * steps);
                places = Arrays.copyOf(places, 2 * steps);
            }
            rows[steps] = row;
            places[steps] = place;
            steps++;
        }
    }

    /// @param row line of the copy, from 1
    public long of(long row) {
        int found = Arrays.binarySearch(rows, 0, steps, row);
        int step = found >= 0 ? found : -found - 2;
        return step < 0 ? row : places[step] + (row - rows[step]);
    }
}
