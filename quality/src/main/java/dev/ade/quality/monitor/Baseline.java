package dev.ade.quality.monitor;

import java.util.List;

/// Mean and standard deviation of earlier values. The deviation is that of a sample (divided by n - 1), because the
/// values stand for all days that could have been.
///
/// @param points how many values there are
record Baseline(int points, double mean, double deviation) {
    /// Share of the mean by which sums may be off, so that equal values compare as equal.
    private static final double ROUNDING = 1e-9;

    static Baseline of(List<Double> values) {
        int points = values.size();
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double squares =
                values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
        return new Baseline(points, mean, points < 2 ? 0 : Math.sqrt(squares / (points - 1)));
    }

    Range within(double deviations) {
        double distance = deviations * deviation + ROUNDING * Math.abs(mean);
        return new Range(mean - distance, mean + distance);
    }
}
