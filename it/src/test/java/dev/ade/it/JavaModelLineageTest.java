package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import dev.ade.model.Fingerprint;
import dev.ade.model.TableName;
import dev.ade.model.Treatment;
import dev.ade.run.Decisions.Landed;
import dev.ade.run.PlanReview;
import dev.ade.run.compare.DatasetChange;
import dev.ade.run.lineage.DatasetLineage;
import dev.ade.spi.Lineage.OutputColumn;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is known of models in Java without running them.
class JavaModelLineageTest {
    private static final TableName MODEL = TableName.parse("shop.initials");
    private static final String INITIALS =
            """
            import dev.ade.code.*;

            @Reads("shop.customers")
            class Initials implements BatchModel<Initials.Customer, Initials.Row> {
                record Customer(long id, String email, String city) {}

                record Row(@From("id") long customerId, @From({"city", "id"}) String place, String tag) {}

                @Override
                public void map(Batch<Customer> customers, Output<Row> out) {
                    for (Customer one : customers) {
                        out.add(new Row(one.id(), one.city(), one.email().substring(0, 4)));
                    }
                }
            }
            """;

    private Estate estate;

    @BeforeEach
    void write_customers(@TempDir Path folder) {
        estate =
                new Estate(folder)
                        .file(
                                "shop/sources.yml",
                                """
                                sources:
                                  - name: shop
                                    tables:
                                      - name: customers
                                        load: {files: "customers.csv"}
                                        columns:
                                          - {name: id, data_type: bigint, privacy: keep}
                                          - {name: email, privacy: {class: email, treat: pseudonym}}
                                          - {name: city, data_type: varchar, privacy: keep}
                                """)
                        .file("customers.csv", "id,email,city\n1,ada@example.org,Lima\n")
                        .file("shop/models/initials.java", INITIALS);
    }

    @Test
    void a_column_follows_from_what_is_declared_else_from_all_that_is_read() {
        try (Ade ade = estate.open()) {
            DatasetLineage lineage = ade.lineage().of(MODEL);
            assertThat(lineage.notes()).isEmpty();
            assertThat(lineage.lineage().orElseThrow().columns())
                    .extracting(JavaModelLineageTest::text)
                    .containsExactly(
                            "customer_id: Initials in Java, as declared of id",
                            "place: Initials in Java, as declared of city, id",
                            "tag: Initials in Java, of all it reads of city, email, id");
        }
    }

    @Test
    void a_list_or_struct_follows_from_what_is_declared_in_it() {
        estate.file(
                "shop/models/initials.java",
                """
                import dev.ade.code.*;
                import java.util.*;

                @Reads("shop.customers")
                class Initials implements BatchModel<Initials.Customer, Initials.Row> {
                    record Customer(long id, String email, String city) {}

                    record Place(@From("id") long id, @From("city") String name) {}

                    record Half(@From("id") long id, String name) {}

                    record Row(Place place, List<Place> places, Half half, @From("city") List<String> cities, Map<String, Long> all) {}

                    @Override
                    public void map(Batch<Customer> customers, Output<Row> out) {
                        customers.forEach(it -> out.add(new Row(null, List.of(), null, null, Map.of())));
                    }
                }
                """);
        try (Ade ade = estate.open()) {
            assertThat(ade.lineage().of(MODEL).lineage().orElseThrow().columns())
                    .extracting(JavaModelLineageTest::text)
                    .containsExactly(
                            "place: Initials in Java, as declared of city, id",
                            "places: Initials in Java, as declared of city, id",
                            "half: Initials in Java, of all it reads of city, email, id",
                            "cities: Initials in Java, as declared of city",
                            "all: Initials in Java, of all it reads of city, email, id");
        }
    }

    private static String text(OutputColumn column) {
        return "%s: %s of %s"
                .formatted(
                        column.column().name(),
                        column.expression(),
                        String.join(
                                ", ",
                                column.uses().stream().map(use -> use.input().column()).toList()));
    }

    @Test
    void what_is_personal_goes_through_a_class_too() {
        assertThat(estate.run().exitStatus()).isZero();

        try (Ade ade = estate.open()) {
            List<Landed> derived =
                    Optional.ofNullable(ade.privacyReport().get(MODEL)).orElseThrow();
            assertThat(derived)
                    .containsExactly(
                            new Landed(
                                    "tag",
                                    "email",
                                    "pseudonym",
                                    "derived",
                                    "computed: shop.customers.email -> shop.initials.tag",
                                    Optional.of(Fingerprint.of(new Treatment.Pseudonym("default"))),
                                    Optional.empty()));
        }
        assertThat(
                        estate.sql(
                                "select distinct column_name, input_column from ade.lineage where dataset = 'shop.initials' order by all"))
                .hasSize(6);
    }

    @Test
    void a_plan_shows_the_difference_of_the_class_and_of_its_columns() {
        assertThat(estate.run().exitStatus()).isZero();
        estate.file(
                "shop/models/initials.java",
                INITIALS.replace("String tag)", "int tag)")
                        .replace(".substring(0, 4)", ".length()"));

        PlanReview review = review();
        DatasetChange change = change(review);
        assertThat(change.nature()).contains(DatasetChange.Nature.BREAKING);
        assertThat(change.problems()).isEmpty();
        assertThat(change.columns())
                .containsExactly(
                        new DatasetChange.ColumnChange(
                                "tag", Optional.of("varchar"), Optional.of("integer")));
        assertThat(change.diff())
                .contains(
                        "-            out.add(new Row(one.id(), one.city(), one.email().substring(0, 4)));",
                        "+            out.add(new Row(one.id(), one.city(), one.email().length()));");

        estate.file(
                "shop/models/initials.java",
                INITIALS.replace("city) {}", "town) {}")
                        .replace("one.city", "one.town")
                        .replace("\"city\", ", ""));
        assertThat(change(review()).problems())
                .containsExactly("Cannot read 'town' for town: shop.customers has no such column");
    }

    private PlanReview review() {
        try (Ade ade = estate.open()) {
            return ade.review(Estate.request());
        }
    }

    private static DatasetChange change(PlanReview review) {
        return review.comparison().changes().stream()
                .filter(change -> change.dataset().equals(MODEL))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_unit_test_gives_rows_to_a_class() {
        estate.file(
                "shop/models/tests.yml",
                """
                unit_tests:
                  - name: takes_the_beginning
                    model: initials
                    given:
                      - input: ref('customers')
                        rows: [{id: 7, email: "0b0e3a52-6d5e-4a44-9a3d-0a0a0a0a0a0a", city: Ica}]
                    expect:
                      rows: [{customer_id: 7, tag: %s}]
                """
                        .formatted("\"0b0e\"")
                        .replace("ref('customers')", "source('shop', 'customers')"));
        assertThat(estate.run().exitStatus()).isZero();

        estate.file(
                "shop/models/initials.java",
                INITIALS.replace("substring(0, 4)", "substring(1, 4)"));
        assertThat(estate.run().results())
                .anySatisfy(result ->
                        assertThat(result.checks())
                                .anySatisfy(check -> assertThat(check.toString()).contains("b0e")));
    }

    @Test
    void a_dimension_in_java_has_its_key_first() {
        estate.file(
                "shop/models/models.yml",
                "models: [{name: initials, config: {materialized: dimension, natural_key: customer_id, surrogate: customer_key}}]");
        assertThat(estate.run().exitStatus()).isZero();

        assertThat(estate.sql("select column_name from (describe shop.initials)"))
                .startsWith("customer_key", "customer_id");
        try (Ade ade = estate.open()) {
            Map<String, Integer> uses = new java.util.HashMap<>();
            ade.lineage()
                    .of(MODEL)
                    .lineage()
                    .orElseThrow()
                    .columns()
                    .forEach(column -> uses.put(column.column().name(), column.uses().size()));
            assertThat(uses).containsEntry("customer_key", 1).containsEntry("tag", 3);
        }
    }
}
