package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.app.Ade;
import dev.ade.model.AdeException;
import dev.ade.run.RunReport;
import dev.ade.run.RunRequest;
import dev.ade.run.StepResult;
import dev.ade.spi.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Models written in Java, from a file to published rows.
class JavaModelsTest {
    private static final String ORDER_SIZE =
            """
            import dev.ade.code.*;

            @Reads("shop.orders")
            public class OrderSize implements BatchModel<OrderSize.Order, OrderSize.Size> {
                public record Order(long orderId, Double amount, String city) {}

                public record Size(long orderId, String size, String city) {}

                @Override
                public void map(Batch<Order> orders, Output<Size> out) {
                    for (Order order : orders) {
                        if (order.amount() != null) {
                            String size = order.amount() > 100 ? "large" : "small";
                            out.add(new Size(order.orderId(), size, order.city()));
                        }
                    }
                }
            }
            """;

    private Path folder;
    private Estate estate;

    @BeforeEach
    void write_orders(@TempDir Path temp) {
        folder = temp;
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
                                          - {name: order_id, data_type: bigint}
                                          - {name: ordered_at, data_type: timestamp}
                                          - {name: amount, data_type: double}
                                          - {name: city, data_type: varchar}
                                """)
                        .file(
                                "orders-1.csv",
                                """
                                order_id,ordered_at,amount,city
                                1,2026-01-01 08:00:00,20.5,Lima
                                2,2026-01-01 09:00:00,120,
                                3,2026-01-02 08:00:00,,Cusco
                                """);
    }

    @Test
    void a_class_makes_a_table_that_others_read() {
        estate.file("shop/models/OrderSize.java", ORDER_SIZE)
                .file(
                        "shop/models/sizes.sql",
                        "select size, count(*) as n from {{ ref('order_size') }} group by all");
        estate.published();

        assertThat(estate.sql("select * from shop.order_size order by order_id"))
                .containsExactly("1|small|Lima", "2|large|null");
        assertThat(estate.sql("from shop.sizes order by size"))
                .containsExactly("large|1", "small|1");
        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
    }

    @Test
    void it_has_no_sql_to_compile_or_show() {
        estate.file("shop/models/OrderSize.java", ORDER_SIZE);
        try (Ade ade = estate.open()) {
            RunRequest sizes = Estate.request("order_size");

            assertThat(ade.templates(_ -> {}).compile(sizes)).isEmpty();
            assertThatThrownBy(() -> ade.templates(_ -> {}).show(sizes))
                    .hasMessageContaining("it is Java, which only a run runs");
        }
    }

    @Test
    void a_model_may_ask_whole_datasets_by_sql() {
        estate.file(
                "shop/models/waiting.java",
                """
                import dev.ade.code.*;
                import java.time.*;

                @Reads("shop.orders")
                class Waiting implements TableModel<Waiting.Gap> {
                    record Order(long orderId, LocalDateTime orderedAt) {}

                    record Gap(long orderId, Long minutesSinceLast) {}

                    @Override
                    public void make(Inputs inputs, Output<Gap> out) {
                        Order last = null;
                        for (Order order : inputs.query(Order.class, "from shop.orders order by ordered_at")) {
                            Long minutes = last == null ? null : Duration.between(last.orderedAt(), order.orderedAt()).toMinutes();
                            out.add(new Gap(order.orderId(), minutes));
                            last = order;
                        }
                    }
                }
                """);
        estate.published();

        assertThat(estate.sql("from shop.waiting order by order_id"))
                .containsExactly("1|null", "2|60", "3|1380");
    }

    @Test
    void a_fact_in_java_makes_only_the_intervals_that_changed() {
        estate.file(
                        "shop/models/order_f.java",
                        """
                        import dev.ade.code.*;
                        import java.time.*;

                        @Reads("shop.orders")
                        public class OrderFact implements BatchModel<OrderFact.Order, OrderFact.Order> {
                            public record Order(long orderId, LocalDateTime orderedAt, String city) {}

                            @Override
                            public void map(Batch<Order> orders, Output<Order> out) {
                                orders.forEach(out::add);
                            }
                        }
                        """)
                .file(
                        "shop/models/models.yml",
                        """
                        models:
                          - name: order_f
                            config: {materialized: fact, event_time: ordered_at}
                            columns:
                              - {name: order_id, data_tests: [not_null, unique]}
                        """);
        estate.published();
        estate.file(
                "orders-2.csv", "order_id,ordered_at,amount,city\n4,2026-01-02 20:00:00,1,Ica\n");
        RunReport report = estate.published();

        assertThat(
                        report.results().stream()
                                .filter(result -> result.step().dataset().name().equals("order_f"))
                                .findFirst()
                                .orElseThrow()
                                .intervals())
                .hasSize(1);
        assertThat(estate.sql("select order_id, city from shop.order_f order by order_id"))
                .containsExactly("1|Lima", "2|null", "3|Cusco", "4|Ica");
    }

    @Test
    void every_type_of_column_goes_in_and_comes_out() {
        estate.file(
                        "shop/models/kinds.sql",
                        """
                        {{ config(materialized='table') }}
                        select true as yes, 1::integer as i, 2::bigint as l, 1.5::float as f, 2.5::double as d,
                            12.34::decimal(10,2) as n, 'año' as t, date '2026-02-03' as day, time '10:11:12.5' as tm,
                            timestamp '1969-12-31 23:59:59.999999' as ts, timestamptz '2026-01-01 00:00:00+02' as moment,
                            uuid '0b0e3a52-6d5e-4a44-9a3d-0a0a0a0a0a0a' as id, 'xy'::blob as b
                        union all
                        select null, null, null, null, null, null, null, null, null, null, null, null, null
                        """)
                .file(
                        "shop/models/copied.java",
                        """
                        import dev.ade.code.*;
                        import java.math.BigDecimal;
                        import java.time.*;
                        import java.util.UUID;

                        @Reads("ref('kinds')")
                        class Copied implements BatchModel<Copied.Row, Copied.Row> {
                            record Row(Boolean yes, Integer i, Long l, Float f, Double d,
                                    @Digits(precision = 10, scale = 2) BigDecimal n, String t, LocalDate day,
                                    LocalTime tm, LocalDateTime ts, Instant moment, UUID id, byte[] b) {}

                            @Override
                            public void map(Batch<Row> rows, Output<Row> out) {
                                rows.forEach(out::add);
                            }
                        }
                        """);
        estate.published();

        assertThat(estate.sql("select count(*) from shop.copied")).containsExactly("2");
        assertThat(estate.sql("select * from shop.kinds except select * from shop.copied"))
                .isEmpty();
        assertThat(
                        estate.sql(
                                "select typeof(n), typeof(id), typeof(moment) from shop.copied limit 1"))
                .containsExactly("DECIMAL(10,2)|UUID|TIMESTAMP WITH TIME ZONE");
    }

    @Test
    void many_rows_go_through_several_threads_and_none_is_lost() {
        estate.file(
                        "shop/models/numbers.sql",
                        "{{ config(materialized='table') }} select range as n, 'n' || range as t from range(400000)")
                .file(
                        "shop/models/twice.java",
                        """
                        import dev.ade.code.*;

                        @Reads("numbers")
                        public class Twice implements BatchModel<Twice.In, Twice.Out> {
                            public record In(long n, String t) {}

                            public record Out(long n, String text) {}

                            @Override
                            public void map(Batch<In> batch, Output<Out> out) {
                                for (int row = 0; row < batch.size(); row++) {
                                    In in = batch.get(row);
                                    out.add(new Out(in.n(), in.t()));
                                    out.add(new Out(-in.n(), null));
                                }
                            }
                        }
                        """);
        estate.published();

        assertThat(
                        estate.sql(
                                "select count(*), sum(n), count(distinct n), count(text), count_if(text = 'n' || n) from shop.twice"))
                .containsExactly("800000|0|799999|400000|400000");
    }

    @Test
    void a_model_is_compiled_once_and_again_when_it_or_a_library_changes() throws IOException {
        estate.file(
                        "lib/shop/Sizes.java",
                        "package shop; public class Sizes { public static String of(double a) { return a > 100 ? \"L\" : \"S\"; } }")
                .file(
                        "shop/models/OrderSize.java",
                        ORDER_SIZE.replace(
                                "order.amount() > 100 ? \"large\" : \"small\"",
                                "shop.Sizes.of(order.amount())"));
        estate.published();
        List<String> compiled = classes();
        assertThat(estate.sql("select size from shop.order_size order by order_id"))
                .containsExactly("S", "L");
        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
        assertThat(classes()).isEqualTo(compiled);

        estate.file(
                "lib/shop/Sizes.java",
                "package shop; public class Sizes { public static String of(double a) { return \"X\"; } }");
        estate.published();
        assertThat(classes()).hasSize(compiled.size() * 2);
        assertThat(estate.sql("select distinct size from shop.order_size")).containsExactly("X");
    }

    private List<String> classes() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve(".ade/java"))) {
            return all.map(Path::toString).sorted().toList();
        }
    }

    @Test
    void what_does_not_compile_is_said_with_its_place() {
        estate.file(
                "shop/models/OrderSize.java", ORDER_SIZE.replace("order.city()", "order.town()"));

        assertThatThrownBy(() -> estate.run())
                .isInstanceOf(AdeException.class)
                .hasMessage(
                        "Cannot compile shop/models/OrderSize.java: cannot find symbol, symbol: method town()")
                .satisfies(e ->
                        assertThat(((AdeException) e).location())
                                .hasToString("shop/models/OrderSize.java:14:62"));
    }

    @Test
    void what_a_model_throws_is_said_with_its_line() {
        estate.file(
                "shop/models/OrderSize.java",
                ORDER_SIZE
                        .replace("Double amount", "double amount")
                        .replace("order.amount() != null", "order.orderId() > 0"));
        assertThat(message(estate.run()))
                .isEqualTo(
                        "Cannot run OrderSize: NullPointerException: column 'amount' has a NULL, which double amount cannot hold; declare it as Double (shop/models/OrderSize.java:11)");

        estate.file(
                "shop/models/OrderSize.java",
                ORDER_SIZE.replace("\"large\"", "order.city().strip()"));
        assertThat(message(estate.run()))
                .startsWith("Cannot run OrderSize: NullPointerException: Cannot invoke")
                .endsWith("(shop/models/OrderSize.java:13)");
    }

    @Test
    void what_does_not_fit_is_said_in_words() {
        estate.file(
                "shop/models/OrderSize.java",
                ORDER_SIZE.replace("long orderId, Double", "int orderId, Double"));
        assertThat(message(estate.run()))
                .isEqualTo(
                        "Cannot read 'order_id' of shop.orders as int: it is bigint (shop/models/OrderSize.java)\n  Declare it as long or BigDecimal");

        estate.file(
                "shop/models/OrderSize.java",
                ORDER_SIZE
                        .replace(
                                "String city) {}\n\n    public record Size",
                                "String town) {}\n\n    public record Size")
                        .replace("order.city()", "order.town()"));
        assertThat(message(estate.run()))
                .startsWith(
                        "Cannot read 'town' for town: shop.orders has no such column (shop/models/OrderSize.java)\n  It has order_id, ordered_at");

        estate.file("shop/models/OrderSize.java", ORDER_SIZE.replace("shop.orders", "shop.order"));
        assertThatThrownBy(() -> estate.run())
                .hasMessage(
                        "Cannot read shop.order: there is no such dataset; did you mean shop.orders?");

        estate.file("shop/models/OrderSize.java", ORDER_SIZE)
                .file(
                        "shop/models/models.yml",
                        "models: [{name: order_size, config: {materialized: view}}]");
        assertThatThrownBy(() -> estate.run())
                .hasMessage(
                        "Cannot keep shop.order_size as view: it would run whenever somebody reads it");
    }

    @Test
    void a_model_reads_only_what_it_says_it_reads() {
        estate.file("shop/seeds/rates.csv", "rate\n1\n")
                .file(
                        "shop/models/sly.java",
                        """
                        import dev.ade.code.*;

                        @Reads("shop.orders")
                        class Sly implements TableModel<Sly.Rate> {
                            record Rate(long rate) {}

                            @Override
                            public void make(Inputs inputs, Output<Rate> out) {
                                inputs.read(Rate.class, "shop.rates").forEach(out::add);
                            }
                        }
                        """);
        assertThat(message(estate.run()))
                .isEqualTo(
                        "Cannot read shop.rates: it is not among what is declared as read (shop/models/sly.java:9)\n  Add it to @Reads of the model");
    }

    private static String message(RunReport report) {
        return report.results().stream()
                .map(StepResult::message)
                .filter(message -> !message.isEmpty())
                .findFirst()
                .orElse("");
    }
}
