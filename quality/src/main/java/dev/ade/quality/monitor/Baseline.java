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

    /// A few values that happen to be alike say less of how far the next may lie than chance does.
    Baseline withDeviationOf(double chance) {
        return new Baseline(points, mean, Math.max(deviation, chance));
    }

    /// @param tolerance how far from the mean a value may always lie
    Range within(double deviations, double tolerance) {
        double distance = Math.max(deviations * deviation, tolerance) + ROUNDING * Math.abs(mean);
        return new Range(mean - distance, mean + distance);
    }
}
