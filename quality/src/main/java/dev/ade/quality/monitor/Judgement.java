package dev.ade.quality.monitor;

import dev.ade.model.Assertion.Expectation.WithinDeviations;
import dev.ade.model.Assertion.Metric;
import dev.ade.model.CheckSpec;
import dev.ade.model.Wording;
import dev.ade.quality.Verdict;
import dev.ade.spi.Checker.Outcome;
import dev.ade.spi.Checker.Result;
import java.util.List;
import java.util.function.UnaryOperator;

/// Makes results of what a monitor saw.
///
/// @param metric that is judged
record Judgement(CheckSpec check, Metric metric) {
    /// Fewer values have no deviation.
    private static final int POINTS_MIN = 2;

    /// @param value that is judged
    /// @param scale what a tolerance is a share of
    /// @param saying a sentence about it as it is written
    record Seen(double value, Scale scale, UnaryOperator<String> saying) {
        String said(Metric metric, int decimals) {
            return saying.apply(Sentences.value(metric, value, decimals));
        }
    }

    /// What a tolerance is a share of.
    enum Scale {
        /// Twice as much of a value twice as large.
        MEAN,
        /// A share is a share of the whole already.
        WHOLE,
        /// Times have no size, only distances.
        NOTHING;

        double of(double mean) {
            return switch (this) {
                case MEAN -> Math.abs(mean);
                case WHOLE -> 1;
                case NOTHING -> 0;
            };
        }
    }

    Result against(WithinDeviations within, Seen seen, Past past) {
        Baseline baseline = Baseline.of(past.values()).withDeviationOf(past.chance());
        int needed = Math.max(POINTS_MIN, within.pointsMin());
        if (baseline.points() < needed) {
            return skipped(
                    "%s; too little history to judge it: %s, %d are needed"
                            .formatted(
                                    seen.said(metric, Sentences.DECIMALS),
                                    Wording.count(baseline.points(), "earlier " + past.kind()),
                                    needed));
        }
        double tolerance = within.tolerance() * seen.scale().of(baseline.mean());
        return within(baseline.within(within.deviations(), tolerance), seen);
    }

    Result within(Range range, Seen seen) {
        long failures = range.contains(seen.value()) ? 0 : 1;
        int decimals = Sentences.decimals(metric, seen.value(), range);
        return new Result(
                check,
                Verdict.of(failures, check.options()),
                failures,
                "%s, expected %s"
                        .formatted(
                                seen.said(metric, decimals),
                                Sentences.expected(metric, range, decimals)),
                "",
                seen.value(),
                range.list());
    }

    Result skipped(String message) {
        return new Result(check, Outcome.SKIPPED, 0, message, "", null, List.of());
    }

    Result unusable(String reason) {
        return new Result(
                check, Outcome.ERROR, 0, "it could not be run: " + reason, "", null, List.of());
    }
}
