package dev.ade.quality.profile;

import dev.ade.spi.ColumnValues;
import java.util.Arrays;

/// Values for quantiles and frequent values: one of each `weight` that came one after the other, so that the sample is as
/// even as what it is of. The weight is a power of two that doubles whenever the sample is full; so there are at least half
/// as many as it can hold, or all.
final class Sample {
    private static final int FEW = 256;
    private static final int KNOWN = 256;

    /// Knuth's generator (MMIX); its highest bits are good ones.
    private static final long FACTOR = 6_364_136_223_846_793_005L;

    private static final long STEP = 1_442_695_040_888_963_407L;

    private final int most;
    private final int wordsEach;
    private final int bytesMost;
    private final byte[][] known;
    private final long[] knownWords;
    private long[] words;
    private byte[][] bytes;
    private int size;
    private long random = 42;
    private long weight = 1;
    private long seen;
    private long next;

    /// @param most values that it can hold, an even number; 0 for a sample of nothing
    /// @param wordsEach words of a value
    /// @param bytesMost bytes of a value that are kept; 0 where words say it all
    Sample(int most, int wordsEach, int bytesMost) {
        this.most = most;
        this.wordsEach = wordsEach;
        this.bytesMost = bytesMost;
        this.words = new long[Math.min(FEW, most) * wordsEach];
        this.bytes = new byte[bytesMost == 0 ? 0 : Math.min(FEW, most)][];
        this.known = new byte[bytesMost == 0 ? 0 : KNOWN][];
        this.knownWords = new long[known.length];
    }

    /// @param count of the values that come next, the first ones of `values`
    /// @param times how often each of them comes
    void see(ColumnValues values, int count, int times) {
        long before = seen;
        seen += (long) count * times;
        if (weight == 1 && times == 1 && bytesMost == 0) {
            addAll(values.words(), Math.min(count, most - size));
        }
        while (next < seen && most > 0) {
            int value = (int) (next - before) / times;
            add(values, value);
            next = size * weight + below(weight);
        }
    }

    /// All values are taken until the sample is full for the first time.
    private void addAll(long[] from, int count) {
        makeRoom(size + count);
        System.arraycopy(from, 0, words, size * wordsEach, count * wordsEach);
        size += count;
        if (size == most && most > 0) {
            halve();
        }
        next = size * weight + below(weight);
    }

    /// A random number from 0; the bound is a power of two.
    private long below(long bound) {
        if (bound == 1) {
            return 0;
        }
        random = random * FACTOR + STEP;
        return random >>> (Long.numberOfLeadingZeros(bound) + 1);
    }

    private void add(ColumnValues values, int value) {
        long[] from = values.words();
        makeRoom(size + 1);
        words[size * wordsEach] = from[value * wordsEach];
        if (wordsEach == 2) {
            words[2 * size + 1] = from[2 * value + 1];
        }
        if (bytesMost > 0) {
            bytes[size] = bytes(values, value, from[value]);
        }
        size++;
        if (size == most) {
            halve();
        }
    }

    /// Few texts make up most columns: these are taken out once.
    ///
    /// @param hash of the text
    private byte[] bytes(ColumnValues values, int value, long hash) {
        int place = (int) hash & (KNOWN - 1);
        if (known[place] == null || knownWords[place] != hash) {
            known[place] = values.bytes(value, bytesMost);
            knownWords[place] = hash;
        }
        return known[place];
    }

    private void makeRoom(int wanted) {
        if (wanted * wordsEach > words.length) {
            int room = Math.max(wanted, Math.min(most, 2 * words.length / wordsEach));
            words = Arrays.copyOf(words, room * wordsEach);
            bytes = Arrays.copyOf(bytes, bytesMost == 0 ? 0 : room);
        }
    }

    /// Of each two neighbours one stays.
    private void halve() {
        for (int i = 0; i < size / 2; i++) {
            move(2 * i + (int) below(2), i);
        }
        size /= 2;
        weight *= 2;
    }

    private void move(int from, int to) {
        words[to * wordsEach] = words[from * wordsEach];
        if (wordsEach == 2) {
            words[2 * to + 1] = words[2 * from + 1];
        }
        if (bytesMost > 0) {
            bytes[to] = bytes[from];
        }
    }

    /// Takes in what was sampled of other values. Nothing more is seen after that.
    void merge(Sample other) {
        while (weight < other.weight) {
            halve();
        }
        while (other.weight < weight) {
            other.halve();
        }
        makeRoom(size + other.size);
        System.arraycopy(other.words, 0, words, size * wordsEach, other.size * wordsEach);
        if (bytesMost > 0) {
            System.arraycopy(other.bytes, 0, bytes, size, other.size);
        }
        size += other.size;
        while (size > most) {
            halve();
        }
    }

    int size() {
        return size;
    }

    /// Values that each one stands for.
    long weight() {
        return weight;
    }

    long word(int value) {
        return words[value * wordsEach];
    }

    /// The second word of a value that has two.
    long high(int value) {
        return words[value * wordsEach + 1];
    }

    byte[] bytes(int value) {
        return bytes[value];
    }
}
