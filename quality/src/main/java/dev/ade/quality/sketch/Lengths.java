package dev.ade.quality.sketch;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/// Lengths of texts in characters.
public record Lengths(long count, long min, double sum, long max) {
    public static final Lengths NONE = new Lengths(0, 0, 0, 0);

    public Lengths merge(Lengths other) {
        if (count == 0 || other.count == 0) {
            return count == 0 ? other : this;
        }
        return new Lengths(
                count + other.count,
                Math.min(min, other.min),
                sum + other.sum,
                Math.max(max, other.max));
    }

    /// Smallest, mean, largest; nothing where there are no texts.
    List<Double> summary() {
        return count == 0 ? List.of() : List.of((double) min, sum / count, (double) max);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(count);
        out.writeLong(min);
        out.writeDouble(sum);
        out.writeLong(max);
    }

    static Lengths read(DataInputStream in) throws IOException {
        return new Lengths(in.readLong(), in.readLong(), in.readDouble(), in.readLong());
    }
}
