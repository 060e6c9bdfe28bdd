package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.run.RunReport;
import dev.ade.run.StepResult;
import dev.ade.spi.Lake;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A Java model of one row a city and day: each day is made of the day's rows alone.
class JavaDaysTest {
    private static final String STREAKS =
            """
            import dev.ade.code.*;
            import java.time.*;
            import java.util.*;

            @Reads("shop.orders")
            class Streaks implements TableModel<Streaks.Day> {
                record Order(String city, LocalDateTime orderedAt) {}

                record Day(String city, LocalDate day, int longest, List<LocalTime> times) {}

                @Override
                public void make(Inputs inputs, Output<Day> out) {
                    Map<List<Object>, List<LocalTime>> days = new LinkedHashMap<>();
                    for (Order order : inputs.query(Order.class, "from shop.orders order by city, ordered_at")) {
                        days.computeIfAbsent(List.of(order.city(), order.orderedAt().toLocalDate()), key -> new ArrayList<>())
                                .add(order.orderedAt().toLocalTime());
                    }
                    days.forEach((key, times) -> out.add(new Day((String) key.get(0), (LocalDate) key.get(1), longest(times), times)));
                }

                /// Orders that follow each other within an hour.
                private static int longest(List<LocalTime> times) {
                    int longest = 1;
                    int streak = 1;
                    for (int i = 1; i < times.size(); i++) {
                        streak = times.get(i).minusHours(1).isAfter(times.get(i - 1)) ? 1 : streak + 1;
                        longest = Math.max(longest, streak);
                    }
                    return longest;
                }
            }
            """;

    private Estate estate;

    @BeforeEach
    void write_orders(@TempDir Path temp) {
        estate =
                new Estate(temp)
                        .file(
                                "shop/sources.yml",
                                """
                                sources:
                                  - name: shop
                                    tables:
                                      - name: orders
                                        event_time: ordered_at
                                        load: {files: "orders-*.csv"}
                                        columns:
                                          - {name: ordered_at, data_type: timestamp}
                                          - {name: city, data_type: varchar}
                                """)
                        .file(
                                "orders-1.csv",
                                """
                                ordered_at,city
                                2026-01-01 08:00:00,Lima
                                2026-01-01 08:30:00,Lima
                                2026-01-01 12:00:00,Lima
                                2026-01-01 09:00:00,Ica
                                2026-01-02 09:00:00,Ica
                                """)
                        .file("shop/models/streaks.java", STREAKS)
                        .file(
                                "shop/models/models.yml",
                                "models: [{name: streaks, config: {materialized: day, event_time: day, entity: city}}]");
    }

    @Test
    void only_days_that_changed_are_made_again() {
        assertThat(intervals(estate.published())).isEqualTo(1);
        assertThat(
                        estate.sql(
                                "select city, day, longest, len(times) from shop.streaks order by all"))
                .containsExactly("Ica|2026-01-01|1|1", "Ica|2026-01-02|1|1", "Lima|2026-01-01|2|3");
        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);

        estate.file(
                "orders-2.csv",
                "ordered_at,city\n2026-01-02 09:40:00,Ica\n2026-01-02 10:30:00,Ica\n");
        assertThat(intervals(estate.published())).isEqualTo(1);

        assertThat(
                        estate.sql(
                                "select city, day, longest, times::varchar from shop.streaks order by all"))
                .containsExactly(
                        "Ica|2026-01-01|1|['09:00:00']",
                        "Ica|2026-01-02|3|['09:00:00', '09:40:00', '10:30:00']",
                        "Lima|2026-01-01|2|['08:00:00', '08:30:00', '12:00:00']");
    }

    @Test
    void a_changed_class_makes_all_days_again() {
        estate.published();
        estate.file("shop/models/streaks.java", STREAKS.replace("minusHours(1)", "minusHours(4)"));

        assertThat(intervals(estate.published())).isPositive();
        assertThat(estate.sql("select city, day, longest from shop.streaks order by all"))
                .containsExactly("Ica|2026-01-01|1", "Ica|2026-01-02|1", "Lima|2026-01-01|3");
    }

    @Test
    void two_rows_of_a_city_on_a_day_are_not_published() {
        estate.file(
                "shop/models/streaks.java",
                STREAKS.replace(
                        "(LocalDate) key.get(1), longest(times), times)));",
                        "(LocalDate) key.get(1), 1, times)));\n days.forEach((key, times) -> out.add(new Day((String) key.get(0), (LocalDate) key.get(1), 2, times)));"));

        RunReport report = estate.run();

        assertThat(report.exitStatus()).isNotZero();
        assertThat(report.results().toString()).contains("city");
    }

    private static int intervals(RunReport report) {
        return report.results().stream()
                .filter(result -> result.step().dataset().name().equals("streaks"))
                .mapToInt(JavaDaysTest::intervals)
                .sum();
    }

    private static int intervals(StepResult result) {
        return result.intervals().size();
    }
}
