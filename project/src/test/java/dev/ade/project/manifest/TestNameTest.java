package dev.ade.project.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.project.manifest.TestName.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The ids are those that dbt gives the tests of its public example project.
class TestNameTest {
    private static TestName test(String word, Target target, Map<String, Object> arguments) {
        return new TestName(word, target, arguments, Optional.empty());
    }

    @Test
    void tests_of_columns_have_the_ids_that_dbt_gives_them() {
        Target customers = Target.of("customers");
        Map<String, Object> id = Map.of("column_name", "customer_id");
        assertThat(test("unique", customers, id).id("jaffle_shop"))
                .isEqualTo("test.jaffle_shop.unique_customers_customer_id.c5af1ff4b1");
        assertThat(test("not_null", customers, id).id("jaffle_shop"))
                .isEqualTo("test.jaffle_shop.not_null_customers_customer_id.5c9bf9911d");
        assertThat(
                        test("unique", Target.of("orders"), Map.of("column_name", "order_id"))
                                .id("jaffle_shop"))
                .isEqualTo("test.jaffle_shop.unique_orders_order_id.fed79b3a6e");
    }

    @Test
    void arguments_are_part_of_the_id() {
        Map<String, Object> arguments =
                Map.of(
                        "column_name",
                        "customer_id",
                        "to",
                        "ref('customers')",
                        "field",
                        "customer_id");
        assertThat(test("relationships", Target.of("orders"), arguments).id("jaffle_shop"))
                .isEqualTo(
                        "test.jaffle_shop.relationships_orders_customer_id__customer_id__ref_customers_.c6ec7f58f2");
        List<String> values =
                List.of("placed", "shipped", "completed", "return_pending", "returned");
        TestName accepted =
                test(
                        "accepted_values",
                        Target.of("orders"),
                        Map.of("column_name", "status", "values", values));
        assertThat(accepted.id("jaffle_shop"))
                .isEqualTo(
                        "test.jaffle_shop.accepted_values_orders_status__placed__shipped__completed__return_pending__returned.be6b5b5ec3");
        assertThat(accepted.brief())
                .isEqualTo("accepted_values_orders_1ce6ab157c285f7cd2ac656013faf758");
    }

    @Test
    void tests_of_sources_say_so() {
        Target customers = Target.ofSource("postgres_db", "raw_customers");
        assertThat(test("not_null", customers, Map.of("column_name", "id")).id("altered"))
                .isEqualTo("test.altered.source_not_null_postgres_db_raw_customers_id.de3e9fff76");
        assertThat(test("unique", customers, Map.of("column_name", "id")).id("altered"))
                .isEqualTo("test.altered.source_unique_postgres_db_raw_customers_id.6e5ad1d707");
    }

    @Test
    void a_test_of_a_package_and_one_with_a_name_of_its_own() {
        TestName range =
                test(
                        "dbt_utils.accepted_range",
                        Target.of("customers"),
                        Map.of("column_name", "orders", "min_value", 0L, "inclusive", true));
        assertThat(range.full()).isEqualTo("dbt_utils_accepted_range_customers_orders__True__0");
        assertThat(range.metadata())
                .containsEntry("name", "accepted_range")
                .containsEntry("namespace", "dbt_utils");

        TestName named =
                new TestName(
                        "unique",
                        Target.of("orders", "2"),
                        Map.of("column_name", "id"),
                        Optional.of("once"));
        assertThat(named.full()).isEqualTo("once");
        assertThat(named.brief()).isEqualTo("once");
        assertThat(named.metadata().get("kwargs"))
                .isEqualTo(
                        Map.of(
                                "column_name",
                                "id",
                                "model",
                                "{{ get_where_subquery(ref('orders', version='2')) }}"));
    }
}
