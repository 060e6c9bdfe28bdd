package dev.ade.quality.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.model.Assertion.Expectation.WithinDeviations;
import dev.ade.model.Assertion.Metric;
import dev.ade.model.Assertion.Monitor;
import dev.ade.model.Assertion.Season;
import dev.ade.model.CheckSpec;
import dev.ade.model.CheckSpec.FailureStorage;
import dev.ade.model.CheckSpec.Options;
import dev.ade.model.CheckSpec.Severity;
import dev.ade.model.Location;
import dev.ade.model.TableName;
import dev.ade.model.Threshold;
import dev.ade.quality.LakeLab;
import dev.ade.quality.check.SqlChecker;
import dev.ade.spi.Checker.Context;
import dev.ade.spi.Checker.Outcome;
import dev.ade.spi.Profile;
import dev.ade.spi.Profile.ColumnProfile;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Weeks of days of a dataset, each judged by those before it: what alarms and what does not.
class MonitorWeeksTest {
    private static final String DATASET = "shop.orders";
    private static final LocalDate MONDAY = LocalDate.parse("2026-09-07");
    private static final int DAYS = 56;
    private static final int ROWS_A_DAY = 1_000;
    private static final Metric[] METRICS = {Metric.MEAN, Metric.NULL_RATE, Metric.DISTINCT};

    private final Random random = new Random(20261122);
    private LakeLab lab;

    @BeforeEach
    void publish(@TempDir Path folder) {
        lab = new LakeLab(folder);
        lab.publish(DATASET, "select 1.0::double as amount");
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    /// What a profile says of the column of all rows that are there on a day.
    private record Amounts(long rows, long nulls, double distinct, double mean, double deviation) {
        static final Amounts NONE = new Amounts(0, 0, 0, 0, 0);

        /// As if their squares had been summed.
        Amounts and(Amounts more) {
            long n = rows - nulls + more.rows - more.nulls;
            double first = (rows - nulls) / (double) n;
            double mean = first * this.mean + (1 - first) * more.mean;
            double squares =
                    first * (square(deviation) + square(this.mean - mean))
                            + (1 - first) * (square(more.deviation) + square(more.mean - mean));
            return new Amounts(
                    rows + more.rows,
                    nulls + more.nulls,
                    distinct + more.distinct,
                    mean,
                    Math.sqrt(squares));
        }

        private static double square(double value) {
            return value * value;
        }
    }

    /// Rows of one day: amounts around `mean`, of which a share is NULL.
    private Amounts rows(int rows, double mean, double nullRate) {
        long nulls = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < rows; i++) {
            if (random.nextDouble() < nullRate) {
                nulls++;
            } else {
                double value = mean * (1 + 0.3 * random.nextGaussian());
                sum += value;
                squares += value * value;
            }
        }
        double found = sum / (rows - nulls);
        double deviation = Math.sqrt(squares / (rows - nulls) - found * found);
        return new Amounts(rows, nulls, rows - nulls, found, deviation);
    }

    private static List<Amounts> sums(List<Amounts> days) {
        List<Amounts> sums = new ArrayList<>();
        Amounts all = Amounts.NONE;
        for (Amounts day : days) {
            all = all.and(day);
            sums.add(all);
        }
        return sums;
    }

    private static boolean isWeekend(int day) {
        return MONDAY.plusDays(day).getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
    }

    /// Days whose value is not as expected, of all that were judged.
    private List<String> alarms(Metric metric, Season season, List<Amounts> days) {
        List<String> alarms = new ArrayList<>();
        int judged = 0;
        for (int day = 0; day < days.size(); day++) {
            var result = new SqlChecker().check(spec(metric, season), context(days.get(day), day));
            judged += result.outcome() == Outcome.SKIPPED ? 0 : 1;
            if (result.outcome() == Outcome.FAIL) {
                alarms.add("day %d: %s".formatted(day, result.message()));
            }
        }
        assertThat(judged).isEqualTo(DAYS - (season == Season.NONE ? 7 : 28));
        return alarms;
    }

    private static CheckSpec spec(Metric metric, Season season) {
        int pointsMin = season == Season.NONE ? 7 : 4;
        return new CheckSpec(
                "monitor",
                TableName.parse(DATASET),
                Set.of(),
                new Monitor(
                        metric,
                        Optional.of("amount"),
                        new WithinDeviations(3, 10, pointsMin, season, 0.01)),
                new Options(
                        Severity.ERROR,
                        Optional.empty(),
                        Threshold.NOT_ZERO,
                        Threshold.NOT_ZERO,
                        Optional.empty(),
                        FailureStorage.NONE),
                Set.of(),
                Location.of("schema.yml"));
    }

    private Context context(Amounts amounts, int day) {
        ColumnProfile column =
                new ColumnProfile(
                        "amount",
                        "DOUBLE",
                        amounts.rows(),
                        amounts.nulls(),
                        amounts.distinct(),
                        null,
                        null,
                        amounts.mean(),
                        amounts.deviation(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        new byte[0]);
        return new Context(
                lab.session(),
                Optional.empty(),
                lab.state(DATASET),
                Optional.empty(),
                Optional.of(new Profile(amounts.rows(), List.of(column))),
                List.of(),
                MONDAY.plusDays(day).atStartOfDay(ZoneOffset.UTC).plusHours(6).toInstant());
    }

    private void log(List<Amounts> days) {
        log(days, 1, Duration.ZERO);
    }

    /// Each day at six, and again so often, so much later.
    private void log(List<Amounts> days, int times, Duration later) {
        List<String> selects = new ArrayList<>();
        for (int day = 0; day < days.size(); day++) {
            for (int time = 0; time < times; time++) {
                selects.add(profile(days.get(day), day, later.multipliedBy(time)));
            }
        }
        lab.log(String.join(" union all ", selects));
    }

    private static String profile(Amounts amounts, int day, Duration later) {
        return """
        select %d, '%s', 'v%d.%s', null, null, timestamptz '%s 06:00:00+00' + to_minutes(%d),
          'amount', 'DOUBLE', %d, %d, %s, null, null, %s, %s, null, null, null, null, null, null\
        """
                .formatted(
                        day,
                        DATASET,
                        day,
                        later,
                        MONDAY.plusDays(day),
                        later.toMinutes(),
                        amounts.rows(),
                        amounts.nulls(),
                        amounts.distinct(),
                        amounts.mean(),
                        amounts.deviation());
    }

    private void assertNoAlarm(List<Amounts> days) {
        log(days);
        for (Metric metric : METRICS) {
            assertThat(alarms(metric, Season.NONE, days)).as("%s", metric).isEmpty();
        }
    }

    @Test
    void equal_versions_are_no_alarm_nor_is_a_little_change_after_them() {
        List<Amounts> days = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            days.add(new Amounts(1_000, 0, 5, day < 30 ? 100 : 100.9, 0));
        }

        assertNoAlarm(days);
    }

    @Test
    void growth_is_no_alarm() {
        List<Amounts> days = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            days.add(rows(ROWS_A_DAY, 100, 0.02));
        }

        assertNoAlarm(sums(days));
    }

    @Test
    void growth_by_a_few_rows_is_no_alarm() {
        List<Amounts> days = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            days.add(rows(20, 100, 0.02));
        }

        assertNoAlarm(sums(days));
    }

    @Test
    void weekends_of_a_table_that_grows_are_no_alarm() {
        List<Amounts> days = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            days.add(rows(ROWS_A_DAY, isWeekend(day) ? 150 : 100, isWeekend(day) ? 0.04 : 0.02));
        }

        assertNoAlarm(sums(days));
    }

    @Test
    void slow_drift_is_no_alarm() {
        List<Amounts> days = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            days.add(rows(10 * ROWS_A_DAY, 100 + day / 2.0, 0.02 + day / 5_000.0));
        }

        assertNoAlarm(days);
    }

    @Test
    void weekends_of_what_holds_one_day_are_no_alarm() {
        List<Amounts> days = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            days.add(rows(10 * ROWS_A_DAY, isWeekend(day) ? 150 : 100, 0.02));
        }
        log(days);

        assertThat(alarms(Metric.MEAN, Season.NONE, days)).isEmpty();
        assertThat(alarms(Metric.MEAN, Season.SAME_WEEKDAY, days)).isEmpty();
    }

    /// By the versions of one morning alone, the next day would be an alarm.
    @Test
    void many_equal_versions_of_a_day_count_once() {
        List<Amounts> days = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            days.add(new Amounts(1_000, 0, 5, 100 + 10 * (day % 2), 0));
        }
        log(days, 12, Duration.ofMinutes(90));

        assertThat(alarms(Metric.MEAN, Season.NONE, days)).isEmpty();
    }

    @Test
    void a_jump_of_a_mean_is_an_alarm() {
        List<Amounts> days = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            days.add(rows(ROWS_A_DAY, day == 40 ? 110 : 100, 0.02));
        }
        log(days);

        assertThat(alarms(Metric.MEAN, Season.NONE, days))
                .singleElement()
                .asString()
                .startsWith("day 40: the mean of amount is 1");
    }

    /// Its own deviation would excuse it.
    @Test
    void one_absurd_value_is_an_alarm() {
        List<Amounts> days = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            Amounts rows = rows(ROWS_A_DAY, 100, 0);
            days.add(day == 40 ? rows.and(new Amounts(1, 0, 1, 1e9, 0)) : rows);
        }
        log(days);

        assertThat(alarms(Metric.MEAN, Season.NONE, days)).hasSize(1);
    }

    @Test
    void a_jump_of_nulls_is_an_alarm() {
        List<Amounts> days = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            days.add(rows(ROWS_A_DAY, 100, day == 40 ? 0.2 : 0));
        }
        log(days);

        assertThat(alarms(Metric.NULL_RATE, Season.NONE, days))
                .singleElement()
                .asString()
                .startsWith("day 40: the share of NULLs of amount is ")
                .endsWith("expected at most 1.00%");
    }

    @Test
    void a_column_that_is_empty_from_now_on_is_an_alarm_of_a_table_that_grows() {
        List<Amounts> days = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            days.add(rows(ROWS_A_DAY, 100, day < 40 ? 0 : 0.99));
        }
        List<Amounts> sums = sums(days);
        log(sums);

        assertThat(alarms(Metric.NULL_RATE, Season.NONE, sums))
                .first()
                .asString()
                .contains("day 40:");
    }

    @Test
    void values_that_become_one_are_an_alarm() {
        List<Amounts> days = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            Amounts rows = rows(ROWS_A_DAY, 100, 0);
            days.add(
                    day == 40
                            ? new Amounts(rows.rows(), 0, 1, rows.mean(), rows.deviation())
                            : rows);
        }
        log(days);

        assertThat(alarms(Metric.DISTINCT, Season.NONE, days)).hasSize(1);
    }
}
