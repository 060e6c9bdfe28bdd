package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import dev.ade.model.Fingerprint;
import dev.ade.model.TableName;
import dev.ade.model.Treatment;
import dev.ade.run.Decisions.Landed;
import dev.ade.run.RunReport;
import dev.ade.run.StepResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is personal, followed into models.
class PrivacyLineageTest {
    private static final TableName MIXED = TableName.parse("shop.mixed");

    @TempDir private Path folder;

    /// Customers under pseudonyms, and a newsletter that keeps the addresses.
    private Estate estate(String classOfNewsletter) {
        return new Estate(folder)
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
                              - name: newsletter
                                load: {files: "newsletter.csv"}
                                columns:
                                  - {name: id, data_type: bigint, privacy: keep}
                                  - {name: address, privacy: {class: %s, treat: keep}}
                        """
                                .formatted(classOfNewsletter))
                .file("customers.csv", "id,email\n1,ada@example.org\n2,bob@example.org\n")
                .file("newsletter.csv", "id,address\n1,ada@example.org\n");
    }

    private static final String BESIDE =
            """
            select c.email as buyer, n.address
            from shop.customers c join shop.newsletter n using (id)
            """;

    private static StepResult step(RunReport report, TableName dataset) {
        return report.results().stream()
                .filter(result -> result.step().dataset().equals(dataset))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_model_that_shows_the_original_beside_its_pseudonym_is_refused_with_both_ways() {
        Estate estate =
                estate("email")
                        .file(
                                "shop/models/buyers.sql",
                                "select id, email as buyer from shop.customers")
                        .file(
                                "shop/models/mixed.sql",
                                """
                                {{ config(materialized='table') }}
                                select b.buyer, lower(n.address) as address
                                from shop.buyers b join shop.newsletter n using (id)
                                """);
        RunReport report = estate.run();

        StepResult mixed = step(report, MIXED);
        assertThat(mixed.state()).isEqualTo(StepResult.State.FAILED);
        assertThat(mixed.message())
                .startsWith(
                        """
                        Cannot build shop.mixed: it would show who is behind buyer, a pseudonym: address is the original of the same kind (email) (shop/models/mixed.sql)
                          shop.customers.email -> shop.buyers.buyer -> shop.mixed.buyer
                          shop.newsletter.address -> shop.mixed.address
                        """)
                .contains("Leave one of them out, treat shop.newsletter.address in sources.yml");
        assertThat(report.published()).doesNotContain(MIXED).hasSize(3);
    }

    @Test
    void what_is_about_nobody_may_stand_beside_a_pseudonym() {
        Estate estate = estate("none").file("shop/models/mixed.sql", BESIDE);

        assertThat(step(estate.run(), MIXED).state()).isEqualTo(StepResult.State.DONE);
    }

    @Test
    void counts_of_people_stand_beside_nobody() {
        Estate estate =
                estate("email")
                        .file(
                                "shop/models/mixed.sql",
                                """
                                select c.email as buyer, count(n.address) as letters, sum(length(n.address)) as size
                                from shop.customers c join shop.newsletter n using (id) group by all
                                """);

        assertThat(step(estate.run(), MIXED).state()).isEqualTo(StepResult.State.DONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "any_value(n.address) as a %s group by c.email",
                "max({'it': n.address}) as a %s group by c.email",
                "lag(n.address, 0) over (order by id) as a %s"
            })
    void an_aggregate_that_gives_a_value_is_refused_beside_its_pseudonym(String columns) {
        Estate estate =
                estate("email")
                        .file(
                                "shop/models/mixed.sql",
                                "{{ config(materialized='table') }} select c.email as buyer, "
                                        + columns.formatted(
                                                "from shop.customers c join shop.newsletter n using (id)"));

        assertThat(step(estate.run(), MIXED).message()).startsWith("Cannot build shop.mixed");
    }

    @Test
    void derived_columns_inherit_the_class_and_say_by_which_way() {
        Estate estate =
                estate("email")
                        .file(
                                "shop/models/buyers.sql",
                                "select id, email as buyer, email is null as anonymous from shop.customers")
                        .file(
                                "shop/models/per_buyer.sql",
                                "select max(buyer) as last_buyer, count(buyer) as buyers from shop.buyers");
        estate.run();
        try (Ade ade = estate.open()) {
            List<Landed> derived = ade.privacyReport().get(TableName.parse("shop.per_buyer"));
            assertThat(derived)
                    .containsExactly(
                            new Landed(
                                    "last_buyer",
                                    "email",
                                    "pseudonym",
                                    "derived",
                                    "aggregated: shop.customers.email -> shop.buyers.buyer"
                                            + " -> shop.per_buyer.last_buyer",
                                    Optional.of(Fingerprint.of(new Treatment.Pseudonym("default"))),
                                    Optional.empty()));
            assertThat(ade.privacyReport().get(TableName.parse("shop.buyers"))).hasSize(1);
        }
    }

    @Test
    void a_run_writes_down_the_lineage_of_what_changed_and_only_that() {
        Estate estate =
                estate("email")
                        .file(
                                "shop/models/buyers.sql",
                                "select email as buyer from shop.customers");
        estate.run();
        estate.file("customers.csv", "id,email\n3,eve@example.org\n");
        estate.run();
        estate.file(
                "shop/models/letters.sql",
                "{{ config(materialized='table') }} select count(address) as n from shop.newsletter where id > 0");
        estate.run();

        assertThat(
                        estate.sql(
                                """
                                select run_id, dataset, column_name, expression, input_dataset, input_column, role
                                from ade.lineage order by all nulls last
                                """))
                .containsExactly(
                        "1|shop.buyers|buyer|email|shop.customers|email|copy",
                        "3|shop.letters|n|count(address)|shop.newsletter|address|count",
                        "3|shop.letters|null|null|shop.newsletter|id|filter");
    }
}
