package dev.ade.quality.monitor;

import dev.ade.model.Assertion.Expectation.Between;
import dev.ade.model.Assertion.Expectation.WithinAge;
import dev.ade.model.Assertion.Expectation.WithinDeviations;
import dev.ade.model.Assertion.Metric;
import dev.ade.model.Assertion.Monitor;
import dev.ade.model.CheckSpec;
import dev.ade.model.Type;
import dev.ade.model.Wording;
import dev.ade.quality.monitor.Judgement.Scale;
import dev.ade.quality.monitor.Judgement.Seen;
import dev.ade.spi.Checker.Context;
import dev.ade.spi.Checker.Result;
import dev.ade.spi.Profile.ColumnProfile;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Judges the monitors of one dataset by what is known of it: `ade.profiles`, and what the run found out since.
///
/// - volume: rows of yesterday, the day of UTC before the one the run is for. Its baseline are the comparable days
///   before it; a day without a record after the first recorded one had no rows. Where all of these lie after the
///   newest rows, the data is of the past: then its newest day is judged by the days before that.
/// - freshness: see `Freshness`.
/// - null_rate, distinct, mean: of the dataset as it is now. Their baseline are other versions of it, the last of each
///   earlier day.
///
/// So the value under test is never part of its own baseline. One thread.
public final class Monitors {
    /// How long data may stay away before what has bounds, and so no baseline, takes it for data of the past.
    private static final int BOUNDED_DAYS = 10;

    private static final String AGE_IS_FOR_FRESHNESS = "an age is for freshness only";

    private final Context context;
    private final History history;
    private final LocalDate today;

    public Monitors(Context context) {
        this.context = context;
        this.history = new History(context.session(), context.state().name());
        this.today = LocalDate.ofInstant(context.at(), ZoneOffset.UTC);
    }

    public Result result(CheckSpec check, Monitor monitor) {
        Judgement judgement = new Judgement(check, monitor.metric());
        return switch (monitor.metric()) {
            case VOLUME -> volume(judgement, monitor);
            case FRESHNESS -> freshness(judgement, monitor);
            case NULL_RATE, DISTINCT, MEAN -> ofColumn(judgement, monitor);
        };
    }

    private Result volume(Judgement judgement, Monitor monitor) {
        LocalDate yesterday = today.minusDays(1);
        Days days = history.days().with(context.intervals());
        if (days.rows(yesterday).isEmpty()) {
            return judgement.skipped("no day up to %s has recorded rows yet".formatted(yesterday));
        }
        return switch (monitor.expectation()) {
            case Between between -> {
                LocalDate day = days.tested(yesterday, yesterday.minusDays(BOUNDED_DAYS));
                yield judgement.within(Range.of(between), volume(days, day));
            }
            case WithinDeviations within -> {
                LocalDate reach = Seasons.oldest(yesterday, within.season(), within.points());
                LocalDate day = days.tested(yesterday, reach);
                yield judgement.against(within, volume(days, day), past(days, day, within));
            }
            case WithinAge _ -> judgement.unusable(AGE_IS_FOR_FRESHNESS);
        };
    }

    private Seen volume(Days days, LocalDate day) {
        long rows = days.rows(day).orElse(0);
        String said = Wording.count(rows, "row") + " on " + day;
        boolean isOfThePast = day.isBefore(today.minusDays(1));
        return new Seen(
                rows, Scale.MEAN, _ -> isOfThePast ? said + ", the newest day with rows" : said);
    }

    private static Past past(Days days, LocalDate day, WithinDeviations within) {
        return new Past(
                days.before(day, within.season(), within.points()),
                0,
                Seasons.kind(day, within.season()));
    }

    private Result freshness(Judgement judgement, Monitor monitor) {
        Optional<Duration> age = age(monitor);
        if (age.isEmpty()) {
            return judgement.skipped(
                    monitor.column()
                            .map("column '%s' has no time"::formatted)
                            .orElse("no day up to %s has recorded rows yet".formatted(today)));
        }
        Seen seen =
                new Seen(
                        age.get().toSeconds(),
                        Scale.NOTHING,
                        "the newest rows are %s old"::formatted);
        return switch (monitor.expectation()) {
            case Between between -> judgement.within(Range.of(between), seen);
            case WithinAge within -> judgement.within(new Range(0, within.age().toSeconds()), seen);
            case WithinDeviations _ ->
                    judgement.unusable(
                            "freshness is judged by an age: freshness: {within: 2 days}");
        };
    }

    private Optional<Duration> age(Monitor monitor) {
        if (monitor.column().isPresent()) {
            return Freshness.age(context.profile(), monitor.column().get(), context.at());
        }
        Days days = history.days().with(context.intervals());
        return new Freshness(days, context.eventTime(), context.profile(), context.at()).age();
    }

    private Result ofColumn(Judgement judgement, Monitor monitor) {
        String name = monitor.column().orElse("");
        Metric metric = monitor.metric();
        Optional<ColumnProfile> column = context.profile().flatMap(known -> known.column(name));
        if (column.isEmpty()) {
            return judgement.skipped("there is no profile of column '%s'".formatted(name));
        }
        Optional<Double> value = value(metric, column.get());
        if (value.isEmpty()) {
            return judgement.skipped("column '%s' has no %s".formatted(name, word(metric)));
        }
        Seen seen =
                new Seen(
                        value.get(),
                        scale(metric, column.get()),
                        "the %s of %s is ".formatted(word(metric), name)::concat);
        return switch (monitor.expectation()) {
            case Between between -> judgement.within(Range.of(between), seen);
            case WithinDeviations within ->
                    judgement.against(within, seen, past(metric, name, within));
            case WithinAge _ -> judgement.unusable(AGE_IS_FOR_FRESHNESS);
        };
    }

    private static Scale scale(Metric metric, ColumnProfile column) {
        return switch (metric) {
            case NULL_RATE -> Scale.WHOLE;
            case MEAN -> Type.parse(column.type()).isTemporal() ? Scale.NOTHING : Scale.MEAN;
            case DISTINCT, VOLUME, FRESHNESS -> Scale.MEAN;
        };
    }

    private static Optional<Double> value(Metric metric, ColumnProfile column) {
        return switch (metric) {
            case NULL_RATE ->
                    column.values() == 0
                            ? Optional.empty()
                            : Optional.of((double) column.nulls() / column.values());
            case DISTINCT -> Optional.of(column.distinct());
            case MEAN -> Optional.ofNullable(column.mean());
            case VOLUME, FRESHNESS ->
                    throw new IllegalArgumentException(metric + " is not of a column");
        };
    }

    /// Of other versions, the last of each comparable day before today: how often a dataset is made says nothing.
    private Past past(Metric metric, String column, WithinDeviations within) {
        Set<LocalDate> taken = new HashSet<>();
        List<History.Point> points =
                history.points(metric, column).stream()
                        .filter(this::isEarlier)
                        .filter(it -> Seasons.areComparable(day(it), today, within.season()))
                        .filter(it -> taken.add(day(it)))
                        .limit(within.points())
                        .toList();
        return new Past(
                points.stream().map(History.Point::value).toList(),
                points.stream().mapToDouble(History.Point::chance).average().orElse(0),
                Seasons.kind(today, within.season()));
    }

    private boolean isEarlier(History.Point point) {
        return !point.version().equals(context.state().version().hex())
                && day(point).isBefore(today);
    }

    private static LocalDate day(History.Point point) {
        return LocalDate.ofInstant(point.at(), ZoneOffset.UTC);
    }

    private static String word(Metric metric) {
        return switch (metric) {
            case NULL_RATE -> "share of NULLs";
            case DISTINCT -> "number of different values";
            case MEAN -> "mean";
            case VOLUME -> "number of rows";
            case FRESHNESS -> "age";
        };
    }
}
