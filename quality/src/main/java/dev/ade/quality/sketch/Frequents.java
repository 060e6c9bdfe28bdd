package dev.ade.quality.sketch;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;

/// The values that occur most, each with bounds of how often: a counter summary, merged in the way of Agarwal et
/// al., "Mergeable Summaries" (PODS 2012), with both bounds kept instead of one.
///
/// The bounds hold for whatever was counted. A summary made from a sample holds counts scaled by the sample's
/// weight, which adds the sample's own error: of m rows a share of p is off by √(p(1-p)/m), 0.8% at most for 4,096.
///
/// @param counts by value
/// @param absent the most often that a value may occur which is not there; 0 where all are
public record Frequents(Map<String, Count> counts, long absent) {
    public static final int ENTRIES_MAX = 128;

    /// Values are cut at this many characters.
    public static final int CHARACTERS_MAX = 64;

    public static final Frequents NONE = new Frequents(Map.of(), 0);

    private static final Comparator<Entry<String, Count>> MOST_FIRST =
            Comparator.<Entry<String, Count>>comparingLong(entry -> -entry.getValue().middle())
                    .thenComparing(Entry.comparingByKey());

    public Frequents {
        counts = Map.copyOf(counts);
    }

    /// @param least it occurs at least so often
    /// @param most and at most so often
    public record Count(long least, long most) {
        static Count exactly(long count) {
            return new Count(count, count);
        }

        Count plus(Count other) {
            return new Count(least + other.least, most + other.most);
        }

        long middle() {
            return (least + most) / 2;
        }
    }

    /// A summary of values that were counted.
    ///
    /// @param counts of the most frequent values, or of all
    /// @param left the largest count of a value that is not among them, 0 if there is none
    public static Frequents of(Map<String, Long> counts, long left) {
        Map<String, Count> exact = new HashMap<>();
        counts.forEach((value, count) -> exact.put(value, Count.exactly(count)));
        return new Frequents(exact, left).cut();
    }

    /// Without what is no more than one of many: the tail, and values that an absent one may equal.
    private Frequents cut() {
        List<Entry<String, Count>> entries = counts.entrySet().stream().sorted(MOST_FIRST).toList();
        long tail =
                entries.stream()
                        .skip(ENTRIES_MAX)
                        .mapToLong(entry -> entry.getValue().most())
                        .max()
                        .orElse(0);
        long limit = Math.max(absent, tail);
        Map<String, Count> kept = new HashMap<>();
        for (Entry<String, Count> entry :
                entries.subList(0, Math.min(entries.size(), ENTRIES_MAX))) {
            if (entry.getValue().most() > limit) {
                kept.put(entry.getKey(), entry.getValue());
            }
        }
        return new Frequents(kept, limit);
    }

    public Frequents merge(Frequents other) {
        Set<String> values = new HashSet<>(counts.keySet());
        values.addAll(other.counts.keySet());
        Count here = new Count(0, absent);
        Count there = new Count(0, other.absent);
        Map<String, Count> sum = new HashMap<>();
        for (String value : values) {
            sum.put(
                    value,
                    counts.getOrDefault(value, here).plus(other.counts.getOrDefault(value, there)));
        }
        return new Frequents(sum, absent + other.absent).cut();
    }

    /// True where every different value is there with its count.
    public boolean isComplete() {
        return absent == 0;
    }

    /// Most frequent first, with the middle of the bounds.
    List<Entry<String, Long>> top(int entriesMax) {
        return counts.entrySet().stream()
                .sorted(MOST_FIRST)
                .limit(entriesMax)
                .map(entry -> Map.entry(entry.getKey(), entry.getValue().middle()))
                .toList();
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(absent);
        out.writeShort(counts.size());
        for (Entry<String, Count> entry : counts.entrySet().stream().sorted(MOST_FIRST).toList()) {
            byte[] text = entry.getKey().getBytes(StandardCharsets.UTF_8);
            out.writeShort(text.length);
            out.write(text);
            out.writeLong(entry.getValue().least());
            out.writeLong(entry.getValue().most());
        }
    }

    static Frequents read(DataInputStream in) throws IOException {
        long absent = in.readLong();
        int size = in.readUnsignedShort();
        Map<String, Count> counts = new HashMap<>();
        for (int i = 0; i < size; i++) {
            byte[] text = in.readNBytes(in.readUnsignedShort());
            counts.put(
                    new String(text, StandardCharsets.UTF_8),
                    new Count(in.readLong(), in.readLong()));
        }
        return new Frequents(counts, absent);
    }
}
