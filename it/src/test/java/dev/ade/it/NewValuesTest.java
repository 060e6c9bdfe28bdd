package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.run.RunReport;
import dev.ade.run.StepResult;
import dev.ade.testkit.Postgres;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Columns with few values that a load brings another to.
final class NewValuesTest {
    private static final String HEADER = "id,status,code,level,note\n";

    private static final String SOURCE =
            """
            sources:
              - name: shop
                tables:
                  - name: orders
                    load: {files: "in/*.csv", mode: %s}
                    columns:
                      - {name: code, privacy: {treat: mask, keep_first: 1}}
                      - name: level
                        data_tests: [{accepted_values: {values: [1, 2, 3], quote: false}}]
            """;

    private Estate estate;

    @BeforeEach
    void write_project(@TempDir Path folder) {
        estate =
                new Estate(folder)
                        .file("dbt_project.yml", "name: estate\nmodels: {+materialized: table}\n")
                        .file("models/sources.yml", SOURCE.formatted("append"))
                        .file(
                                "models/sales.sql",
                                "select id, status = 'done' as is_done from {{ source('shop', 'orders') }}")
                        .file("in/1.csv", HEADER + rows());
    }

    private static String rows() {
        return IntStream.range(0, 60)
                .mapToObj(i ->
                        "%d,%s,%s,%d,note %d\n"
                                .formatted(
                                        i,
                                        i % 2 == 0 ? "open" : "done",
                                        i % 2 == 0 ? "ab" : "cd",
                                        i % 2 + 1,
                                        i))
                .collect(Collectors.joining());
    }

    private List<String> load() {
        RunReport report = estate.run();
        assertThat(report.exitStatus()).isZero();
        return report.results().stream()
                .map(StepResult::notes)
                .flatMap(List::stream)
                .filter(note -> note.startsWith("column"))
                .toList();
    }

    @Test
    void are_told_with_whom_they_reach() {
        assertThat(load()).isEmpty();
        estate.file("in/2.csv", HEADER + "60,open,ab,1,new\n61,lost,xy,3,new\n62,back,ab,1,new\n");

        assertThat(load())
                .containsExactly(
                        "column 'status' has 2 values that it never had: 'back', 'lost' (reaches estate.sales.is_done)",
                        "column 'code' has a value that it never had",
                        "column 'level' has a value that it never had: '3' (checked by source_accepted_values_shop_orders_level__1__2__3)");

        estate.file("in/3.csv", HEADER + "70,lost,xy,3,new\n");
        assertThat(load()).isEmpty();
    }

    @Test
    void are_told_where_everything_is_read_again() {
        estate.file("models/sources.yml", SOURCE.formatted("replace"));
        load();
        estate.file("in/1.csv", HEADER + rows() + "60,lost,ab,1,new\n");

        assertThat(load())
                .containsExactly(
                        "column 'status' has a value that it never had: 'lost' (reaches estate.sales.is_done)");
    }

    @Test
    void a_renamed_column_is_profiled_under_its_new_name() {
        load();
        estate.file(
                "models/sources.yml",
                SOURCE.formatted("append") + "          - {name: state, aliases: [status]}\n");
        estate.file(
                "models/sales.sql",
                "select id, state = 'done' as is_done from {{ source('shop', 'orders') }}");
        load();
        estate.file("in/2.csv", "id,state,code,level,note\n60,lost,ab,1,new\n");

        assertThat(load())
                .containsExactly(
                        "column 'state' has a value that it never had: 'lost' (reaches estate.sales.is_done)");
        assertThat(
                        estate.sql(
                                "select column_name, \"rows\" from ade.profiles where dataset = 'shop.orders' and column_name in ('state', 'status') and run_id = 3"))
                .containsExactly("state|61");
    }

    @Test
    void kinds_of_changes_are_no_news_but_values_of_the_table_are() {
        try (Postgres postgres = Postgres.start("wal_level=logical")) {
            // A password comes from the environment, which a test cannot set.
            postgres.sql(
                    "create role follower superuser login password '%s'"
                            .formatted(System.getenv("HOME")));
            postgres.sql(
                    "create table orders as select i as id, 'open' as status from generate_series(1, 60) i");
            postgres.sql("alter table orders add primary key (id)");
            estate.file(
                    "models/sources.yml",
                    """
                    sources:
                      - name: shop
                        tables:
                          - name: orders
                            load: {cdc: "%s", user: follower, password: "${HOME}", table: public.orders, mode: append}
                    """
                            .formatted(postgres.url()));
            load();
            postgres.sql("insert into orders values (61, 'open'), (62, 'lost')");
            postgres.sql("update orders set status = 'open' where id = 1");
            postgres.sql("delete from orders where id = 2");

            assertThat(load())
                    .containsExactly(
                            "column 'status' has a value that it never had: 'lost' (reaches estate.sales.is_done)");
            assertThat(estate.sql("select count(distinct _op) from shop.orders"))
                    .containsExactly("4");
        }
    }
}
