package dev.ade.quality.profile;

import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import dev.ade.quality.sketch.Bounds;
import dev.ade.quality.sketch.Moments;
import dev.ade.spi.ColumnValues;

/// Floating-point numbers.
final class SeenReal extends Seen {
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    SeenReal(Type type, int sampled) {
        super(type, new Sample(sampled, 1, 0));
    }

    @Override
    int finite(ColumnValues values, int count) {
        long[] words = values.words();
        int kept = 0;
        for (int i = 0; i < count; i++) {
            long word = words[i];
            words[kept] = word;
            kept += Double.isFinite(Double.longBitsToDouble(word)) ? 1 : 0;
        }
        return kept;
    }

    @Override
    boolean look(ColumnValues values, int count, int times) {
        long[] words = values.words();
        double centre = Double.longBitsToDouble(words[0]);
        long last = ~words[0];
        double least = centre;
        double most = centre;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            long word = words[i];
            double number = Double.longBitsToDouble(word);
            if (word != last) {
                registers.add(word);
                // Math.min cares for NaN and minus zero, too: there are none.
                least = number < least ? number : least;
                most = number > most ? number : most;
                last = word;
            }
            double distance = number - centre;
            sum += distance;
            squares += distance * distance;
        }
        min = Math.min(min, least);
        max = Math.max(max, most);
        moments = moments.merge(Moments.about(centre, count, sum, squares).times(times));
        return least == most;
    }

    @Override
    void merge(Seen other) {
        super.merge(other);
        SeenReal real = (SeenReal) other;
        min = Math.min(min, real.min);
        max = Math.max(max, real.max);
    }

    @Override
    Bounds bounds() {
        return min > max ? Bounds.NONE : Bounds.of(value(min), value(max));
    }

    @Override
    double number(int sampled) {
        return Double.longBitsToDouble(sample.word(sampled));
    }

    @Override
    String text(int sampled) {
        return Bounds.text(value(number(sampled)));
    }

    private Object value(double number) {
        return type == Simple.FLOAT ? (Object) (float) number : number;
    }
}
