package dev.ade.quality.profile;

import dev.ade.quality.sketch.Frequents;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;

/// How often each value of a sample occurs. Values are told apart by a word; where that is a hash, two of 16,384 values
/// are taken for one in one of a hundred billion samples.
final class Tally {
    private final int[] counts;
    private final int[] firsts;
    private final int different;

    private Tally(int[] counts, int[] firsts, int different) {
        this.counts = counts;
        this.firsts = firsts;
        this.different = different;
    }

    static Tally of(int size, IntToLongFunction word) {
        int slots = Math.max(16, Integer.highestOneBit(Math.max(1, size)) * 4);
        long[] words = new long[slots];
        int[] counts = new int[slots];
        int[] firsts = new int[slots];
        int different = 0;
        for (int i = 0; i < size; i++) {
            long value = word.applyAsLong(i);
            int slot = (int) Registers.mix(value) & (slots - 1);
            while (counts[slot] > 0 && words[slot] != value) {
                slot = (slot + 1) & (slots - 1);
            }
            if (counts[slot]++ == 0) {
                words[slot] = value;
                firsts[slot] = i;
                different++;
            }
        }
        return new Tally(counts, firsts, different);
    }

    /// @param text of a value of the sample
    /// @param weight values that each one stands for
    Frequents frequents(IntFunction<String> text, long weight) {
        int absent = different <= Frequents.ENTRIES_MAX ? 0 : next();
        Map<String, Long> frequent = new HashMap<>();
        for (int slot = 0; slot < counts.length; slot++) {
            if (counts[slot] > absent) {
                frequent.merge(text.apply(firsts[slot]), counts[slot] * weight, Long::sum);
            }
        }
        return Frequents.of(frequent, absent * weight);
    }

    /// The largest count of what is not among the most frequent.
    private int next() {
        int[] values = new int[Arrays.stream(counts).max().orElse(0) + 1];
        for (int count : counts) {
            values[count]++;
        }
        int count = values.length - 1;
        for (int more = values[count]; more <= Frequents.ENTRIES_MAX; more += values[count]) {
            count--;
        }
        return count;
    }
}
