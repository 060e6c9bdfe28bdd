package dev.ade.quality.sketch;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/// Count, mean and sum of squared distances from the mean; merged as in Chan, Golub and LeVeque, "Updating
/// Formulae and a Pairwise Algorithm for Computing Sample Variances" (1979).
///
/// @param squares sum over all values of the squared distance from `mean`
public record Moments(long count, double mean, double squares) {
    public static final Moments NONE = new Moments(0, 0, 0);

    /// From sums about a centre near the values, so that little is lost when they are subtracted.
    ///
    /// @param sum of `value - centre`
    /// @param squares sum of `(value - centre)²`
    public static Moments about(double centre, long count, double sum, double squares) {
        if (count == 0) {
            return NONE;
        }
        return new Moments(count, centre + sum / count, Math.max(0, squares - sum * (sum / count)));
    }

    /// Of values that each are there so often.
    public Moments times(int times) {
        return times == 1 ? this : new Moments(count * times, mean, squares * times);
    }

    public Moments merge(Moments other) {
        if (count == 0 || other.count == 0) {
            return count == 0 ? other : this;
        }
        long total = count + other.count;
        double distance = other.mean - mean;
        double share = (double) other.count / total;
        return new Moments(
                total,
                mean + distance * share,
                squares + other.squares + distance * distance * share * count);
    }

    /// Of the population: divided by the count.
    public double deviation() {
        return count == 0 ? 0 : Math.sqrt(squares / count);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(count);
        out.writeDouble(mean);
        out.writeDouble(squares);
    }

    static Moments read(DataInputStream in) throws IOException {
        return new Moments(in.readLong(), in.readDouble(), in.readDouble());
    }
}
