package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.Assertion;
import dev.ade.model.Assertion.Expectation;
import dev.ade.model.Assertion.Metric;
import dev.ade.model.Assertion.Season;
import dev.ade.model.CheckSpec.Severity;
import dev.ade.model.Wording;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads `monitors:` of a dataset or a column.
final class MonitorsReader {
    private static final int POINTS = 10;

    /// A whole week, so that its end is nothing new.
    private static final int DAYS_MIN = 7;

    private static final int SEASONS_MIN = 4;
    private static final double TOLERANCE = 0.01;
    private static final int POINTS_MAX = 1_000;

    /// @param word of the metric, for the name of the check
    record Monitor(String word, Assertion assertion, Severity severity, Section section) {}

    private MonitorsReader() {}

    static List<Monitor> read(Section owner, Optional<String> column) {
        return owner.items("monitors").stream().map(item -> monitor(owner, item, column)).toList();
    }

    private static Monitor monitor(Section owner, Yaml item, Optional<String> column) {
        Section section = Section.of(item, owner.context(), "monitors");
        String word = section.keys().stream().findFirst().orElse("");
        Metric metric = metric(section, word);
        Section settings =
                section.section(word)
                        .orElseGet(() ->
                                new Section(
                                        new Yaml.Entries(Map.of(), section.location()),
                                        owner.context()));
        requireColumn(section, metric, column);
        Expectation expectation = section.here(() -> expectation(metric, settings));
        Monitor monitor =
                new Monitor(
                        word.toLowerCase(Locale.ROOT),
                        new Assertion.Monitor(metric, column, expectation),
                        SourcesReader.constant(
                                settings, "severity", Severity.values(), Severity.WARN),
                        section);
        settings.done("a monitor");
        section.done("a monitor");
        return monitor;
    }

    private static Metric metric(Section section, String word) {
        for (Metric metric : Metric.values()) {
            if (metric.name().equalsIgnoreCase(word)) {
                return metric;
            }
        }
        throw AdeException.user(
                        "Cannot monitor '%s'".formatted(word),
                        "Use volume, freshness, null_rate, distinct or mean")
                .at(section.location());
    }

    private static void requireColumn(Section section, Metric metric, Optional<String> column) {
        boolean isOfColumn =
                switch (metric) {
                    case NULL_RATE, DISTINCT, MEAN -> true;
                    case VOLUME, FRESHNESS -> false;
                };
        if (isOfColumn != column.isPresent()) {
            throw AdeException.user(
                            "Cannot monitor %s of a %s"
                                    .formatted(
                                            Wording.of(metric),
                                            isOfColumn ? "whole dataset" : "column"),
                            isOfColumn
                                    ? "Write it under a column"
                                    : "Write it under the dataset, not under a column")
                    .at(section.location());
        }
    }

    private static Expectation expectation(Metric metric, Section settings) {
        if (metric == Metric.FRESHNESS) {
            return new Expectation.WithinAge(Amounts.duration(settings.requireText("within")));
        }
        Optional<Double> min = settings.number("min");
        Optional<Double> max = settings.number("max");
        Optional<Double> deviations = settings.number("deviations");
        if (deviations.isEmpty()) {
            if (min.isEmpty() && max.isEmpty()) {
                throw settings.missing("deviations, min or max");
            }
            return new Expectation.Between(min, max);
        }
        if (min.isPresent() || max.isPresent()) {
            throw settings.wrong("deviations", "alone: min and max are another monitor");
        }
        int points = points(settings, "points", POINTS);
        Season season = SourcesReader.constant(settings, "season", Season.values(), Season.NONE);
        int pointsMin = season == Season.NONE ? DAYS_MIN : SEASONS_MIN;
        return new Expectation.WithinDeviations(
                deviations.get(),
                points,
                points(settings, "points_min", Math.min(pointsMin, points)),
                season,
                tolerance(settings));
    }

    private static double tolerance(Section settings) {
        double tolerance = settings.number("tolerance").orElse(TOLERANCE);
        if (!(tolerance >= 0 && tolerance < 1)) {
            throw settings.wrong("tolerance", "a share from 0 to below 1, such as 0.01");
        }
        return tolerance;
    }

    private static int points(Section settings, String key, int otherwise) {
        long points = settings.integer(key).orElse((long) otherwise);
        if (points < 2 || points > POINTS_MAX) {
            throw settings.wrong(key, "a number from 2 to 1,000");
        }
        return (int) points;
    }
}
