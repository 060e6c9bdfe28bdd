package dev.ade.quality.sketch;

import dev.ade.model.AdeException;
import dev.ade.model.Type;
import dev.ade.spi.Profile.ColumnProfile;
import dev.ade.spi.Profile.Frequent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalDouble;

/// All that is kept of a column's values. Sketches of disjoint rows merge to the sketch of all of them, in any
/// order, within the errors that each part states.
///
/// @param values rows, NULLs too
/// @param nulls NULLs among them
public record ColumnSketch(
        String name, Type type, long values, long nulls, Bounds bounds, Summaries summaries) {
    /// Raised whenever the stored form changes; older forms stay readable.
    static final int VERSION = 1;

    /// Buckets of a histogram.
    public static final int BUCKETS = 20;

    /// Most frequent values that a profile shows.
    public static final int FREQUENT_SHOWN = 20;

    private static final double[] RANKS = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};

    /// Standard errors within which two counts of different values are taken for the same.
    private static final double SAME = 3 * 0.033;

    public record Summaries(
            Moments moments,
            Lengths lengths,
            Distinct distinct,
            Quantiles quantiles,
            Frequents frequents) {
        public static final Summaries NONE =
                new Summaries(
                        Moments.NONE, Lengths.NONE, Distinct.NONE, Quantiles.NONE, Frequents.NONE);

        Summaries merge(Summaries other) {
            return new Summaries(
                    moments.merge(other.moments),
                    lengths.merge(other.lengths),
                    distinct.merge(other.distinct),
                    quantiles.merge(other.quantiles),
                    frequents.merge(other.frequents));
        }
    }

    /// A column that a part of a dataset does not have: NULL in all of its rows.
    public ColumnSketch absent(long rows) {
        return new ColumnSketch(name, type, rows, rows, Bounds.NONE, Summaries.NONE);
    }

    /// A column whose type changed to what is no wider is another column of the same name: the earlier values are gone.
    ///
    /// @param newer the part whose name and type stand
    public ColumnSketch merge(ColumnSketch newer) {
        return isWidenedTo(newer.type) ? plus(newer) : newer.absent(values).plus(newer);
    }

    private ColumnSketch plus(ColumnSketch newer) {
        return new ColumnSketch(
                newer.name,
                newer.type,
                values + newer.values,
                nulls + newer.nulls,
                bounds.merge(newer.bounds, newer.type),
                summaries.merge(newer.summaries));
    }

    /// Whether a table keeps values of this column's type when the column takes another.
    private boolean isWidenedTo(Type other) {
        if (type instanceof Type.Decimal from && other instanceof Type.Decimal to) {
            return from.scale() == to.scale() && from.precision() <= to.precision();
        }
        return type.equals(other)
                || (type.isNested() && other.isNested())
                || (type == Type.Simple.INTEGER && other == Type.Simple.BIGINT)
                || (type == Type.Simple.FLOAT && other == Type.Simple.DOUBLE);
    }

    public ColumnProfile profile() {
        Moments moments = summaries.moments;
        boolean hasMean = moments.count() > 0;
        return new ColumnProfile(
                name,
                type.sql(),
                values,
                nulls,
                distinct(),
                bounds.min().orElse(null),
                bounds.max().orElse(null),
                hasMean ? moments.mean() : null,
                hasMean ? moments.deviation() : null,
                summaries.quantiles.at(RANKS),
                summaries.frequents.top(FREQUENT_SHOWN).stream()
                        .map(entry -> new Frequent(entry.getKey(), entry.getValue()))
                        .toList(),
                summaries.lengths.summary(),
                histogram(),
                bytes());
    }

    /// The estimate, or the exact number where the frequent values are all there are: when all rows were counted,
    /// or when a sample has found no fewer than the estimate says.
    private double distinct() {
        double estimate = Math.min(summaries.distinct.estimate(), (double) (values - nulls));
        int seen = summaries.frequents.counts().size();
        boolean isAll =
                summaries.frequents.isComplete()
                        && Math.abs(estimate - seen) <= Math.max(1, SAME * seen);
        return isAll ? seen : Math.max(Math.rint(estimate), seen);
    }

    private List<Long> histogram() {
        OptionalDouble min = Bounds.number(bounds.min(), type);
        OptionalDouble max = Bounds.number(bounds.max(), type);
        return min.isPresent() && max.isPresent()
                ? summaries.quantiles.histogram(
                        min.getAsDouble(), max.getAsDouble(), BUCKETS, summaries.moments.count())
                : List.of();
    }

    private byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(values);
            out.writeLong(nulls);
            bounds.write(out);
            summaries.moments.write(out);
            summaries.lengths.write(out);
            summaries.distinct.write(out);
            summaries.quantiles.write(out);
            summaries.frequents.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// What `profile` stored.
    public static ColumnSketch of(ColumnProfile stored) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored.sketch()))) {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new IOException("its form is %d, known is %d".formatted(version, VERSION));
            }
            return read(stored, in);
        } catch (IOException e) {
            throw AdeException.data(
                            "Cannot read the stored profile of column %s: %s"
                                    .formatted(stored.name(), e.getMessage()),
                            "Profile the dataset again: ade run --restate")
                    .causedBy(e);
        }
    }

    private static ColumnSketch read(ColumnProfile stored, DataInputStream in) throws IOException {
        long values = in.readLong();
        long nulls = in.readLong();
        Bounds bounds = Bounds.read(in);
        Summaries summaries =
                new Summaries(
                        Moments.read(in),
                        Lengths.read(in),
                        Distinct.read(in),
                        Quantiles.read(in),
                        Frequents.read(in));
        return new ColumnSketch(
                stored.name(), Type.parse(stored.type()), values, nulls, bounds, summaries);
    }
}
