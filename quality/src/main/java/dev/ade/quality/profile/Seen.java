package dev.ade.quality.profile;

import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import dev.ade.quality.sketch.Bounds;
import dev.ade.quality.sketch.ColumnSketch.Summaries;
import dev.ade.quality.sketch.Frequents;
import dev.ade.quality.sketch.Lengths;
import dev.ade.quality.sketch.Moments;
import dev.ade.quality.sketch.Quantiles;
import dev.ade.spi.ColumnValues;
import java.util.Map;
import java.util.stream.IntStream;

/// What was seen of the values of one column. Used by one thread at a time.
///
/// The loops over values are those of the subclasses, over arrays and local variables only: they run for every value that
/// is written. What follows from the type is asked once, as most runs end before a switch over types is compiled well.
abstract sealed class Seen permits SeenWhole, SeenReal, SeenWide, SeenText, SeenNested {
    /// Changes when hashes do.
    private static final long HASH = 0x41DE_0002L;

    final Type type;

    /// Whether it has a mean: numbers and temporals do.
    final boolean isNumber;

    final Registers registers = new Registers();
    final Sample sample;

    /// Of what is a number.
    Moments moments = Moments.NONE;

    private long there;
    private long finite;
    private boolean isSame = true;
    private long value;

    Seen(Type type, Sample sample) {
        this.type = type;
        this.isNumber = type.isNumeric() || type.isTemporal();
        this.sample = sample;
    }

    /// @param sampled values that a sample can hold
    static Seen of(Type type, int sampled) {
        return switch (type) {
            case Type.Decimal decimal ->
                    decimal.precision() <= ColumnValues.ONE_WORD_DIGITS
                            ? new SeenWhole(decimal, sampled)
                            : new SeenWide(decimal, sampled);
            case Type.ListOf _, Type.Struct _, Type.MapOf _ -> new SeenNested(type);
            case Simple simple ->
                    switch (simple) {
                        case BOOLEAN, INTEGER, BIGINT, DATE, TIME, TIMESTAMP, TIMESTAMPTZ ->
                                new SeenWhole(type, sampled);
                        case FLOAT, DOUBLE -> new SeenReal(type, sampled);
                        case UUID -> new SeenWide(type, sampled);
                        case VARCHAR, BLOB -> new SeenText(type, sampled);
                    };
        };
    }

    final void see(ColumnValues values) {
        there += values.count();
        int inArrays = values.isSame() ? 1 : values.count();
        int times = values.isSame() ? values.count() : 1;
        int looked = finite(values, inArrays);
        if (looked > 0) {
            long first = first(values);
            isSame &= look(values, looked, times) && (finite == 0 || value == first);
            value = first;
            finite += (long) looked * times;
            sample.see(values, looked, times);
        }
    }

    /// What tells the first value from others.
    long first(ColumnValues values) {
        return values.words()[0];
    }

    /// Moves finite values to the front.
    ///
    /// @param count of values in the arrays
    /// @return how many they are
    int finite(ColumnValues values, int count) {
        return count;
    }

    /// @param count of the values to be looked at, the first ones
    /// @param times how often each of them is there
    /// @return whether all of them are known to be the same
    abstract boolean look(ColumnValues values, int count, int times);

    void merge(Seen other) {
        there += other.there;
        isSame &= other.isSame && (finite == 0 || other.finite == 0 || value == other.value);
        value = finite > 0 ? value : other.value;
        finite += other.finite;
        moments = moments.merge(other.moments);
        registers.merge(other.registers);
        sample.merge(other.sample);
    }

    /// Values that are not NULL.
    final long there() {
        return there;
    }

    Summaries summaries() {
        if (finite == 0) {
            return Summaries.NONE;
        }
        return new Summaries(
                moments, lengths(), registers.distinct(family()), quantiles(), frequents());
    }

    private Quantiles quantiles() {
        if (!isNumber) {
            return Quantiles.NONE;
        }
        double[] items = IntStream.range(0, sample.size()).mapToDouble(this::number).toArray();
        return isSame ? Quantiles.same(items[0], finite) : Quantiles.of(sample.weight(), items);
    }

    private Frequents frequents() {
        if (sample.size() == 0) {
            return Frequents.NONE;
        }
        return isSame
                ? Frequents.of(Map.of(text(0), finite), 0)
                : Tally.of(sample.size(), this::word).frequents(this::text, sample.weight());
    }

    /// Which hash it is that registers are of: equal values of a type and of what it may be widened to have equal ones.
    private long family() {
        String representation =
                switch (type) {
                    case Type.Decimal decimal -> "decimal," + decimal.scale();
                    case Simple.FLOAT, Simple.DOUBLE -> "floating";
                    case Simple.INTEGER, Simple.BIGINT -> "integer";
                    case Simple _, Type.ListOf _, Type.Struct _, Type.MapOf _ -> type.sql();
                };
        return HASH ^ representation.hashCode();
    }

    Lengths lengths() {
        return Lengths.NONE;
    }

    /// Of what is a number or has a word that orders it; texts have none.
    Bounds bounds() {
        return Bounds.NONE;
    }

    /// A sampled value as a number; temporals in seconds since 1970.
    abstract double number(int sampled);

    /// What tells a sampled value from others.
    long word(int sampled) {
        return sample.word(sampled);
    }

    /// A sampled value as text.
    abstract String text(int sampled);
}
