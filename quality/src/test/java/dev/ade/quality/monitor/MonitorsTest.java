package dev.ade.quality.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ade.model.Assertion.Expectation;
import dev.ade.model.Assertion.Expectation.Between;
import dev.ade.model.Assertion.Expectation.WithinAge;
import dev.ade.model.Assertion.Expectation.WithinDeviations;
import dev.ade.model.Assertion.Metric;
import dev.ade.model.Assertion.Monitor;
import dev.ade.model.Assertion.Season;
import dev.ade.model.CheckSpec;
import dev.ade.model.CheckSpec.FailureStorage;
import dev.ade.model.CheckSpec.Options;
import dev.ade.model.CheckSpec.Severity;
import dev.ade.model.Interval;
import dev.ade.model.Location;
import dev.ade.model.TableName;
import dev.ade.model.Threshold;
import dev.ade.quality.LakeLab;
import dev.ade.quality.check.SqlChecker;
import dev.ade.spi.Checker.IntervalProfile;
import dev.ade.spi.Checker.Outcome;
import dev.ade.spi.Checker.Result;
import dev.ade.spi.Profile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitorsTest {
    private static final String DATASET = "shop.orders";

    /// A Friday: the day before `LakeLab.AT`.
    private static final LocalDate YESTERDAY = LocalDate.parse("2026-11-20");

    /// Of ten Fridays, newest first: mean 1,000, sample deviation 10.5409.
    private static final List<Long> FRIDAYS =
            List.of(1010L, 990L, 1010L, 990L, 1010L, 990L, 1010L, 990L, 1010L, 990L);

    private static final double TOLERANCE = 0.01;

    private static final WithinDeviations TWO_OF_TEN_WEEKDAYS =
            new WithinDeviations(2, 10, 4, Season.SAME_WEEKDAY, TOLERANCE);

    private LakeLab lab;

    @BeforeEach
    void publish(@TempDir Path folder) {
        lab = new LakeLab(folder);
        lab.publish(
                DATASET,
                """
                select i as id, case when i % 4 = 0 then null else i * 1.0 end::double as amount,
                  timestamp '2026-11-18 13:00:00' - to_minutes(i) as ordered_at
                from range(100) r(i)\
                """);
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    private Result result(Metric metric, Expectation expectation, IntervalProfile... later) {
        return result(new Monitor(metric, Optional.empty(), expectation), later);
    }

    private Result result(Monitor monitor, IntervalProfile... later) {
        Options options =
                new Options(
                        Severity.ERROR,
                        Optional.empty(),
                        Threshold.NOT_ZERO,
                        Threshold.NOT_ZERO,
                        Optional.empty(),
                        FailureStorage.NONE);
        CheckSpec spec =
                new CheckSpec(
                        "monitor",
                        TableName.parse(DATASET),
                        Set.of(),
                        monitor,
                        options,
                        Set.of(),
                        Location.of("schema.yml"));
        return new SqlChecker().check(spec, lab.context(DATASET, List.of(later)));
    }

    private Result column(Metric metric, Expectation expectation) {
        return result(new Monitor(metric, Optional.of("amount"), expectation));
    }

    /// How many rows a day had, as run `run` recorded it.
    private static String day(LocalDate day, long rows, long run) {
        return """
        select %d, '%s', 'v', timestamptz '%s 00:00:00+00', timestamptz '%s 00:00:00+00',
          timestamptz '2026-11-20 23:00:00+00', null, null, %d,
          null, null, null, null, null, null, null, null, null, null, null, null\
        """
                .formatted(run, DATASET, day, day.plusDays(1), rows);
    }

    private void logDays(List<String> days) {
        lab.log(String.join(" union all ", days));
    }

    /// Ten Fridays before yesterday, other days with wild numbers, and nothing of yesterday.
    private List<String> tenFridays() {
        List<String> days = new ArrayList<>();
        for (int week = 1; week <= 10; week++) {
            days.add(day(YESTERDAY.minusWeeks(week), FRIDAYS.get(week - 1), 1));
            days.add(day(YESTERDAY.minusWeeks(week).plusDays(1), 50_000L * week, 1));
        }
        return days;
    }

    private static IntervalProfile found(LocalDate day, long rows) {
        Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        return new IntervalProfile(
                new Interval(start, start.plus(Duration.ofDays(1))), new Profile(rows, List.of()));
    }

    @Test
    void compares_yesterday_with_the_last_ten_same_weekdays() {
        logDays(tenFridays());

        Result good = result(Metric.VOLUME, TWO_OF_TEN_WEEKDAYS, found(YESTERDAY, 1021));
        Result bad = result(Metric.VOLUME, TWO_OF_TEN_WEEKDAYS, found(YESTERDAY, 1022));

        assertThat(good.outcome()).isEqualTo(Outcome.PASS);
        assertThat(good.message()).isEqualTo("1,021 rows on 2026-11-20, expected 979 to 1,021");
        assertThat(bad.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(bad.failures()).isEqualTo(1);
        assertThat(bad.observed()).isEqualTo(1022.0);
        assertThat(bad.expected().getFirst()).isCloseTo(1000 - 2 * 10.540926, within(1e-5));
        assertThat(bad.expected().getLast()).isCloseTo(1000 + 2 * 10.540926, within(1e-5));
    }

    /// With four equal points and an outlier x among them, the outlier is only 1.79 sample deviations from the mean of
    /// the five, however large it is: it would hide itself.
    @Test
    void an_outlier_cannot_hide_in_its_own_baseline() {
        List<String> days = new ArrayList<>();
        for (int week = 1; week <= 4; week++) {
            days.add(day(YESTERDAY.minusWeeks(week), 100, 1));
        }
        days.add(day(YESTERDAY, 1_000_000, 2));
        logDays(days);
        Baseline withItself = Baseline.of(List.of(100.0, 100.0, 100.0, 100.0, 1_000_000.0));
        assertThat(withItself.within(2, 1).contains(1_000_000)).isTrue();

        Result result = result(Metric.VOLUME, TWO_OF_TEN_WEEKDAYS);

        assertThat(result.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(result.message()).isEqualTo("1,000,000 rows on 2026-11-20, expected 99 to 101");
    }

    @Test
    void a_yesterday_without_any_row_fails() {
        logDays(tenFridays());

        Result result = result(Metric.VOLUME, TWO_OF_TEN_WEEKDAYS);

        assertThat(result.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(result.message()).isEqualTo("0 rows on 2026-11-20, expected 979 to 1,021");
        assertThat(result(Metric.VOLUME, atLeast(1)).message())
                .isEqualTo("0 rows on 2026-11-20, expected at least 1");
    }

    private static Between atLeast(double min) {
        return new Between(Optional.of(min), Optional.empty());
    }

    /// Ten years ago, and so before all that yesterday is compared with.
    @Test
    void data_of_the_past_is_judged_by_its_newest_day() {
        LocalDate last = YESTERDAY.minusWeeks(520);
        List<String> days = new ArrayList<>();
        days.add(day(last, 1022, 1));
        days.add(day(last.plusDays(1), 0, 1));
        for (int week = 1; week <= 10; week++) {
            days.add(day(last.minusWeeks(week), FRIDAYS.get(week - 1), 1));
        }
        logDays(days);

        Result deviations = result(Metric.VOLUME, TWO_OF_TEN_WEEKDAYS);
        Result bounds = result(Metric.VOLUME, atLeast(1));

        assertThat(deviations.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(deviations.message())
                .isEqualTo(
                        "1,022 rows on 2016-12-02, the newest day with rows, expected 979 to 1,021");
        assertThat(bounds.outcome()).isEqualTo(Outcome.PASS);
        assertThat(bounds.message())
                .isEqualTo(
                        "1,022 rows on 2016-12-02, the newest day with rows, expected at least 1");
    }

    @Test
    void data_that_stays_away_is_of_the_past_only_when_nothing_it_is_compared_with_has_rows() {
        logDays(List.of(day(YESTERDAY.minusDays(30), 7, 1), day(YESTERDAY.minusDays(10), 7, 1)));

        assertThat(result(Metric.VOLUME, atLeast(1)).message())
                .isEqualTo("0 rows on 2026-11-20, expected at least 1");
        assertThat(
                        result(Metric.VOLUME, new WithinDeviations(2, 9, 4, Season.NONE, TOLERANCE))
                                .message())
                .startsWith("7 rows on 2026-11-10, the newest day with rows, expected ");
        assertThat(
                        result(
                                        Metric.VOLUME,
                                        new WithinDeviations(0, 10, 4, Season.NONE, TOLERANCE))
                                .message())
                .startsWith("0 rows on 2026-11-20, expected ");
    }

    @Test
    void a_day_without_a_record_between_others_had_no_rows() {
        List<String> days = tenFridays();
        days.remove(day(YESTERDAY.minusWeeks(2), 990, 1));
        logDays(days);

        Result result = result(Metric.VOLUME, TWO_OF_TEN_WEEKDAYS, found(YESTERDAY, 900));

        assertThat(result.expected().getFirst() + result.expected().getLast())
                .isCloseTo(2 * 901.0, within(1e-5));
        assertThat(result.outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void says_how_much_history_there_is_where_it_is_too_little() {
        logDays(List.of(day(YESTERDAY.minusWeeks(3), 100, 1), day(YESTERDAY, 90, 1)));

        Result result = result(Metric.VOLUME, TWO_OF_TEN_WEEKDAYS);

        assertThat(result.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(result.message())
                .isEqualTo(
                        "90 rows on 2026-11-20; too little history to judge it: 3 earlier Fridays, 4 are needed");
    }

    @Test
    void says_one_day_where_it_is_one() {
        logDays(List.of(day(YESTERDAY.minusDays(1), 100, 1), day(YESTERDAY, 90, 1)));

        assertThat(
                        result(
                                        Metric.VOLUME,
                                        new WithinDeviations(2, 10, 4, Season.NONE, TOLERANCE))
                                .message())
                .endsWith("too little history to judge it: 1 earlier day, 4 are needed");
    }

    @Test
    void skips_where_nothing_was_ever_recorded() {
        Result volume = result(Metric.VOLUME, TWO_OF_TEN_WEEKDAYS);
        Result freshness = result(Metric.FRESHNESS, new WithinAge(Duration.ofDays(2)));

        assertThat(volume.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(volume.message()).isEqualTo("no day up to 2026-11-20 has recorded rows yet");
        assertThat(freshness.outcome()).isEqualTo(Outcome.SKIPPED);
    }

    @Test
    void the_last_word_on_a_day_counts() {
        List<String> days = tenFridays();
        days.add(day(YESTERDAY.minusWeeks(1), 7, 0));
        days.add(day(YESTERDAY, 5, 2));
        days.add(day(YESTERDAY, 1001, 3));
        logDays(days);

        Result result = result(Metric.VOLUME, TWO_OF_TEN_WEEKDAYS);

        assertThat(result.message()).startsWith("1,001 rows on 2026-11-20, expected 979 to");
        assertThat(result.outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void compares_with_days_of_any_kind_or_the_same_of_the_month() {
        List<String> days = new ArrayList<>();
        for (int back = 1; back <= 200; back++) {
            LocalDate day = YESTERDAY.minusDays(back);
            days.add(
                    day(
                            day,
                            day.getDayOfMonth() == 20 ? 5000 + day.getMonthValue() : 100 + back % 2,
                            1));
        }
        logDays(days);

        Result any =
                result(
                        Metric.VOLUME,
                        new WithinDeviations(3, 10, 4, Season.NONE, TOLERANCE),
                        found(YESTERDAY, 5000));
        Result month =
                result(
                        Metric.VOLUME,
                        new WithinDeviations(3, 5, 4, Season.SAME_DAY_OF_MONTH, TOLERANCE),
                        found(YESTERDAY, 4900));

        assertThat(any.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(any.message()).startsWith("5,000 rows on 2026-11-20, expected 99 to 102");
        assertThat(month.expected().getFirst() + month.expected().getLast())
                .isCloseTo(2 * 5008.0, within(1e-3));
        assertThat(month.outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void measures_the_age_of_the_newest_rows() {
        logDays(
                List.of(
                        day(LocalDate.parse("2026-11-18"), 10, 1),
                        day(LocalDate.parse("2026-11-19"), 0, 1),
                        day(LocalDate.parse("2099-01-01"), 1, 1)));

        Result old = result(Metric.FRESHNESS, new WithinAge(Duration.ofDays(2)));
        Result fresh = result(Metric.FRESHNESS, new WithinAge(Duration.ofDays(3)));

        assertThat(old.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(old.message())
                .isEqualTo("the newest rows are 2 d 19 h old, expected at most 2 d");
        assertThat(old.observed()).isEqualTo(67 * 3600.0);
        assertThat(fresh.outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void takes_the_age_of_days_of_event_time_from_no_other_column() {
        logDays(List.of(day(LocalDate.parse("2026-11-18"), 10, 1)));
        lab.publish(
                DATASET,
                """
                select timestamp '2026-11-18 13:00:00' as ordered_at,
                  timestamptz '2026-11-18 23:00:00+00' as _loaded_at\
                """);
        WithinAge days = new WithinAge(Duration.ofDays(2));

        Result loaded = result(Metric.FRESHNESS, days);
        lab.eventTime("ordered_at");
        Result ordered = result(Metric.FRESHNESS, days);

        assertThat(loaded.message()).startsWith("the newest rows are 2 d 9 h old");
        assertThat(ordered.message()).startsWith("the newest rows are 2 d 19 h old");
    }

    @Test
    void measures_the_age_by_a_column_of_times() {
        WithinAge hour = new WithinAge(Duration.ofHours(1));
        Result ordered = result(new Monitor(Metric.FRESHNESS, Optional.of("ordered_at"), hour));
        Result amount = result(new Monitor(Metric.FRESHNESS, Optional.of("amount"), hour));

        assertThat(ordered.message())
                .isEqualTo("the newest rows are 2 d 19 h old, expected at most 1 h");
        assertThat(amount.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(amount.message()).isEqualTo("column 'amount' has no time");
    }

    @Test
    void judges_columns_between_bounds() {
        Result nulls = column(Metric.NULL_RATE, new Between(Optional.empty(), Optional.of(0.01)));
        Result distinct = column(Metric.DISTINCT, atLeast(10));
        Result mean = column(Metric.MEAN, new Between(Optional.of(10.0), Optional.of(49.5)));

        assertThat(nulls.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(nulls.message())
                .isEqualTo("the share of NULLs of amount is 25.00%, expected at most 1.00%");
        assertThat(distinct.outcome()).isEqualTo(Outcome.PASS);
        assertThat(distinct.message())
                .isEqualTo("the number of different values of amount is 75, expected at least 10");
        assertThat(mean.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(mean.message()).isEqualTo("the mean of amount is 50, expected 10 to 49.50");
    }

    @Test
    void writes_as_many_decimals_as_tell_what_is_not_expected() {
        Between near = new Between(Optional.of(10.0), Optional.of(49.99999));
        Between rate = new Between(Optional.empty(), Optional.of(0.249999));

        assertThat(column(Metric.NULL_RATE, rate).message())
                .isEqualTo("the share of NULLs of amount is 25.0000%, expected at most 24.9999%");
        assertThat(column(Metric.MEAN, near).message())
                .isEqualTo("the mean of amount is 50, expected 10 to 49.99999");
    }

    /// The mean of `amount` in a version that was profiled some days before.
    private static String version(String version, int daysBefore, double mean) {
        return """
        select 1, '%s', '%s', null, null, timestamptz '2026-11-21 07:00:00+00' - to_days(%d),
          'Amount', 'DOUBLE', 100, 25, 75, '1', '99', %s, 1, null, null, null, null, null, null\
        """
                .formatted(DATASET, version, daysBefore, mean);
    }

    @Test
    void compares_a_column_with_its_earlier_versions_but_not_with_itself() {
        String itself = lab.state(DATASET).version().hex();
        List<String> versions = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            versions.add(version("v" + i, i, 20 + i % 2));
        }
        versions.add(version(itself, 6, 50));
        versions.add(version(itself, 0, 50));
        lab.log(String.join(" union all ", versions));

        Result result = column(Metric.MEAN, new WithinDeviations(3, 20, 4, Season.NONE, TOLERANCE));
        Result weekday =
                column(Metric.MEAN, new WithinDeviations(3, 20, 4, Season.SAME_WEEKDAY, TOLERANCE));

        assertThat(result.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(result.expected().getFirst() + result.expected().getLast())
                .isCloseTo(2 * 20.6, within(1e-6));
        assertThat(weekday.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(weekday.message())
                .isEqualTo(
                        "the mean of amount is 50; too little history to judge it: 0 earlier Saturdays, 4 are needed");
    }

    @Test
    void says_what_cannot_be_judged() {
        logDays(tenFridays());
        Result noColumn = result(new Monitor(Metric.MEAN, Optional.of("gone"), atLeast(1)));
        Result noAge = result(Metric.VOLUME, new WithinAge(Duration.ofDays(1)));

        assertThat(noColumn.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(noColumn.message()).isEqualTo("there is no profile of column 'gone'");
        assertThat(noAge.outcome()).isEqualTo(Outcome.ERROR);
    }
}
