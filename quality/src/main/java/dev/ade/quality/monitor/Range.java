package dev.ade.quality.monitor;

import dev.ade.model.Assertion.Expectation.Between;
import java.util.List;

/// Where a value is expected, both ends included; an end that nobody cares about is infinite.
record Range(double min, double max) {
    static Range of(Between between) {
        return new Range(
                between.min().orElse(Double.NEGATIVE_INFINITY),
                between.max().orElse(Double.POSITIVE_INFINITY));
    }

    boolean contains(double value) {
        return min <= value && value <= max;
    }

    List<Double> list() {
        return List.of(min, max);
    }
}
