package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.run.RunReport;
import dev.ade.run.StepResult;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lists, structs and maps in Java models.
class JavaNestedTest {
    private static final String BASKETS =
            """
            import dev.ade.code.*;
            import java.util.*;

            @Reads("baskets")
            public class Totals implements BatchModel<Totals.Basket, Totals.Total> {
                public record Line(String sku, int pieces, Double price) {}

                public record Basket(long id, List<Line> lines, Map<String, Long> points) {}

                public record Best(String sku, double worth) {}

                public record Total(long id, Best best, List<String> skus, Map<String, Long> twice) {}

                @Override
                public void map(Batch<Basket> baskets, Output<Total> out) {
                    for (Basket basket : baskets) {
                        Best best = null;
                        List<String> skus = new ArrayList<>();
                        for (Line line : basket.lines() == null ? List.<Line>of() : basket.lines()) {
                            if (line == null) {
                                skus.add(null);
                                continue;
                            }
                            skus.add(line.sku());
                            double worth = line.price() == null ? 0 : line.pieces() * line.price();
                            best = best == null || worth > best.worth() ? new Best(line.sku(), worth) : best;
                        }
                        Map<String, Long> twice = new TreeMap<>();
                        if (basket.points() != null) {
                            basket.points().forEach((name, points) -> twice.put(name, points == null ? null : 2 * points));
                        }
                        out.add(new Total(basket.id(), best, basket.lines() == null ? null : skus, twice));
                    }
                }
            }
            """;

    private Estate estate;

    @BeforeEach
    void write_baskets(@TempDir Path temp) {
        estate =
                new Estate(temp)
                        .file(
                                "shop/models/baskets.sql",
                                """
                                {{ config(materialized='table') }}
                                select 1::bigint as id,
                                    [{price: 2.5::double, sku: 'pen', pieces: 4}, null, {price: null, sku: 'cup', pieces: 1}] as lines,
                                    map {'a': 1::bigint, 'b': null} as points
                                union all select 2, [], map {}
                                union all select 3, null, null
                                """);
    }

    @Test
    void lists_of_records_and_maps_go_in_and_come_out() {
        estate.file("shop/models/Totals.java", BASKETS);
        estate.published();

        assertThat(
                        estate.sql(
                                "select id, best::varchar, skus::varchar, twice::varchar from shop.totals order by id"))
                .containsExactly(
                        "1|{'sku': pen, 'worth': 10.0}|[pen, NULL, cup]|{a=2, b=NULL}",
                        "2|null|[]|{}",
                        "3|null|null|{}");
        assertThat(
                        estate.sql(
                                "select typeof(best), typeof(skus), typeof(twice) from shop.totals limit 1"))
                .containsExactly(
                        "STRUCT(sku VARCHAR, worth DOUBLE)|VARCHAR[]|MAP(VARCHAR, BIGINT)");
    }

    private static final String KINDS =
            """
            true as yes, 1::integer as i, 2::bigint as l, 1.5::float as f, 2.5::double as d,
            12.34::decimal(10,2) as n, 'año' as t, date '2026-02-03' as day, time '10:11:12.5' as tm,
            timestamp '1969-12-31 23:59:59.999999' as ts, timestamptz '2026-01-01 00:00:00+02' as moment,
            uuid '0b0e3a52-6d5e-4a44-9a3d-0a0a0a0a0a0a' as id, 'xy'::blob as b\
            """;

    private static final String KINDS_IN_JAVA =
            """
            Boolean yes, Integer i, Long l, Float f, Double d, @Digits(precision = 10, scale = 2) BigDecimal n,
            String t, LocalDate day, LocalTime tm, LocalDateTime ts, Instant moment, UUID id, byte[] b\
            """;

    @Test
    void every_type_goes_through_structs_and_lists_of_structs_with_nulls() {
        estate.file(
                        "shop/models/kinds.sql",
                        """
                        {{ config(materialized='table') }}
                        with plain as (select %s),
                        structs as (select plain as one from plain)
                        select 1 as id, one, [one, null, one] as many, [[one], null, []] as deep from structs
                        union all select 2, null, [], [] union all select 3, null, null, null
                        union all select 4, one, [one], [[one, one]] from structs
                        """
                                .formatted(KINDS))
                .file(
                        "shop/models/copied.java",
                        """
                        import dev.ade.code.*;
                        import java.math.BigDecimal;
                        import java.time.*;
                        import java.util.*;

                        @Reads("kinds")
                        class Copied implements BatchModel<Copied.Row, Copied.Row> {
                            record Kinds(%s) {}

                            record Row(int id, Kinds one, List<Kinds> many, List<List<Kinds>> deep) {}

                            @Override
                            public void map(Batch<Row> rows, Output<Row> out) {
                                rows.forEach(out::add);
                            }
                        }
                        """
                                .formatted(KINDS_IN_JAVA));
        estate.published();

        assertThat(estate.sql("select count(*) from shop.copied")).containsExactly("4");
        assertThat(estate.sql("select * from shop.kinds except select * from shop.copied"))
                .isEmpty();
        assertThat(
                        estate.sql(
                                "select typeof(k.one) = typeof(c.one), typeof(k.deep) = typeof(c.deep) from shop.kinds k join shop.copied c using (id) limit 1"))
                .containsExactly("true|true");
    }

    @Test
    void lists_of_every_type_go_through_with_nulls() {
        estate.file(
                        "shop/models/kinds.sql",
                        """
                        {{ config(materialized='table') }}
                        with plain as (select %s)
                        select 1 as key, %s from plain
                        union all select 2, %s from plain
                        """
                                .formatted(KINDS, lists("[%1$s, null, %1$s]"), lists("null")))
                .file(
                        "shop/models/copied.java",
                        """
                        import dev.ade.code.*;
                        import java.math.BigDecimal;
                        import java.time.*;
                        import java.util.*;

                        @Reads("kinds")
                        class Copied implements TableModel<Copied.Row> {
                            record Row(int key, List<Boolean> yes, List<Integer> i, List<Long> l, List<Float> f, List<Double> d,
                                    @Digits(precision = 10, scale = 2) List<BigDecimal> n, List<String> t, List<LocalDate> day,
                                    List<LocalTime> tm, List<LocalDateTime> ts, List<Instant> moment, List<UUID> id, List<byte[]> b) {}

                            @Override
                            public void make(Inputs inputs, Output<Row> out) {
                                inputs.read(Row.class, "shop.kinds").forEach(out::add);
                            }
                        }
                        """);
        estate.published();

        assertThat(estate.sql("select count(*), sum(len(t)) from shop.copied"))
                .containsExactly("2|3");
        assertThat(estate.sql("select * from shop.kinds except select * from shop.copied"))
                .isEmpty();
    }

    private static String lists(String form) {
        return String.join(
                ", ",
                java.util.stream.Stream.of(
                                "yes", "i", "l", "f", "d", "n", "t", "day", "tm", "ts", "moment",
                                "id", "b")
                        .map(name -> form.formatted(name) + " as " + name)
                        .toList());
    }

    @Test
    void many_long_lists_cross_batches() {
        estate.file(
                        "shop/models/numbers.sql",
                        "{{ config(materialized='table') }} select n, [{i: i, t: 'n' || i} for i in range(n % 30)] as parts from range(70000) t(n)")
                .file(
                        "shop/models/longer.java",
                        """
                        import dev.ade.code.*;
                        import java.util.*;

                        @Reads("numbers")
                        class Longer implements BatchModel<Longer.In, Longer.In> {
                            record Part(long i, String t) {}

                            record In(long n, List<Part> parts) {}

                            @Override
                            public void map(Batch<In> rows, Output<In> out) {
                                rows.forEach(out::add);
                            }
                        }
                        """);
        estate.published();

        assertThat(
                        estate.sql(
                                "select count(*), sum(len(parts)), (select count(*) from shop.longer l join shop.numbers m using (n) where l.parts = m.parts) from shop.longer"))
                .containsExactly("70000|1014900|70000");
    }

    @Test
    void a_source_in_java_gives_every_type_in_lists_structs_and_maps() {
        estate.delete("shop/models/baskets.sql")
                .file(
                        "sources/Kinds.java",
                        """
                        import dev.ade.code.*;
                        import java.math.BigDecimal;
                        import java.time.*;
                        import java.util.*;

                        public class Kinds implements JavaSource<Kinds.Row> {
                            record Kind(%s) {}

                            record Row(int key, Kind one, List<Kind> many, List<List<Integer>> deep, Map<String, Kind> named,
                                    @Digits(precision = 4, scale = 2) List<BigDecimal> prices) {}

                            @Override
                            public void read(Asked asked, Sink<Row> sink) {
                                Kind kind = new Kind(true, 1, 2L, 1.5f, 2.5, new BigDecimal("12.34"), "año", LocalDate.of(2026, 2, 3),
                                        LocalTime.of(10, 11, 12, 500_000_000), LocalDateTime.of(2026, 1, 2, 3, 4), Instant.EPOCH,
                                        UUID.fromString("0b0e3a52-6d5e-4a44-9a3d-0a0a0a0a0a0a"), new byte[] {120, 121});
                                Kind none = new Kind(null, null, null, null, null, null, null, null, null, null, null, null, null);
                                Map<String, Kind> named = new TreeMap<>(Map.of("a", kind, "b", none));
                                named.put("c", null);
                                sink.add(new Row(1, kind, Arrays.asList(kind, null, none), List.of(List.of(1, 2), List.of()), named,
                                        List.of(new BigDecimal("1.5"))));
                                sink.add(new Row(2, null, List.of(), null, Map.of(), null));
                            }
                        }
                        """
                                .formatted(KINDS_IN_JAVA))
                .file(
                        "post/sources.yml",
                        """
                        sources:
                          - name: post
                            tables:
                              - {name: kinds, load: {java: sources/Kinds.java}}
                        """);
        estate.published();

        String kind =
                "{'yes': true, 'i': 1, 'l': 2, 'f': 1.5, 'd': 2.5, 'n': 12.34, 't': año, 'day': 2026-02-03, 'tm': '10:11:12.5', 'ts': '2026-01-02 03:04:00', 'moment': '1970-01-01 00:00:00+00', 'id': 0b0e3a52-6d5e-4a44-9a3d-0a0a0a0a0a0a, 'b': xy}";
        assertThat(estate.sql("select one::varchar from post.kinds order by key"))
                .containsExactly(kind, "null");
        assertThat(
                        estate.sql(
                                "select many[1] = one, many[2], many[3].t, len(many), deep::varchar, named['a'] = one, named['c'], prices::varchar from post.kinds where key = 1"))
                .containsExactly("true|null|null|3|[[1, 2], []]|true|null|[1.50]");
        assertThat(estate.sql("select many, deep, named from post.kinds where key = 2"))
                .containsExactly("[]|null|{}");
        assertThat(estate.sql("select typeof(one), typeof(prices) from post.kinds limit 1"))
                .containsExactly(
                        "STRUCT(\"yes\" BOOLEAN, i INTEGER, l BIGINT, f FLOAT, d DOUBLE, n DECIMAL(10,2), t VARCHAR, \"day\" DATE, tm TIME, ts TIMESTAMP, moment TIMESTAMP WITH TIME ZONE, id UUID, b BLOB)|DECIMAL(4,2)[]");
    }

    @Test
    void what_does_not_fit_is_said_in_words() {
        estate.file("shop/models/Totals.java", BASKETS.replace("Double price", "Float price"));
        assertThat(message(estate.run()))
                .isEqualTo(
                        "Cannot read 'lines' of shop.baskets as List<Line>: it is struct(\"price\" double, \"sku\" varchar, \"pieces\" integer)[] (shop/models/Totals.java)\n  Declare it as List<record (Double price, String sku, Integer pieces)>");

        estate.file(
                "shop/models/Totals.java",
                BASKETS.replace("List<Line> lines", "Collection<Line> lines"));
        assertThatThrownBy(() -> estate.run())
                .hasMessage(
                        "Cannot use 'lines' of Basket as a column: Collection<Line> is not one of its types");

        estate.file(
                "shop/models/Totals.java",
                BASKETS.replace("Double price", "double price")
                        .replace("line.price() == null ? 0 : ", ""));
        assertThat(message(estate.run()))
                .startsWith(
                        "Cannot run Totals: NullPointerException: column 'price' has a NULL, which double price cannot hold");

        estate.file(
                "shop/models/Totals.java",
                BASKETS.replace("Best(String sku,", "Best(Best inner, String sku,")
                        .replace("new Best(", "new Best(null, "));
        assertThatThrownBy(() -> estate.run())
                .hasMessage(
                        "Cannot use 'inner' of Best as a column: it is nested more than 10 deep");
    }

    private static String message(RunReport report) {
        return report.results().stream()
                .map(StepResult::message)
                .filter(message -> !message.isEmpty())
                .findFirst()
                .orElse("");
    }
}
