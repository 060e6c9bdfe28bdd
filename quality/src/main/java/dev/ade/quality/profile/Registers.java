package dev.ade.quality.profile;

import dev.ade.quality.sketch.Distinct;

/// Registers of a HyperLogLog sketch: each holds the longest run of zero bits, plus one, of the hashes that fell to it.
final class Registers {
    private static final int SIZE = 1 << Distinct.LG_REGISTERS;

    /// Ends each run: there are no more bits.
    private static final long END = 1L << (Long.SIZE - Distinct.LG_REGISTERS);

    private static final int RECENT_BITS = 8;
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private final byte[] runs = new byte[SIZE];

    /// Values that came lately, most of them again.
    private final long[] recent = new long[1 << RECENT_BITS];

    Registers() {
        recent[0] = ~recent[0]; // whose place is elsewhere: zero is yet to come
    }

    void add(long value) {
        int place = (int) ((value * FACTOR) >>> (Long.SIZE - RECENT_BITS));
        if (recent[place] != value) {
            recent[place] = value;
            addNew(value);
        }
    }

    private void addNew(long value) {
        long hash = mix(value);
        int register = (int) hash & (SIZE - 1);
        long rest = (hash >>> Distinct.LG_REGISTERS) | END;
        byte run = (byte) (Long.numberOfTrailingZeros(rest) + 1);
        if (run > runs[register]) {
            runs[register] = run;
        }
    }

    /// The last step of MurmurHash3 (Appleby, 2011): each bit of the result depends on all of the value.
    static long mix(long value) {
        long bits = value;
        bits = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
        bits = (bits ^ (bits >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return bits ^ (bits >>> 33);
    }

    void merge(Registers other) {
        for (int i = 0; i < SIZE; i++) {
            runs[i] = (byte) Math.max(runs[i], other.runs[i]);
        }
    }

    Distinct distinct(long family) {
        return Distinct.ofRegisters(family, runs);
    }
}
