package dev.ade.quality.profile;

import dev.ade.model.Type;
import dev.ade.quality.sketch.ColumnSketch.Summaries;
import dev.ade.spi.ColumnValues;

/// Lists, structs and maps: they are counted, and that is all.
final class SeenNested extends Seen {
    SeenNested(Type type) {
        super(type, new Sample(0, 1, 0));
    }

    @Override
    boolean look(ColumnValues values, int count, int times) {
        return true;
    }

    @Override
    Summaries summaries() {
        return Summaries.NONE;
    }

    @Override
    double number(int sampled) {
        throw new IllegalStateException("nothing is sampled");
    }

    @Override
    String text(int sampled) {
        throw new IllegalStateException("nothing is sampled");
    }
}
