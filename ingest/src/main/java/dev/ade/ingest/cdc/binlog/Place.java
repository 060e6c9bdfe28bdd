package dev.ade.ingest.cdc.binlog;

import java.util.Comparator;
import java.util.concurrent.atomic.AtomicReference;

/// A place in a server's log.
///
/// @param file such as `log.000003`
/// @param at bytes in it
record Place(String file, long at) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
            Comparator.comparingLong(Place::fileNumber).thenComparingLong(Place::at);

    /// Of what the server says in its header, which has 32 bits for it.
    private static final long UNSIGNED = 0xFFFF_FFFFL;

    /// @param said the file and the bytes in it, parted by a blank, and more
    static Place of(String said) {
        String[] parts = said.split(" ", -1);
        if (parts.length < 2) {
            throw new Bytes.NoLog("the server did not say which place in its log a snapshot shows");
        }
        return new Place(parts[0], Long.parseLong(parts[1]));
    }

    /// One that was told.
    static Place of(AtomicReference<Place> told) {
        Place place = told.get();
        if (place == null) {
            throw new Bytes.NoLog("the server did not say which place in its log a snapshot shows");
        }
        return place;
    }

    /// As `of` reads it.
    String words() {
        return file + " " + at;
    }

    /// Servers number their files, and never begin again but by `reset master`.
    private long fileNumber() {
        String digits = file.substring(file.lastIndexOf('.') + 1);
        return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : 0;
    }

    /// As one number, the file's in the upper 32 bits.
    long number() {
        return (fileNumber() << Integer.SIZE) + at;
    }

    /// After an event of which the header says where it ends.
    Place after(long logged) {
        long next = (at & ~UNSIGNED) | logged;
        return new Place(file, next < at ? next + UNSIGNED + 1 : next);
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return file + ":" + at;
    }
}
