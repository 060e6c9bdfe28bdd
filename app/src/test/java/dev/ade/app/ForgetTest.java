package dev.ade.app;

import static dev.ade.app.ForgetLab.DEV;
import static dev.ade.model.EnvironmentName.PROD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.TableName;
import dev.ade.run.forget.ForgetRequest;
import dev.ade.run.forget.ForgetRequest.Effect;
import dev.ade.run.forget.Forgotten;
import dev.ade.run.forget.Key;
import dev.ade.run.lineage.ColumnId;
import dev.ade.spi.Draft;
import dev.ade.spi.Lake;
import dev.ade.spi.Suppression;
import dev.ade.store.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Forgetting people, with a real lake, engine and keyring.
class ForgetTest {
    /// Every write has its turn in some build: the whole takes too long for each.
    private static final int STRIDE = 34;

    private static final String COUNTS =
            """
            select (select count(*) from shop.customers), (select count(*) from shop.orders),
              (select count(*) from shop.customer_d), (select count(*) from shop.order_f),
              (select count(*) from shop.contact), (select count(*) from shop.customer_s),
              (select count(*) from shop.big)\
            """;

    @Test
    void nothing_of_a_person_is_left_in_any_environment_or_file(@TempDir Path folder) {
        ForgetLab lab = new ForgetLab(folder).withHistoryAndTwoEnvironments();
        List<String> bob = lab.traces(7002);
        List<String> others = lab.traces(7001);
        assertThat(lab.sql(PROD, COUNTS)).containsExactly("3|4|4|4|3|4|3");
        assertThat(lab.sql(DEV, COUNTS)).containsExactly("3|4|3|4|3|3|3");
        assertThat(lab.filesWith(bob)).hasSizeGreaterThan(8);

        Forgotten forgotten = lab.forget("customer_id=42");

        assertThat(forgotten.hits())
                .extracting(hit -> hit.environment() + " " + hit.dataset() + " " + hit.rows())
                .contains(
                        "prod shop.customers 1",
                        "prod shop.customer_d 2",
                        "prod shop.customer_s 2",
                        "prod shop.order_f 2",
                        "prod shop.orders 2",
                        "prod shop.contact 1",
                        "dev shop.customer_d 1",
                        "dev shop.order_f 2");
        assertThat(lab.sql(PROD, COUNTS)).containsExactly("2|2|2|2|2|2|1");
        assertThat(lab.sql(DEV, COUNTS)).containsExactly("2|2|2|2|2|2|1");
        assertThat(lab.filesWith(bob)).isEmpty();
        assertThat(lab.filesWith(others)).isNotEmpty();
        assertThat(forgotten.untouched())
                .containsEntry(TableName.of("shop", "revenue"), "aggregates");
        assertThat(forgotten.removal().orElseThrow().rowsLeft()).isZero();
    }

    @Test
    void runs_have_nothing_to_do_afterwards_and_aggregates_stay(@TempDir Path folder) {
        ForgetLab lab = new ForgetLab(folder).withHistoryAndTwoEnvironments();

        lab.forget("customer_id=42");

        assertThat(lab.run(PROD).state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
        assertThat(lab.sql(PROD, "select revenue from shop.revenue")).containsExactly("10");
        assertThat(lab.forget("customer_id=42").isNobody()).isTrue();
    }

    @Test
    void a_load_to_come_keeps_them_out(@TempDir Path folder) {
        ForgetLab lab = new ForgetLab(folder).withHistoryAndTwoEnvironments();
        List<String> bob = lab.traces(7002);
        lab.forget("customer_id=42");

        lab.file(
                "landing/customers-3.csv",
                "customer_id,email,phone,number,city\n42,bob@example.org,0041792,7002,Bern\n44,dan@example.org,0041794,7004,Nice\n");
        lab.file(
                "landing/orders-1.csv",
                """
                order_id,customer_id,ordered_at,amount
                1,41,2026-01-01 10:00:00,1
                2,42,2026-01-01 11:00:00,2
                3,42,2026-01-02 10:00:00,3
                4,43,2026-01-02 11:00:00,5
                """);

        assertThat(lab.run(PROD).state()).isEqualTo(Lake.RunState.PUBLISHED);
        assertThat(lab.sql(PROD, COUNTS)).containsExactly("3|2|3|2|3|3|1");
        assertThat(lab.sql(PROD, "select revenue from shop.revenue")).containsExactly("6");
        assertThat(lab.filesWith(bob)).isEmpty();
        assertThat(
                        lab.sql(
                                PROD,
                                "select dataset, source, line, column_name, value_class, reason from ade.rejected order by all"))
                .containsExactly(
                        "shop.customers|landing/customers-3.csv|2|customer_id|a positive number|the person was forgotten",
                        "shop.orders|landing/orders-1.csv|3|customer_id|a positive number|the person was forgotten",
                        "shop.orders|landing/orders-1.csv|4|customer_id|a positive number|the person was forgotten");
    }

    @Test
    void a_source_that_is_declared_later_keeps_them_out(@TempDir Path folder) throws IOException {
        ForgetLab lab = new ForgetLab(folder).withHistoryAndTwoEnvironments();
        lab.forget("customer_id=42", "email=bob@example.org");
        String later =
                """
                      - name: clients
                        load: {files: "landing/customers-*.csv", mode: merge, key: customer_id}
                        columns:
                          - {name: customer_id, privacy: pseudonym}
                          - {name: phone, privacy: {treat: mask, keep_first: 2}}
                          - {name: number, privacy: keep}
                      - name: letters
                        load: {files: "landing/letters.csv"}
                        columns:
                          - {name: reader, privacy: {class: email, treat: token}}
                          - {name: writer, privacy: {class: email, treat: token, realm: others}}
                """;
        Path sources = folder.resolve("shop/sources.yml");
        lab.file("shop/sources.yml", Files.readString(sources) + later);
        lab.file(
                "landing/letters.csv",
                "reader,writer\nbob@example.org,x@example.org\ny@example.org,bob@example.org\n");

        assertThat(lab.run(PROD).state()).isEqualTo(Lake.RunState.PUBLISHED);

        assertThat(lab.sql(PROD, "select number from shop.clients order by 1"))
                .containsExactly("7001", "7003");
        assertThat(lab.sql(PROD, "select count(*) from shop.letters")).containsExactly("1");
    }

    @Test
    void a_load_keeps_them_out_under_another_name_of_the_column(@TempDir Path folder)
            throws IOException {
        ForgetLab lab = new ForgetLab(folder).withHistoryAndTwoEnvironments();
        lab.forget("customer_id=42");
        Path sources = folder.resolve("shop/sources.yml");
        String renamed =
                Files.readString(sources)
                        .replace(
                                "{name: customer_id, data_type: varchar,",
                                "{name: buyer_id, aliases: [customer_id], data_type: varchar,");
        lab.file("shop/sources.yml", renamed);
        lab.file(
                "shop/models/order_f.sql",
                "{{ config(materialized='fact', event_time='ordered_at', grain='day') }} select order_id,"
                        + " {{ surrogate_key('buyer_id') }} as customer_key, ordered_at, amount from shop.orders");
        lab.file(
                "landing/orders-2.csv",
                "order_id,buyer_id,ordered_at,amount\n5,42,2026-01-03 10:00:00,5\n6,41,2026-01-03 10:00:00,6\n");

        assertThat(lab.run(PROD).state()).isEqualTo(Lake.RunState.PUBLISHED);

        assertThat(lab.sql(PROD, "select order_id from shop.orders order by 1"))
                .containsExactly("1", "4", "6");
        try (Wiring wiring = lab.wiring(PROD)) {
            assertThat(wiring.lake().suppressions(TableName.of("shop", "orders")))
                    .extracting(Suppression::column)
                    .contains("buyer_id");
        }
    }

    @ParameterizedTest
    @CsvSource({"shop.customers,customer_id", "shop.orders,buyer_id"})
    void a_column_that_got_another_name_is_found_in_the_files_of_before(
            String source, String column, @TempDir Path folder) throws IOException {
        ForgetLab lab = new ForgetLab(folder).withHistoryAndTwoEnvironments();
        List<String> bob = lab.traces(7002);
        Path sources = folder.resolve("shop/sources.yml");
        lab.file(
                "shop/sources.yml",
                Files.readString(sources)
                        .replace(
                                "{name: customer_id, data_type: varchar,",
                                "{name: buyer_id, aliases: [customer_id], data_type: varchar,"));
        lab.file(
                "shop/models/order_f.sql",
                "{{ config(materialized='fact', event_time='ordered_at', grain='day') }} select order_id,"
                        + " {{ surrogate_key('buyer_id') }} as customer_key, ordered_at, amount from shop.orders");
        assertThat(lab.run(PROD).state()).isEqualTo(Lake.RunState.PUBLISHED);
        assertThat(lab.sql(PROD, "select order_id from shop.orders order by 1"))
                .containsExactly("1", "2", "3", "4");

        Forgotten done =
                lab.forget(
                        Faults.NONE,
                        new ForgetRequest(
                                TableName.parse(source),
                                List.of(new Key(column, "42")),
                                List.of(),
                                PROD,
                                Effect.FORGET,
                                "ade forget"));

        assertThat(lab.sql(PROD, "select order_id from shop.orders order by 1"))
                .containsExactly("1", "4");
        assertThat(done.removal().orElseThrow().rowsLeft()).isZero();
        assertThat(lab.filesWith(bob)).isEmpty();
    }

    @Test
    void a_dry_run_says_where_they_are_and_changes_nothing(@TempDir Path folder)
            throws IOException {
        ForgetLab lab = new ForgetLab(folder).withHistoryAndTwoEnvironments();
        List<String> bob = lab.traces(7002);
        List<String> before = lab.filesWith(bob);

        Forgotten reach = lab.forget(Effect.DRY_RUN, "customer_id=42");

        assertThat(reach.removal()).isEmpty();
        assertThat(reach.hits())
                .filteredOn(hit ->
                        hit.column().isEmpty() && !hit.dataset().toString().startsWith("ade."))
                .extracting(hit -> hit.rows())
                .hasSize(12)
                .containsOnly(1L, 2L);
        assertThat(lab.filesWith(bob)).isEqualTo(before);
        assertThat(lab.sql(PROD, COUNTS)).containsExactly("3|4|4|4|3|4|3");
        assertThat(Files.exists(folder.resolve(".ade/certificates"))).isFalse();
    }

    /// Rows that a tap chokes on, or that a load is killed with, never came in.
    @Test
    void what_taps_said_and_killed_loads_left_goes_whoever_is_forgotten(@TempDir Path folder)
            throws IOException {
        ForgetLab lab = new ForgetLab(folder).withHistoryAndTwoEnvironments();
        Path said = folder.resolve(".ade/taps/shop.log.txt");
        Files.createDirectories(said.resolve("..").normalize());
        Files.writeString(said, "cannot read {id: 42, mail: bob@example.org}\n");
        Path killed = Files.createDirectories(folder.resolve(".ade/spill/stages/killed"));
        Files.writeString(killed.resolve("lock"), "");
        Files.writeString(killed.resolve("0.csv"), "42,bob@example.org\n");

        Forgotten forgotten = lab.forget("customer_id=42");

        assertThat(said).doesNotExist();
        assertThat(killed).doesNotExist();
        assertThat(forgotten.removal().orElseThrow().file())
                .content()
                .contains("\"tap_logs_removed\":1");
        Files.writeString(said, "cannot read {id: 4711}\n");
        assertThat(lab.forget("customer_id=4711").isNobody()).isTrue();
        assertThat(said).doesNotExist();
    }

    @Test
    void a_certificate_says_what_was_removed_and_names_nobody(@TempDir Path folder)
            throws IOException {
        ForgetLab lab = new ForgetLab(folder).withHistoryAndTwoEnvironments();
        List<String> bob = lab.traces(7002);

        Forgotten forgotten = lab.forget("customer_id=42");

        String text = Files.readString(forgotten.removal().orElseThrow().file());
        assertThat(text)
                .contains("\"certificate\":\"" + forgotten.id())
                .contains("\"rows_left\":0")
                .contains("\"dataset\":\"shop.order_f\"")
                .doesNotContain(bob)
                .doesNotContain("\"42\"");
        assertThat(
                        lab.sql(
                                PROD,
                                "select source, key_column, rows_removed, rows_left from ade.forgotten where dataset is null"))
                .containsExactly("shop.customers|customer_id|%d|0".formatted(forgotten.rows()));
    }

    @Test
    void tokens_of_every_version_of_the_keys_are_found(@TempDir Path folder) {
        ForgetLab lab = new ForgetLab(folder);
        lab.run(PROD);
        try (Ade ade = lab.open(PROD)) {
            ade.rotateKeys();
        }

        Forgotten forgotten = lab.forget("email=bob@example.org");

        assertThat(forgotten.hits())
                .extracting(hit -> hit.dataset() + " " + hit.column() + " " + hit.rows())
                .filteredOn(hit -> hit.startsWith("shop."))
                .containsExactlyInAnyOrder(
                        "shop.customers email 1",
                        "shop.customers  1",
                        "shop.contact address 1",
                        "shop.contact  1");
    }

    @Test
    void an_environment_that_keeps_what_is_hidden_elsewhere_is_searched_alike(@TempDir Path folder)
            throws IOException {
        ForgetLab lab = new ForgetLab(folder).withHistoryAndTwoEnvironments();
        Path sources = folder.resolve("shop/sources.yml");
        String hidden = Files.readString(sources);
        lab.file("shop/sources.yml", hidden.replace("privacy: pseudonym", "privacy: keep"));
        assertThat(lab.run(ForgetLab.DEV).published()).isNotEmpty();
        assertThat(lab.sql(ForgetLab.DEV, "select customer_id from shop.orders order by 1"))
                .containsExactly("41", "42", "42", "43");
        lab.file("shop/sources.yml", hidden);

        lab.forget("customer_id=42");

        assertThat(lab.sql(ForgetLab.DEV, "select customer_id from shop.orders order by 1"))
                .containsExactly("41", "43");
        assertThat(lab.sql(PROD, "select count(*) from shop.orders")).containsExactly("2");
    }

    @Test
    void an_environment_of_another_realm_is_searched_alike(@TempDir Path folder)
            throws IOException {
        ForgetLab lab = new ForgetLab(folder).withHistoryAndTwoEnvironments();
        Path sources = folder.resolve("shop/sources.yml");
        String own = Files.readString(sources);
        lab.file(
                "shop/sources.yml",
                own.replace("privacy: pseudonym", "privacy: {treat: pseudonym, realm: other}")
                        .replace("treat: token", "treat: token, realm: other"));
        assertThat(lab.run(ForgetLab.DEV).published()).isNotEmpty();
        lab.file("shop/sources.yml", own);

        lab.forget("customer_id=42");

        assertThat(lab.sql(ForgetLab.DEV, "select city from shop.customers order by 1"))
                .containsExactly("Lima", "Rome");
        assertThat(lab.sql(ForgetLab.DEV, "select order_id from shop.orders order by 1"))
                .containsExactly("1", "4");
    }

    @Test
    void a_kept_column_is_compared_as_it_is(@TempDir Path folder) {
        ForgetLab lab = new ForgetLab(folder);
        lab.run(PROD);

        lab.forget("number=7002", "number=7003");

        assertThat(lab.sql(PROD, "select number from shop.customers")).containsExactly("7001");
        assertThatThrownBy(() -> lab.forget("number=seven"))
                .isInstanceOf(AdeException.class)
                .hasMessageContaining(
                        "Cannot forget by column 'number' of shop.customers: the value given is not bigint")
                .hasMessageNotContaining("seven");
    }

    @Test
    void another_column_that_holds_the_same_key_can_be_named(@TempDir Path folder) {
        ForgetLab lab = new ForgetLab(folder);
        lab.run(PROD);
        ForgetRequest request =
                new ForgetRequest(
                        ForgetLab.CUSTOMERS,
                        List.of(new Key("number", "3")),
                        List.of(new ColumnId(TableName.of("shop", "orders"), "order_id")),
                        PROD,
                        Effect.FORGET,
                        "test");

        lab.forget(Faults.NONE, request);

        assertThat(lab.sql(PROD, "select order_id from shop.order_f order by 1"))
                .containsExactly("1", "2", "4");
    }

    @Test
    void a_column_that_hides_who_is_who_is_refused(@TempDir Path folder) {
        ForgetLab lab = new ForgetLab(folder);
        lab.run(PROD);

        assertThatThrownBy(() -> lab.forget("phone=0041792"))
                .isInstanceOf(AdeException.class)
                .hasMessageContaining(
                        "Cannot forget by column 'phone' of shop.customers: it is treated by mask");
        assertThatThrownBy(() -> lab.forget("shoe_size=9"))
                .hasMessageContaining("shop.customers has no such column");
    }

    @Test
    void nobody_is_forgotten_while_a_run_is_going_on(@TempDir Path folder) {
        ForgetLab lab = new ForgetLab(folder);
        lab.run(PROD);
        Lake.RunStart start = new Lake.RunStart(lab.clock().instant(), "test", "me");
        try (Wiring wiring = lab.wiring(PROD);
                Draft _ = wiring.lake().begin(PROD, start)) {
            assertThatThrownBy(() -> lab.forget("customer_id=42"))
                    .isInstanceOf(AdeException.class)
                    .hasMessageContaining("run 2 of environment prod is going on");
        }
        assertThat(lab.sql(PROD, COUNTS)).containsExactly("3|4|3|4|3|3|3");
    }

    @Test
    void stopped_at_any_write_it_goes_on_when_it_is_asked_again(@TempDir Path folder) {
        ForgetRequest request = ForgetLab.request(Effect.FORGET, "customer_id=42");
        ForgetLab lab = new ForgetLab(folder.resolve("shop")).withHistoryAndTwoEnvironments();
        List<String> bob = lab.traces(7002);
        Kept before = Kept.of(lab.root);
        long seed = System.nanoTime();
        for (int crash = 1 + new Random(seed).nextInt(STRIDE); ; crash += STRIDE) {
            before.back();
            boolean isCrashed = Crash.stops(crash, faults -> lab.forget(faults, request));

            lab.forget("customer_id=42");

            assertThat(lab.filesWith(bob))
                    .as("after a crash at write %d, seed %d", crash, seed)
                    .isEmpty();
            assertThat(lab.sql(PROD, COUNTS)).containsExactly("2|2|2|2|2|2|1");
            assertThat(lab.sql(DEV, COUNTS)).containsExactly("2|2|2|2|2|2|1");
            assertThat(lab.run(PROD).state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
            if (!isCrashed) {
                assertThat(crash).isGreaterThan(30);
                return;
            }
        }
    }
}
