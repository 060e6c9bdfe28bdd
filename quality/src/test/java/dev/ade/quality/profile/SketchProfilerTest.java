package dev.ade.quality.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ade.model.Field;
import dev.ade.model.Layout;
import dev.ade.model.Type;
import dev.ade.quality.Lab;
import dev.ade.spi.Cursor;
import dev.ade.spi.Profile;
import dev.ade.spi.Profile.ColumnProfile;
import dev.ade.spi.Profile.Frequent;
import dev.ade.spi.Relations;
import dev.ade.spi.Watcher;
import dev.ade.spi.WrittenFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SketchProfilerTest {
    /// Rows above which a part is sampled.
    private static final int MANY = 200_000;

    private static final String MANY_ROWS =
            """
            select i as id, (hash(i) %% 1000000) / 1000.0 as amount, 'customer-' || (hash(i * 7) %% 30000) as customer,
              case when hash(i * 3) %% 10 < 7 then 'new' when hash(i * 3) %% 10 < 9 then 'paid' else null end as status
            from range(%d, %d) r(i)\
            """;

    private Lab lab;
    private final SketchProfiler profiler = new SketchProfiler();

    @BeforeEach
    void start(@TempDir Path folder) {
        lab = new Lab(folder, Relations.none());
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    private Profile profile(String select) {
        Watcher watcher = profiler.watcher();
        Lab.Written written = lab.write(select, watcher);
        return profiler.profile(lab.session(), written.target(), written.files(), watcher);
    }

    private static ColumnProfile column(Profile profile, String name) {
        return profile.column(name).orElseThrow();
    }

    @Test
    void says_everything_about_a_small_table_exactly() {
        Profile profile =
                profile(
                        """
                        select i as id, case when i % 4 = 0 then null else i * 1.5 end::double as amount,
                          ['new', 'paid', 'lost'][1 + i % 3] as status,
                          timestamp '2026-01-01 00:00:00' + to_seconds(i * 60) as at
                        from range(100) r(i)\
                        """);

        assertThat(profile.rows()).isEqualTo(100);
        ColumnProfile id = column(profile, "id");
        assertThat(id.nulls()).isZero();
        assertThat(id.distinct()).isEqualTo(100);
        assertThat(id.min()).isEqualTo("0");
        assertThat(id.max()).isEqualTo("99");
        assertThat(id.mean()).isEqualTo(49.5);
        assertThat(id.deviation()).isCloseTo(28.866, within(0.001));
        assertThat(id.quantiles()).containsExactly(0.0, 4.0, 24.0, 49.0, 74.0, 94.0, 98.0);
        assertThat(id.histogram()).hasSize(20).allSatisfy(it -> assertThat(it).isBetween(4L, 6L));
        ColumnProfile amount = column(profile, "AMOUNT");
        assertThat(amount.nulls()).isEqualTo(25);
        assertThat(amount.values()).isEqualTo(100);
        assertThat(amount.mean()).isCloseTo(75.0, within(1e-9));
        ColumnProfile status = column(profile, "status");
        assertThat(status.distinct()).isEqualTo(3);
        assertThat(status.mean()).isNull();
        assertThat(status.lengths()).containsExactly(3.0, (34 * 3 + 66 * 4) / 100.0, 4.0);
        assertThat(status.frequent())
                .containsExactly(
                        new Frequent("new", 34),
                        new Frequent("lost", 33),
                        new Frequent("paid", 33));
        ColumnProfile at = column(profile, "at");
        assertThat(at.min()).isEqualTo("2026-01-01 00:00:00");
        assertThat(at.max()).isEqualTo("2026-01-01 01:39:00");
    }

    @Test
    void stays_within_its_stated_errors_over_many_rows() {
        Profile profile = profile(MANY_ROWS.formatted(0, MANY));

        assertManyRows(profile);
    }

    private void assertManyRows(Profile profile) {
        assertThat(profile.rows()).isEqualTo(MANY);
        ColumnProfile id = column(profile, "id");
        assertThat(id.distinct()).isCloseTo(MANY, within(MANY * 0.1));
        assertThat(id.mean()).isCloseTo((MANY - 1) / 2.0, within(1e-6));
        double[] ranks = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};
        for (int i = 0; i < ranks.length; i++) {
            assertThat(id.quantiles().get(i)).isCloseTo(ranks[i] * MANY, within(0.025 * MANY));
        }
        assertThat(id.histogram().stream().mapToLong(Long::longValue).sum()).isEqualTo(MANY);
        ColumnProfile customer = column(profile, "customer");
        assertThat(customer.distinct()).isCloseTo(29_960, within(3_000.0));
        assertThat(customer.nulls()).isZero();
        ColumnProfile status = column(profile, "status");
        assertThat(status.nulls()).isCloseTo((long) (MANY * 0.1), within(1_000L));
        assertThat(status.distinct()).isEqualTo(2);
        assertThat(status.frequent()).extracting(Frequent::value).containsExactly("new", "paid");
        assertThat(status.frequent().getFirst().count())
                .isCloseTo((long) (MANY * 0.7), within((long) (MANY * 0.03)));
    }

    @Test
    void gives_the_same_counts_for_the_same_files() {
        Lab.Written written = lab.write(MANY_ROWS.formatted(0, MANY));

        Profile first = profiler.profile(lab.session(), written.target(), written.files());
        Profile second = profiler.profile(lab.session(), written.target(), written.files());

        assertThat(second.columns().get(0).distinct()).isEqualTo(first.columns().get(0).distinct());
        assertThat(second.columns().get(1).nulls()).isEqualTo(first.columns().get(1).nulls());
        assertThat(second.columns().get(0).mean()).isCloseTo(mean(first, 0), within(1e-6));
        assertThat(second.columns().get(2).lengths()).isEqualTo(first.columns().get(2).lengths());
    }

    @Test
    void merges_parts_to_what_the_whole_gives() {
        Profile one = profile(MANY_ROWS.formatted(0, MANY / 4));
        Profile two = profile(MANY_ROWS.formatted(MANY / 4, MANY / 2));
        Profile three = profile(MANY_ROWS.formatted(MANY / 2, MANY));

        Profile merged = profiler.merge(List.of(one, two, three));

        assertManyRows(merged);
        Profile whole = profile(MANY_ROWS.formatted(0, MANY));
        ColumnProfile expected = column(whole, "amount");
        ColumnProfile actual = column(merged, "amount");
        assertThat(actual.min()).isEqualTo(expected.min());
        assertThat(actual.max()).isEqualTo(expected.max());
        assertThat(actual.deviation()).isCloseTo(deviation(expected), within(1e-6));
        assertThat(column(merged, "id").distinct()).isEqualTo(column(whole, "id").distinct());
    }

    private static double mean(Profile profile, int column) {
        return Objects.requireNonNull(profile.columns().get(column).mean());
    }

    private static double deviation(ColumnProfile column) {
        Double deviation = column.deviation();
        return deviation == null ? Double.NaN : deviation;
    }

    @Test
    void restores_a_stored_profile_as_it_was() {
        Profile profile = profile(MANY_ROWS.formatted(0, 50_000));

        Profile restored = profiler.restore(profile.rows(), profile.columns());

        assertThat(restored).usingRecursiveComparison().isEqualTo(profile);
        Profile doubled = profiler.merge(List.of(restored, profile));
        assertThat(doubled.rows()).isEqualTo(100_000);
        assertThat(column(doubled, "id").distinct())
                .isCloseTo(column(profile, "id").distinct(), within(500.0));
    }

    @Test
    void counts_rows_that_lack_a_column_as_nulls_when_merging() {
        Profile old = profile("select i as n from range(10) r(i)");
        Profile current = profile("select i as n, i * 2 as m from range(30) r(i)");

        Profile merged = profiler.merge(List.of(old, current));

        assertThat(merged.rows()).isEqualTo(40);
        assertThat(column(merged, "m").values()).isEqualTo(40);
        assertThat(column(merged, "m").nulls()).isEqualTo(10);
        assertThat(column(merged, "m").distinct()).isEqualTo(30);
    }

    @Test
    void reads_older_files_without_statistics_by_field_id() {
        Lab.Written old = lab.write("select i as before, i % 2 as gone from range(10) r(i)");
        List<Field> now =
                List.of(
                        Field.of(1, "after", Type.Simple.BIGINT),
                        Field.of(3, "added", Type.Simple.VARCHAR));
        Lab.Written fresh =
                lab.write("select i, 'a' || i from range(10, 15) r(i)", now, Layout.PLAIN);
        List<WrittenFile> files = new ArrayList<>();
        for (WrittenFile file : old.files()) {
            files.add(bare(file));
        }
        for (WrittenFile file : fresh.files()) {
            files.add(bare(file));
        }

        Profile profile = profiler.profile(lab.session(), fresh.target(), files);

        assertThat(profile.rows()).isEqualTo(15);
        assertThat(column(profile, "after").distinct()).isEqualTo(15);
        assertThat(column(profile, "after").max()).isEqualTo("14");
        assertThat(column(profile, "added").nulls()).isEqualTo(10);
    }

    private static WrittenFile bare(WrittenFile file) {
        return new WrittenFile(file.path(), file.rows(), file.bytes(), List.of(), Map.of());
    }

    @Test
    void leaves_nan_and_infinity_out_of_what_they_would_swallow() {
        ColumnProfile amount =
                profile(
                                """
                                select case i when 0 then 'nan'::double when 1 then 'inf'::double
                                  when 2 then null else i end::double as amount from range(10) r(i)\
                                """)
                        .columns()
                        .getFirst();

        assertThat(amount.nulls()).isEqualTo(1);
        assertThat(amount.mean()).isEqualTo(6.0);
        assertThat(amount.quantiles()).allSatisfy(it -> assertThat(it).isBetween(3.0, 9.0));
    }

    @Test
    void profiles_every_type_and_odd_names() {
        Profile profile =
                profile(
                        """
                        select i % 2 = 0 as flag, i::decimal(18, 2) as price, date '2026-01-01' + i::int as day,
                          timestamptz '2026-01-01 00:00:00+00' + to_hours(i) as instant, [i] as many,
                          {'a': i} as "a ""b"" c", encode('x' || i) as bytes, uuid() as id, time '01:00:00' as clock,
                          i::float as small, i as file_row_number
                        from range(40) r(i)\
                        """);

        assertThat(profile.columns())
                .hasSize(11)
                .allSatisfy(it -> assertThat(it.values()).isEqualTo(40));
        assertThat(column(profile, "flag").distinct()).isEqualTo(2);
        assertThat(column(profile, "price").max()).isEqualTo("39.00");
        assertThat(column(profile, "day").max()).isEqualTo("2026-02-09");
        assertThat(column(profile, "instant").min()).isEqualTo("2026-01-01 00:00:00+00");
        assertThat(column(profile, "many").frequent()).isEmpty();
        assertThat(column(profile, "a \"b\" c").nulls()).isZero();
        assertThat(column(profile, "clock").frequent())
                .containsExactly(new Frequent("01:00:00", 40));
        assertThat(column(profile, "id").distinct()).isEqualTo(40);
        assertThat(column(profile, "bytes").distinct()).isEqualTo(40);
    }

    @Test
    void a_column_with_one_value_is_profiled_as_exactly_as_others() {
        String constant =
                "select 'Grüße' as word, 7 as n, timestamp '2026-01-01 00:00:10' as at, true as yes from range(%d)";
        Profile profile = profile(constant.formatted(200_000));
        Profile both = profiler.merge(List.of(profile, profile(constant.formatted(50_000))));

        assertThat(profile.rows()).isEqualTo(200_000);
        for (ColumnProfile one : profile.columns()) {
            assertThat(one.distinct()).as(one.name()).isEqualTo(1);
            assertThat(one.nulls()).as(one.name()).isZero();
            assertThat(column(both, one.name()).distinct()).as(one.name()).isEqualTo(1);
        }
        assertThat(column(profile, "n").mean()).isEqualTo(7.0);
        assertThat(column(profile, "n").deviation()).isEqualTo(0.0);
        assertThat(column(both, "n").mean()).isEqualTo(7.0);
        assertThat(column(profile, "word").lengths()).containsExactly(5.0, 5.0, 5.0);
    }

    @Test
    void profiles_an_empty_table() {
        Profile written = profile("select i as id, 'x' as name from range(0) r(i)");
        Profile merged =
                profiler.merge(List.of(written, profile("select 1::bigint as id, 'x' as name")));

        assertThat(written.rows()).isZero();
        assertThat(written.columns()).hasSize(2);
        assertThat(column(merged, "id").distinct()).isEqualTo(1);
        assertThat(column(merged, "id").mean()).isEqualTo(1.0);
    }

    @Test
    void merges_widened_columns_and_forgets_those_that_became_another() {
        Profile old = profile("select i::int as n, 'x' || i as t from range(10) r(i)");
        Profile now = profile("select i as n, i as t from range(20, 40) r(i)");

        Profile merged = profiler.merge(List.of(old, now));

        assertThat(column(merged, "n").type()).isEqualTo("BIGINT");
        assertThat(column(merged, "n").min()).isEqualTo("0");
        assertThat(column(merged, "n").distinct()).isEqualTo(30);
        assertThat(column(merged, "t").type()).isEqualTo("BIGINT");
        assertThat(column(merged, "t").min()).isEqualTo("20");
        assertThat(column(merged, "t").nulls()).isEqualTo(10);
    }

    @Test
    void profiles_wide_tables() {
        String columns =
                IntStream.range(0, 150)
                        .mapToObj(i -> "i + %1$d as \"column %1$d\"".formatted(i))
                        .collect(Collectors.joining(", "));

        Profile profile = profile("select %s from range(50_000) r(i)".formatted(columns));

        assertThat(profile.columns()).hasSize(150);
        assertThat(column(profile, "column 149").min()).isEqualTo("149");
        assertThat(column(profile, "column 149").mean()).isCloseTo(25_148.5, within(1e-6));
    }

    @Test
    void counts_lengths_in_characters() {
        Profile profile =
                profile(
                        "select case when i = 7 then 'äöü€' else 'ab' end as t, 'x' as u from range(50) r(i)");

        assertThat(column(profile, "t").lengths()).containsExactly(2.0, 2.04, 4.0);
        assertThat(column(profile, "u").lengths()).containsExactly(1.0, 1.0, 1.0);
    }

    @Test
    void says_of_all_rows_what_the_engine_says() {
        String select =
                """
                select (hash(i) % 1000003)::bigint - 500000 as whole, (hash(i * 3) % 9973)::decimal(12, 3) / 7 as money,
                  ((hash(i * 5) % 1000)::decimal(38, 4) - 500)::decimal(38, 4) as huge, (hash(i * 7) % 777)::double - 0.5 as real,
                  date '2020-01-01' + (hash(i) % 1000)::int as day, timestamp '2020-01-01' + to_microseconds(i * 987654) as moment,
                  case when i % 5 = 0 then null else 'text ' || hash(i * 11) % 5000 end as text, uuid() as id
                from range(%d) r(i)\
                """;
        Watcher watcher = profiler.watcher();
        Lab.Written written = lab.write(select.replace("%d", "" + MANY), watcher);
        Profile watched =
                profiler.profile(lab.session(), written.target(), written.files(), watcher);
        Profile read = profiler.profile(lab.session(), written.target(), written.files());

        String rows = "read_parquet(['%s'])".formatted(written.files().getFirst().path());
        for (Profile profile : List.of(watched, read)) {
            for (String name : List.of("whole", "money", "huge", "real", "day", "moment")) {
                String number =
                        List.of("day", "moment").contains(name)
                                ? "epoch(" + name + ")"
                                : name + "::double";
                assertIs(column(profile, name).mean(), "select avg(%s) from %s", number, rows);
                assertIs(
                        column(profile, name).deviation(),
                        "select stddev_pop(%s) from %s",
                        number,
                        rows);
                assertThat(column(profile, name).min())
                        .as(name)
                        .isEqualTo(text("select min(%s)::varchar from %s", name, rows));
                assertThat(column(profile, name).max())
                        .as(name)
                        .isEqualTo(text("select max(%s)::varchar from %s", name, rows));
            }
            for (String name : List.of("whole", "money", "huge", "real", "day", "text", "id")) {
                double different = number("select count(distinct %s) from %s", name, rows);
                assertThat(column(profile, name).distinct())
                        .as(name)
                        .isCloseTo(different, within(different * 0.12));
            }
            assertThat(column(profile, "id").max())
                    .isEqualTo(text("select max(%s)::varchar from %s", "id", rows));
            assertThat(column(profile, "text").nulls()).isEqualTo(MANY / 5);
            assertThat(column(profile, "text").min())
                    .isEqualTo(text("select min(%s) from %s", "text", rows));
        }
    }

    private String text(String sql, String... parts) {
        try (Cursor cursor = lab.session().query(sql.formatted((Object[]) parts))) {
            return String.valueOf(cursor.all(1).getFirst().getFirst());
        }
    }

    private double number(String sql, String... parts) {
        return Double.parseDouble(text(sql, parts));
    }

    private void assertIs(@Nullable Double actual, String sql, String... parts) {
        double expected = number(sql, parts);
        assertThat(actual).as(sql, (Object[]) parts).isNotNull();
        assertThat(Objects.requireNonNull(actual))
                .as(sql, (Object[]) parts)
                .isCloseTo(expected, within(1e-7 * Math.max(1, Math.abs(expected))));
    }

    @Test
    void reads_files_whose_writing_was_not_watched_from_end_to_end() {
        Watcher watcher = profiler.watcher();
        lab.write("select i as n from range(10) r(i)", watcher);
        Lab.Written written = lab.write("select i as n from range(100, 130) r(i)", watcher);

        Profile profile =
                profiler.profile(lab.session(), written.target(), written.files(), watcher);

        assertThat(profile.rows()).isEqualTo(30);
        assertThat(column(profile, "n").min()).isEqualTo("100");
        assertThat(column(profile, "n").distinct()).isEqualTo(30);
    }

    @Test
    void leaves_infinite_times_out() {
        ColumnProfile day =
                profile(
                                """
                                select case i when 0 then 'infinity'::date when 1 then '-infinity'::date
                                  else date '2026-01-01' + i::int end as day from range(12) r(i)\
                                """)
                        .columns()
                        .getFirst();

        assertThat(day.min()).isEqualTo("2026-01-03");
        assertThat(day.max()).isEqualTo("2026-01-12");
        assertThat(day.nulls()).isZero();
        assertThat(day.distinct()).isEqualTo(10);
    }

    @Test
    void merges_decimals_that_got_more_digits() {
        Profile old = profile("select (i % 50)::decimal(9, 2) as price from range(500) r(i)");
        Profile now = profile("select (i % 50)::decimal(30, 2) as price from range(500) r(i)");

        Profile merged = profiler.merge(List.of(old, now));

        assertThat(column(merged, "price").distinct()).isEqualTo(50);
    }

    @Test
    void cuts_long_texts() {
        ColumnProfile text =
                profile("select repeat('é', 500) || i % 3 as t from range(9) r(i)")
                        .columns()
                        .getFirst();

        assertThat(text.frequent()).containsExactly(new Frequent("é".repeat(64), 9));
        assertThat(text.lengths()).containsExactly(501.0, 501.0, 501.0);
        assertThat(text.min()).isEqualTo("é".repeat(64));
    }
}
