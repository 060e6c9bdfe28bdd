package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import dev.ade.model.TableName;
import dev.ade.run.compare.DatasetChange;
import dev.ade.run.compare.DatasetChange.FactChange;
import dev.ade.run.compare.DatasetChange.Topic;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a plan says about personal data before anything runs.
class PlanPrivacyTest {
    @TempDir private Path folder;

    private Estate estate() {
        return sources("{class: email, treat: keep}")
                .file("customers.csv", "id,email,city\n1,ada@example.org,Ulm\n")
                .file("newsletter.csv", "id,address\n1,ada@example.org\n")
                .file("shop/models/buyers.sql", "select id, city from shop.customers");
    }

    private Estate sources(String ofEmail) {
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
                                  - {name: email, privacy: %s}
                                  - {name: city, privacy: keep}
                              - name: newsletter
                                load: {files: "newsletter.csv"}
                                columns:
                                  - {name: id, data_type: bigint, privacy: keep}
                                  - {name: address, privacy: {class: email, treat: pseudonym}}
                        """
                                .formatted(ofEmail));
    }

    private static DatasetChange change(Estate estate, String dataset) {
        try (Ade ade = estate.open()) {
            return ade.review(Estate.request()).comparison().changes().stream()
                    .filter(change -> change.dataset().equals(TableName.parse(dataset)))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<FactChange> inherited(DatasetChange change) {
        return change.facts().stream().filter(it -> it.topic() == Topic.INHERITED).toList();
    }

    private static FactChange fact(String column, Optional<String> before, String after) {
        return new FactChange(Topic.INHERITED, column, before, Optional.of(after));
    }

    @Test
    void a_treated_column_that_is_not_there_is_told_before_the_first_load() {
        Estate estate = estate().file("newsletter.csv", "id,adress\n1,ada@example.org\n");
        try (Ade ade = estate.open()) {
            assertThat(ade.review(Estate.request()).plan().warnings())
                    .containsExactly(
                            "Cannot load shop.newsletter: column 'address' is to be treated, but newsletter.csv does not have it;"
                                    + " did you mean 'adress'?");
        }
    }

    @Test
    void a_column_that_comes_to_hold_something_personal_says_so() {
        Estate estate = estate();
        estate.run();
        estate.file(
                "shop/models/buyers.sql",
                "select id, coalesce(city, email) as city, split_part(email, '@', 2) as domain from shop.customers");

        assertThat(inherited(change(estate, "shop.buyers")))
                .containsExactly(
                        fact(
                                "city",
                                Optional.of("none"),
                                "email, keep (from shop.customers.email)"),
                        fact(
                                "domain",
                                Optional.empty(),
                                "email, keep (from shop.customers.email)"));
    }

    @Test
    void another_treatment_of_a_source_shows_at_all_columns_below() {
        Estate estate = estate();
        estate.file("shop/models/buyers.sql", "select id, email as buyer from shop.customers")
                .file("shop/models/last.sql", "select max(buyer) as buyer from shop.buyers");
        estate.run();
        sources("{class: email, treat: pseudonym}");

        assertThat(change(estate, "shop.customers").facts())
                .containsExactly(
                        new FactChange(
                                Topic.PRIVACY,
                                "email",
                                Optional.of("email, keep"),
                                Optional.of("email, pseudonym")));
        List<FactChange> expected =
                List.of(
                        fact(
                                "buyer",
                                Optional.of("email, keep"),
                                "email, pseudonym (from shop.customers.email)"));
        assertThat(inherited(change(estate, "shop.buyers"))).isEqualTo(expected);
        assertThat(inherited(change(estate, "shop.last"))).isEqualTo(expected);
    }

    @Test
    void a_column_that_holds_nothing_personal_any_more_says_so() {
        Estate estate = estate();
        estate.file("shop/models/buyers.sql", "select id, email as buyer from shop.customers");
        estate.run();
        estate.file(
                "shop/models/buyers.sql",
                "select id, case when email is null then 'no' else 'yes' end as buyer from shop.customers");

        assertThat(inherited(change(estate, "shop.buyers")))
                .containsExactly(fact("buyer", Optional.of("email, keep"), "none"));
    }

    @Test
    void what_a_source_no_longer_declares_is_left_to_the_load() {
        Estate estate = estate();
        estate.file("shop/models/buyers.sql", "select id, email as buyer from shop.customers");
        estate.run();
        sources("{class: email}");

        assertThat(inherited(change(estate, "shop.buyers"))).isEmpty();
    }

    @Test
    void a_model_that_would_rebuild_identity_is_shown_as_failing_with_both_ways() {
        Estate estate = estate();
        estate.run();
        estate.file(
                "shop/models/mixed.sql",
                """
                select n.address, c.email
                from shop.newsletter n join shop.customers c using (id)
                """);

        assertThat(change(estate, "shop.mixed").problems())
                .singleElement()
                .asString()
                .startsWith(
                        """
                        Cannot build shop.mixed: it would show who is behind address, a pseudonym: email is the original of the same kind (email)
                          shop.newsletter.address -> shop.mixed.address
                          shop.customers.email -> shop.mixed.email
                          Leave one of them out, treat shop.customers.email in sources.yml like the other\
                        """);
    }

    @Test
    void before_the_first_run_declared_columns_are_followed() {
        Estate estate =
                estate().file(
                                "shop/models/buyers.sql",
                                "select email as buyer from shop.customers");

        assertThat(inherited(change(estate, "shop.buyers")))
                .containsExactly(
                        fact("buyer", Optional.empty(), "email, keep (from shop.customers.email)"));
    }

    @Test
    void a_source_that_will_hide_what_it_kept_refuses_what_stands_beside_it() {
        Estate estate =
                estate().file(
                                "shop/models/both.sql",
                                "select c.email, n.other from shop.customers c join (select id, address as other from shop.newsletter where false) n using (id)");
        assertThat(change(estate, "shop.both").problems()).hasSize(1);

        sources("{class: email, treat: pseudonym}");
        assertThat(change(estate, "shop.both").problems()).isEmpty();
    }

    @Test
    void keeping_what_nobody_declared_is_planned_loaded_again_and_reported_as_a_decision() {
        Estate estate =
                new Estate(folder)
                        .file(
                                "shop/sources.yml",
                                """
                                sources:
                                  - name: shop
                                    tables:
                                      - {name: people, load: {files: "people.csv"}}
                                """)
                        .file("people.csv", "id,email\n1,ada@example.org\n")
                        .file("shop/models/buyers.sql", "select email from shop.people");
        estate.run();
        estate.file("ade.yml", "name: estate\nprivacy: {undeclared: keep}\n");

        assertThat(change(estate, "shop.people").facts())
                .containsExactly(
                        new FactChange(
                                Topic.CONFIG, "undeclared", Optional.empty(), Optional.of("keep")));
        assertThat(inherited(change(estate, "shop.buyers")))
                .containsExactly(
                        fact(
                                "email",
                                Optional.of("email, pseudonym"),
                                "email, keep (from shop.people.email)"));

        estate.run();
        assertThat(estate.sql("select email from shop.buyers")).containsExactly("ada@example.org");
        try (Ade ade = estate.open()) {
            assertThat(ade.privacyReport().get(TableName.parse("shop.people")))
                    .filteredOn(it -> it.column().equals("email"))
                    .singleElement()
                    .satisfies(landed -> {
                        assertThat(landed.ground()).isEqualTo("kept");
                        assertThat(landed.evidence())
                                .startsWith("the project says undeclared: keep; ");
                    });
        }
    }
}
