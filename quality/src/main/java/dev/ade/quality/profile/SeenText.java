package dev.ade.quality.profile;

import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import dev.ade.quality.sketch.Bounds;
import dev.ade.quality.sketch.Frequents;
import dev.ade.quality.sketch.Lengths;
import dev.ade.spi.ColumnValues;
import java.nio.charset.StandardCharsets;

/// Texts, and bytes, of which only the different ones are counted.
final class SeenText extends Seen {
    /// A character has no more in UTF-8.
    private static final int CHARACTER_BYTES = 4;

    private Lengths lengths = Lengths.NONE;

    SeenText(Type type, int sampled) {
        super(
                type,
                new Sample(
                        type == Simple.VARCHAR ? sampled / 2 : 0,
                        1,
                        Frequents.CHARACTERS_MAX * CHARACTER_BYTES));
    }

    @Override
    boolean look(ColumnValues values, int count, int times) {
        long[] words = values.words();
        long last = ~words[0];
        boolean isSame = true;
        for (int i = 0; i < count; i++) {
            long word = words[i];
            if (word != last) {
                registers.add(word);
                isSame &= i == 0;
                last = word;
            }
        }
        if (type == Simple.VARCHAR) {
            lengths = lengths.merge(lengths(values.characters(), count, times));
        }
        return isSame;
    }

    private static Lengths lengths(int[] characters, int count, int times) {
        int min = characters[0];
        int max = min;
        long sum = 0;
        for (int i = 0; i < count; i++) {
            int length = characters[i];
            min = Math.min(min, length);
            max = Math.max(max, length);
            sum += length;
        }
        return new Lengths((long) count * times, min, (double) sum * times, max);
    }

    @Override
    void merge(Seen other) {
        super.merge(other);
        lengths = lengths.merge(((SeenText) other).lengths);
    }

    @Override
    Lengths lengths() {
        return lengths;
    }

    @Override
    double number(int sampled) {
        throw new IllegalStateException("a text is no number");
    }

    @Override
    String text(int sampled) {
        return Bounds.text(new String(sample.bytes(sampled), StandardCharsets.UTF_8));
    }
}
