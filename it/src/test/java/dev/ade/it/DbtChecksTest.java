package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import dev.ade.run.RunReport;
import dev.ade.run.SourceAges;
import dev.ade.spi.Checker;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// dbt's tests and sources as projects write them.
class DbtChecksTest {
    private Estate estate;

    @BeforeEach
    void write_project(@TempDir Path folder) {
        estate =
                new Estate(folder)
                        .file("dbt_project.yml", "name: estate\ndata_tests: {+severity: warn}\n")
                        .file("seeds/items.csv", "id,price\n1,5\n1,7\n2,9\n")
                        .file("models/sold.sql", "select * from {{ ref('items') }}");
    }

    private List<String> checks() {
        RunReport report = estate.run();
        return report.results().stream()
                .flatMap(result -> result.checks().stream())
                .map(DbtChecksTest::text)
                .sorted()
                .toList();
    }

    private static String text(Checker.Result result) {
        return "%s %s %d".formatted(result.check().name(), result.outcome(), result.failures());
    }

    @Test
    void config_comes_from_the_project_the_test_and_the_arguments() {
        estate.file(
                        "models/all.yml",
                        """
                        seeds:
                          - name: items
                            columns:
                              - name: id
                                data_tests:
                                  - unique
                        models:
                          - name: sold
                            data_tests:
                              - dearer_than:
                                  arguments: {price: 6}
                                  config: {fail_calc: sum(price), error_if: "> 100", warn_if: "> 15"}
                              - name: few
                                test_name: dearer_than
                                arguments: {price: 0}
                                config: {limit: 2, where: "id = 1 or id = 2", tags: [slow]}
                            columns:
                              - name: id
                                tests:
                                  - not_null: {name: there, severity: error}
                                  - unique:
                                      config: {enabled: false}
                        data_tests:
                          - name: no_cheap
                            config: {severity: error, error_if: "> 5"}
                        """)
                .file(
                        "tests/generic/dearer.sql",
                        "{% test dearer_than(model, price) %} select * from {{ model }} where price > {{ price }} {% endtest %}")
                .file("tests/no_cheap.sql", "select * from {{ ref('sold') }} where price < 6");

        assertThat(checks())
                .containsExactly(
                        "dearer_than_sold__6 WARN 16",
                        "few WARN 2",
                        "no_cheap WARN 1",
                        "there PASS 0",
                        "unique_items_id WARN 1");
    }

    @Test
    void a_source_lies_where_its_external_location_says() {
        estate.file("data/visits.csv", "id,seen\n1,2026-01-01 08:00:00\n2,2026-01-03 08:00:00\n")
                .file(
                        "models/sources.yml",
                        """
                        sources:
                          - name: web
                            meta: {external_location: "read_csv('data/{name}.csv')"}
                            config:
                              freshness: {warn_after: {count: 1, period: day}, error_after: {count: 4, period: day}}
                            loaded_at_field: seen
                            tables:
                              - name: visits
                                columns: [{name: id, data_tests: [unique]}]
                              - name: old
                                meta: {external_location: "data/visits.csv"}
                                freshness: {error_after: {count: 2, period: day}, filter: "id = 1"}
                              - name: never
                                freshness: null
                                config: {enabled: false}
                        """)
                .file("models/visitors.sql", "select id from {{ source('web', 'visits') }}");
        assertThat(checks()).contains("source_unique_web_visits_id PASS 0");

        Clock clock = Clock.fixed(Instant.parse("2026-01-05T08:00:00Z"), ZoneOffset.UTC);
        try (Ade ade = Ade.open(estate.options(), clock)) {
            assertThat(ade.freshness(Estate.request()).ages())
                    .extracting(age -> age.source().name() + " " + age.status())
                    .containsExactly("web.old ERROR", "web.visits WARN");
            assertThat(ade.freshness(Estate.request()).ages())
                    .extracting(SourceAges.Age::newest)
                    .allSatisfy(newest -> assertThat(newest).isPresent());
        }
    }

    @Test
    void a_test_that_reads_nothing_runs_with_the_first_dataset() {
        estate.file("tests/doubles.sql", "select {{ 3 * 2 }} as six where {{ 3 * 2 }} != 6")
                .file("tests/halves.sql", "select {{ 6 // 2 }} as three");

        assertThat(checks()).containsExactly("doubles PASS 0", "halves WARN 1");
    }

    @Test
    void seeds_have_the_types_that_dbt_finds() {
        estate.file(
                "seeds/flags.csv",
                """
                id,flag,sure,day,due,at,opens,sold
                1,y,true,2026-01-02,1/2/2026,2026-01-02 10:00:00,10:30,F
                2,n,False,2026-01-03,1/3/2026,2026-01-03 11:00:00,11:30,F
                """);
        estate.run();

        assertThat(estate.sql("select column_name, column_type from (describe from estate.flags)"))
                .containsExactly(
                        "id|BIGINT",
                        "flag|VARCHAR",
                        "sure|BOOLEAN",
                        "day|DATE",
                        "due|VARCHAR",
                        "at|TIMESTAMP",
                        "opens|VARCHAR",
                        "sold|VARCHAR");
    }

    @Test
    void a_source_that_nothing_loads_is_the_seed_or_model_of_its_name() {
        estate.file(
                        "models/sources.yml",
                        """
                        sources:
                          - name: shop
                            schema: estate
                            tables:
                              - name: goods
                                identifier: items
                                columns:
                                  - {name: price, data_tests: [not_null]}
                          - name: raw
                            schema: dev_raw
                            tables: [{name: ITEMS}]
                          - name: crm
                            tables: [{name: people}]
                        """)
                .file(
                        "models/dear.sql",
                        "select * from {{ source('shop', 'goods') }} where price > 6")
                .file("models/all_of_it.sql", "select * from {{ source('raw', 'items') }}");

        assertThat(checks()).containsExactly("source_not_null_shop_goods_price PASS 0");
        assertThat(estate.sql("from estate.dear")).containsExactly("1|7", "2|9");
        assertThat(estate.sql("select count(*) from estate.all_of_it")).containsExactly("3");
    }
}
