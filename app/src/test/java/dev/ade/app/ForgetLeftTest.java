package dev.ade.app;

import static dev.ade.model.EnvironmentName.PROD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.model.EnvironmentName;
import dev.ade.model.TableName;
import dev.ade.run.forget.ForgetRequest;
import dev.ade.run.forget.ForgetRequest.Effect;
import dev.ade.run.forget.Forgotten;
import dev.ade.run.forget.Key;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What of somebody is left where no table tells of them.
class ForgetLeftTest {
    private final Lab lab;

    ForgetLeftTest(@TempDir Path folder) {
        this.lab = new Lab(folder, "2126-06-15T12:00:00Z");
        lab.file("landing/1.csv", "id,email,ts\n1,ann@x.org,2125-01-01 10:00:00\n");
        lab.file("landing/2.csv", "id,email,ts\n2,bob@x.org,2126-06-01 10:00:00\n");
    }

    private void source(String treatment) {
        lab.file(
                "shop/sources.yml",
                """
                sources:
                  - name: shop
                    tables:
                      - name: ev
                        event_time: ts
                        load: {files: "landing/*.csv"}
                        columns:
                          - {name: id, privacy: keep}
                          - {name: email, privacy: {class: email, treat: %s}}
                          - {name: ts, data_type: timestamp}
                """
                        .formatted(treatment));
    }

    private Forgotten forget() {
        return lab.with(ade ->
                ade.forget(
                        new ForgetRequest(
                                TableName.of("shop", "ev"),
                                List.of(Key.parse("email=ann@x.org")),
                                List.of(),
                                PROD,
                                Effect.FORGET,
                                "ade forget")));
    }

    @Test
    void files_of_a_model_that_never_was_published_go() throws IOException {
        source("keep");
        lab.file(
                "shop/models/d.sql",
                "{{ config(materialized='day', entity='email') }} select email, ts::date as day from shop.ev, range(2)");
        lab.run();
        assertThat(holding("ann@x.org")).anyMatch(file -> file.contains("/d-"));

        assertThat(forget().hits()).isNotEmpty();
        assertThat(holding("ann@x.org")).noneMatch(file -> file.contains("/d-"));
    }

    /// The columns of what is published follow from what the project said then.
    @Test
    void tables_of_another_definition_than_the_projects_are_searched() {
        source("pseudonym");
        String table = "{{ config(materialized='table') }} select ";
        lab.file("shop/models/m.sql", table + "id, email as who, [email] as mails from shop.ev");
        lab.file("shop/models/n.sql", table + "* exclude (mails) from shop.m");
        lab.run();
        lab.file("shop/models/m.sql", table + "id, 1 as one from shop.ev");

        assertThat(forget().hits())
                .extracting(hit -> hit.dataset() + " " + hit.column())
                .contains("shop.m who", "shop.m mails", "shop.n who");
        assertThat(lab.sql("select id from shop.m union all select id from shop.n"))
                .containsExactly("2", "2");
    }

    private List<String> holding(String text) throws IOException {
        try (Stream<Path> files = Files.walk(lab.root.resolve(".ade/lake"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> has(file, text))
                    .map(Path::toString)
                    .toList();
        }
    }

    private static boolean has(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException _) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "pseudonym", "keep"})
    void what_holds_the_key_inside_goes(String treatment) throws IOException {
        source(treatment);
        String table = "{{ config(materialized='%s') }} select ";
        lab.file(
                "shop/models/lists.sql",
                table.formatted("incremental") + "id, [email] as mails from shop.ev");
        lab.file(
                "shop/models/structs.sql",
                table.formatted("table") + "id, {'who': {'m': email}} as s from shop.ev");
        lab.file(
                "shop/models/copied.sql",
                table.formatted("table") + "id, s.who.m as m from shop.structs");
        String ann = "select email from shop.ev where id = 1";
        lab.run();
        String stored = lab.sql(PROD, ann).getFirst();
        assertThat(lab.sql(PROD, "select mails[1] from shop.lists order by id").getFirst())
                .isEqualTo(stored);

        forget();

        for (String name : List.of("lists", "structs", "copied")) {
            assertThat(lab.sql(PROD, "select id from shop." + name)).as(name).containsExactly("2");
        }
        assertThat(holding(stored)).isEmpty();
    }

    @Test
    void profiles_of_before_and_of_other_environments_go_that_quote_the_key_within_a_text() {
        source("pseudonym");
        String label =
                "{{ config(materialized='table') }} select email || '/%s' as label from shop.ev";
        EnvironmentName dev = new EnvironmentName("dev");
        lab.file("shop/models/labels.sql", label.formatted("a"));
        lab.run();
        lab.with(ade -> ade.environments().create(dev, Optional.empty()));
        String stored = lab.sql(PROD, "select email from shop.ev where id = 1").getFirst();
        lab.file("shop/models/labels.sql", label.formatted("b"));
        lab.run();
        String quoting =
                "select count(*) from ade.profiles where contains(ade.profiles::varchar, '%s')"
                        .formatted(stored);
        assertThat(lab.sql(PROD, quoting)).doesNotContain("0");

        forget();

        assertThat(lab.sql(PROD, quoting)).containsExactly("0");
        assertThat(lab.sql(dev, quoting)).containsExactly("0");
    }

    /// Expressions that give the key as it is, and what is made of them, also where nobody knows whence it is.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "case when id > 0 then email end",
                "coalesce(email, uuid())",
                "lag(email, 0) over (order by id)",
                "first_value(email) over (partition by id)"
            })
    void what_an_expression_gives_as_it_is_goes(String expression) {
        source("pseudonym");
        String table = "{{ config(materialized='table') }} select ";
        lab.file(
                "shop/models/computed.sql", table + "%s as who from shop.ev".formatted(expression));
        lab.file("shop/models/copied.sql", table + "who from shop.computed");
        lab.file(
                "shop/models/latest.sql",
                table + "arg_max(email, id) as who from shop.ev group by ts");
        lab.file(
                "shop/models/hidden.sql",
                "{{ config(materialized='table', pre_hook='create macro same(x) as x') }} select same(id) as id, email as who from shop.ev");
        lab.file("shop/models/beyond.sql", table + "who from shop.hidden");
        lab.run();
        String held =
                """
                select count(*) from (from shop.computed union all by name from shop.copied union all by name
                    from shop.latest union all by name select who from shop.hidden union all by name from shop.beyond)
                where who::varchar = '%s'\
                """
                        .formatted(
                                lab.sql(PROD, "select email from shop.ev where id = 1").getFirst());
        assertThat(lab.sql(PROD, held)).containsExactly("5");

        forget();

        assertThat(lab.sql(PROD, held)).containsExactly("0");
    }

    @Test
    void what_a_column_may_hold_among_others_is_said() {
        source("token");
        lab.file(
                "shop/models/months.sql",
                "{{ config(materialized='table') }} select year(ts) as y, list(email) as mails, count(*) as n from shop.ev group by 1");
        lab.run();

        assertThat(forget().untouched())
                .containsEntry(
                        TableName.of("shop", "months"),
                        "mails may hold the key among others: ade run -s shop.months --full-refresh makes it again without it");
    }

    @Test
    void what_is_made_of_such_a_column_is_said_too_and_logs_lose_it() {
        source("keep");
        String table = "{{ config(materialized='table') }} select ";
        lab.file("shop/models/labels.sql", table + "email || '/a' as label from shop.ev");
        lab.file("shop/models/copies.sql", table + "label as text from shop.labels");
        lab.file(
                "shop/models/neighbours.sql",
                table + "email, list(email) over () as beside from shop.ev");
        lab.file(
                "shop/snapshots/seen.yml",
                """
                snapshots:
                  - name: seen
                    relation: ref('copies')
                    config: {unique_key: text, strategy: check, check_cols: all}
                """);
        lab.run();

        Map<TableName, String> untouched = forget().untouched();

        String remake =
                "%s may hold the key among others: ade run -s %s --full-refresh makes it again without it";
        assertThat(untouched)
                .containsEntry(
                        TableName.of("shop", "labels"), remake.formatted("label", "shop.labels"))
                .containsEntry(
                        TableName.of("shop", "copies"), remake.formatted("text", "shop.copies"))
                .containsEntry(
                        TableName.of("shop", "neighbours"),
                        remake.formatted("beside", "shop.neighbours"))
                .hasEntrySatisfying(
                        TableName.of("shop", "seen"),
                        said -> assertThat(said).contains("ade drop shop.seen"));
        assertThat(
                        lab.sql(
                                PROD,
                                "select count(*) from ade.profiles where contains(ade.profiles::varchar, 'ann@x')"))
                .containsExactly("0");
    }
}
