package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Activity streams and the questions about them.
class ActivitiesTest {
    private static final String STREAM =
            """
            {{ config(materialized='table') }}
            {{ activity_stream({
                'visited': {'from': ref('visits'), 'customer': 'who', 'ts': 'seen', 'features': ['page'], 'link': 'page'},
                'bought': {'from': ref('orders'), 'customer': 'who', 'ts': 'placed', 'id': 'id',
                           'features': ['item', 'gift'], 'revenue_impact': 'price', 'where': 'price > 0'},
            }) }}
            """;

    private Estate estate;

    @BeforeEach
    void run_a_stream(@TempDir Path folder) {
        estate =
                new Estate(folder)
                        .file("dbt_project.yml", "name: estate\nseeds: {+privacy: keep}\n")
                        .file(
                                "seeds/visits.csv",
                                """
                                who,seen,page
                                1,2026-01-01 08:00:00,home
                                1,2026-01-05 08:00:00,shop
                                2,2026-01-02 08:00:00,home
                                1,2026-02-20 08:00:00,shop
                                """)
                        .file(
                                "seeds/orders.csv",
                                """
                                id,who,placed,item,gift,price
                                7,1,2026-01-05 09:00:00,"a \"\"cup\"\"\",false,4.5
                                8,1,2026-01-06 09:00:00,pot,true,10
                                9,1,2026-03-01 09:00:00,nothing,false,0
                                """)
                        .file("models/stream.sql", STREAM);
    }

    private void ask(String dataset) {
        estate.file("models/answer.sql", dataset);
        estate.published();
    }

    @Test
    void a_stream_is_one_table_of_all_that_happened() {
        estate.published();

        assertThat(
                        estate.sql(
                                """
                                select customer, activity, ts, features, revenue_impact, link,
                                  activity_occurrence, activity_repeated_at, source
                                from estate.stream order by ts
                                """))
                .containsExactly(
                        "1|visited|2026-01-01T08:00|{\"page\":\"home\"}|null|home|1|2026-01-05T08:00|estate.visits",
                        "2|visited|2026-01-02T08:00|{\"page\":\"home\"}|null|home|1|null|estate.visits",
                        "1|visited|2026-01-05T08:00|{\"page\":\"shop\"}|null|shop|2|2026-02-20T08:00|estate.visits",
                        "1|bought|2026-01-05T09:00|{\"item\":\"a \\\"cup\\\"\",\"gift\":false}|4.5|null|1|2026-01-06T09:00|estate.orders",
                        "1|bought|2026-01-06T09:00|{\"item\":\"pot\",\"gift\":true}|10.0|null|2|null|estate.orders",
                        "1|visited|2026-02-20T08:00|{\"page\":\"shop\"}|null|shop|3|null|estate.visits");
        assertThat(estate.sql("select count(*) = 11 from (describe estate.stream)"))
                .containsExactly("true");
        assertThat(estate.sql("select count(distinct activity_id) from estate.stream"))
                .containsExactly("6");
    }

    @Test
    void what_came_before_and_after_is_asked_by_relations() {
        ask(
                """
                {{ activity_dataset(ref('stream'),
                    primary={'activity': 'bought', 'columns': ['item']},
                    append=[
                      {'activity': 'visited', 'relation': 'first_ever', 'columns': ['ts', 'page'], 'as': 'first'},
                      {'activity': 'visited', 'relation': 'last_before', 'columns': ['page'], 'as': 'last'},
                      {'activity': 'visited', 'relation': 'count_before', 'within': '2 days', 'as': 'recent'},
                      {'activity': 'visited', 'relation': 'first_after', 'as': 'next'},
                      {'activity': 'bought', 'relation': 'sum_before', 'as': 'earlier'},
                    ]) }}
                """);

        assertThat(
                        estate.sql(
                                """
                                select item, first_ts, first_page, last_page, recent_count, next_ts, earlier_sum
                                from estate.answer order by ts
                                """))
                .containsExactly(
                        "a \"cup\"|2026-01-01T08:00|home|shop|1|2026-02-20T08:00|null",
                        "pot|2026-01-01T08:00|home|shop|1|2026-02-20T08:00|4.5");
    }

    @Test
    void between_means_before_it_happened_again() {
        ask(
                """
                {{ activity_dataset(ref('stream'),
                    primary={'activity': 'visited'},
                    append=[{'activity': 'bought', 'relation': 'count_between', 'as': 'orders'}]) }}
                """);

        assertThat(estate.sql("select customer, ts, orders_count from estate.answer order by ts"))
                .containsExactly(
                        "1|2026-01-01T08:00|0",
                        "2|2026-01-02T08:00|0",
                        "1|2026-01-05T08:00|2",
                        "1|2026-02-20T08:00|0");
    }

    @Test
    void occurrences_choose_among_the_first_the_last_and_the_nth() {
        ask(
                """
                {{ activity_dataset(ref('stream'), primary={'activity': 'visited', 'occurrence': 'first'}) }}
                union all
                {{ activity_dataset(ref('stream'), primary={'activity': 'visited', 'occurrence': 'last'}) }}
                union all
                {{ activity_dataset(ref('stream'), primary={'activity': 'visited', 'occurrence': 2}) }}
                """
                        .replaceAll("(?m)^(\\{\\{.*}})$", "select * from ($1)"));

        assertThat(estate.sql("select customer, ts from estate.answer order by all"))
                .containsExactly(
                        "1|2026-01-01T08:00",
                        "1|2026-01-05T08:00",
                        "1|2026-02-20T08:00",
                        "2|2026-01-02T08:00",
                        "2|2026-01-02T08:00");
    }

    @Test
    void what_it_does_not_know_it_says() {
        estate.file("models/stream.sql", STREAM.replace("'ts': 'seen'", "'time': 'seen'"));
        assertThatThrownBy(() -> estate.run())
                .hasMessageContaining("activity_stream does not know 'time' of activity visited");

        estate.file("models/stream.sql", STREAM)
                .file(
                        "models/answer.sql",
                        "{{ activity_dataset(ref('stream'), {'activity': 'visited'}, [{'activity': 'bought', 'relation': 'nearby'}]) }}");
        assertThatThrownBy(() -> estate.run())
                .hasMessageContaining("does not know the relation 'nearby'");
    }
}
