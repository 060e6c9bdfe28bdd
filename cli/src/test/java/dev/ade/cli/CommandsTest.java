package dev.ade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every command against the project that `ade init` makes, once it has run.
class CommandsTest {
    @TempDir private static Path folder = Path.of("");

    private static String project = "";

    @BeforeAll
    static void run_the_project_that_init_makes() throws IOException {
        project = folder.resolve("shop").toString();
        assertThat(TestShell.closed().run("init", project)).isZero();
        TestShell shell = new TestShell(Ade::open);

        assertThat(shell.run("run", "-p", project, "--var", "secret=hunter2"))
                .as(shell.out() + shell.err())
                .isZero();

        assertThat(shell.out())
                .startsWith("6 steps to do (2 load, 4 build)\n")
                .contains("✓  shop.order_f        fact")
                .contains("Run 1 published 6 datasets, wrote ");
    }

    private static TestShell succeeds(String... arguments) {
        TestShell shell = new TestShell(Ade::open);
        assertThat(shell.run(arguments)).as(shell.err()).isZero();
        return shell;
    }

    private static String out(String... arguments) {
        return succeeds(arguments).out();
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", " ");
    }

    @Test
    void running_again_finds_nothing_to_do() {
        assertThat(out("run", "-p", project))
                .startsWith("Nothing to do: everything is published under its version. (");
        assertThat(squeezed(out("run", "-p", project, "--json")))
                .startsWith("{ \"run_id\" : null, \"state\" : \"nothing_to_do\"");
    }

    @Test
    void looks_at_sources_the_lake_and_the_machine_are_for_programs_too() {
        assertThat(
                        squeezed(
                                out(
                                        "source",
                                        "inspect",
                                        "-p",
                                        project,
                                        "landing/customers*.csv",
                                        "--json")))
                .startsWith("{ \"rows_sampled\" : ")
                .contains("\"name\" : \"email\", \"type\" : \"varchar\", \"null_share\" : 0.0")
                .contains("\"class\" : \"email\", \"treatment\" : \"pseudonym\"")
                .contains("\"yaml\" : \"sources:\\n");
        assertThat(squeezed(out("maintain", "-p", project, "--dry-run", "--json")))
                .startsWith("{ \"dry_run\" : true, \"snapshots_expired\" : 0");
        assertThat(squeezed(out("doctor", "-p", project, "--json")))
                .contains("{ \"name\" : \"engine\", \"level\" : \"ok\", \"text\" : ");
    }

    @Test
    void drops_what_the_project_has_no_more_when_it_is_told_so(@TempDir Path other)
            throws IOException {
        Path model = Files.createDirectories(other.resolve("shop/models")).resolve("m.sql");
        Files.writeString(model, "{{ config(materialized='table') }} select 1 as a");
        TestShell shell = new TestShell(Ade::open);
        assertThat(shell.run("run", "-p", other.toString())).as(shell.err()).isZero();
        assertThat(shell.run("drop", "shop.m", "--yes", "-p", other.toString())).isEqualTo(2);
        assertThat(shell.err())
                .contains("Cannot drop shop.m: the project has it (shop/models/m.sql)");
        Files.delete(model);
        assertThat(succeeds("plan", "-p", other.toString()).out())
                .contains("it stays as it is until: ade drop shop.m");

        assertThat(out("drop", "shop.m", "--dry-run", "-p", other.toString()))
                .contains("  shop.m: 1 row, ")
                .contains("nothing has changed");
        assertThat(new TestShell(Ade::open).run("drop", "shop.m", "-p", other.toString()))
                .as("nobody is asked")
                .isEqualTo(2);
        assertThat(out("drop", "shop.m", "--yes", "-p", other.toString()))
                .contains("Dropped 1 dataset.");
        assertThat(out("plan", "-p", other.toString())).doesNotContain("ade drop");
    }

    @Test
    void a_retention_that_names_no_time_ends_with_a_failure(@TempDir Path other)
            throws IOException {
        Path models = Files.createDirectories(other.resolve("shop/models"));
        Files.writeString(
                models.resolve("m.sql"),
                "{{ config(materialized='table', retention={'keep': '1 year', 'by': 'nope'}) }} select 1 as a");
        TestShell shell = new TestShell(Ade::open);
        assertThat(shell.run("run", "-p", other.toString())).as(shell.err()).isZero();

        assertThat(shell.run("retention", "--dry-run", "-p", other.toString())).isEqualTo(2);
        assertThat(shell.err())
                .contains(
                        "'nope' is no date or timestamp of it (shop/models/m.sql)\n  Name one: {by: …}");
        assertThat(shell.out()).contains("Nothing is older than its dataset keeps.");
    }

    @Test
    void a_retention_of_originals_alone_says_that_none_is_old(@TempDir Path other)
            throws IOException {
        Files.writeString(
                Files.createDirectories(other.resolve("shop")).resolve("sources.yml"),
                """
                sources:
                  - name: shop
                    tables:
                      - {name: orders, load: {files: "*.csv"}, vault: {keep: 7 years}}
                """);

        assertThat(out("retention", "-p", other.toString()))
                .isEqualTo("No original is older than the vault keeps it.\n");
    }

    @Test
    void a_plan_with_nothing_to_do_says_what_is_current() {
        assertThat(out("plan", "-p", project))
                .isEqualTo("Nothing to do: 6 datasets are current.\n");
        assertThat(out("plan", "-p", project, "--all"))
                .contains("shop.order_f", "published by run 1");
        assertThat(out("plan", "-p", project, "-f", "revenue_r"))
                .contains("shop.revenue_r  table  build all of it");
    }

    @Test
    void sql_answers_in_every_format() throws IOException {
        String query = "select city, revenue from shop.revenue_r where city < 'M' order by city";

        assertThat(out("sql", "-p", project, query))
                .isEqualTo(
                        """
                        city    revenue
                        ──────  ───────
                        Lima     111.90
                        London    25.00
                        (2 rows)
                        """);
        assertThat(out("sql", "-p", project, "--format", "csv", query))
                .isEqualTo("city,revenue\nLima,111.90\nLondon,25.00\n");
        assertThat(out("sql", "-p", project, "--format", "ndjson", query))
                .isEqualTo(
                        "{\"city\":\"Lima\",\"revenue\":111.90}\n{\"city\":\"London\",\"revenue\":25.00}\n");
        for (String file :
                new String[] {"a.parquet", "a.csv", "a.json", "a.ndjson", "a.md", "a.txt"}) {
            Path target = folder.resolve(file);
            TestShell shell = succeeds("sql", "-p", project, query, "-o", target.toString());
            assertThat(shell.err()).isEqualTo("2 rows written to %s\n".formatted(target));
            assertThat(Files.size(target)).isPositive();
        }
        assertThat(folder.resolve("a.csv")).hasContent("city,revenue\nLima,111.90\nLondon,25.00\n");
    }

    @Test
    void sql_comes_from_a_pipe_or_a_file() throws IOException {
        TestShell pipe = new TestShell(Ade::open, "select 1 as a; select 2 as b;\n", Map.of());
        assertThat(pipe.run("sql", "-p", project, "--format", "csv")).isZero();
        assertThat(pipe.out()).isEqualTo("a\n1\nb\n2\n");

        Path file = Files.writeString(folder.resolve("q.sql"), "select 3 as c");
        assertThat(out("sql", "-p", project, "--format", "csv", "-f", file.toString()))
                .isEqualTo("c\n3\n");
    }

    @Test
    void sql_refuses_what_it_cannot_do() {
        TestShell shell = new TestShell(Ade::open);

        assertThat(shell.run("sql", "-p", project, "select nope")).isEqualTo(2);
        assertThat(shell.err()).startsWith("error: Cannot run the query: ").contains("nope");
        assertThat(shell.run("sql", "-p", project, "drop table shop.orders")).isEqualTo(2);
        assertThat(shell.err())
                .contains("error: Cannot run 'drop table shop.orders': it is no query");
        assertThat(shell.run("sql", "-p", project, "--format", "parquet", "select 1")).isEqualTo(2);
        assertThat(shell.run("sql", "-p", project, "--at", "x", "--run", "1", "select 1"))
                .isEqualTo(2);
        assertThat(shell.run("sql", "-p", project, " -- nothing")).isEqualTo(2);
    }

    @Test
    void variables_are_not_in_the_record() {
        assertThat(out("sql", "-p", project, "--format", "csv", "select command from ade.runs"))
                .contains("--var secret=…")
                .doesNotContain("hunter2");
    }

    @Test
    void status_lists_datasets_and_runs() {
        assertThat(out("status", "-p", project))
                .containsPattern("shop\\.order_f +fact +6 ")
                .containsPattern("1  published  ");
        assertThat(squeezed(out("status", "-p", project, "--json")))
                .contains(
                        "\"name\" : \"shop.order_f\", \"kind\" : \"fact\", \"rows\" : 6,",
                        "\"not_published\" : [ ]",
                        "\"run_id\" : 1, \"state\" : \"published\"");
    }

    @Test
    void profile_shows_columns() {
        assertThat(out("profile", "-p", project, "shop.orders"))
                .startsWith("shop.orders, 6 rows\n")
                .containsPattern("status +varchar +2 +paid +refunded")
                .contains("status       paid (5), refunded (1)");
        assertThat(squeezed(out("profile", "-p", project, "shop.orders", "--json")))
                .contains(
                        "\"name\" : \"amount\", \"type\" : \"DECIMAL(10,2)\", \"values\" : 6, \"nulls\" : 0");

        TestShell shell = new TestShell(Ade::open);
        assertThat(shell.run("profile", "-p", project, "shop.nope")).isEqualTo(2);
        assertThat(shell.err())
                .contains("Cannot show the profile of shop.nope: it is not published");
    }

    @Test
    void check_says_what_holds() {
        assertThat(out("check", "-p", project))
                .containsPattern("✓  shop\\.revenue_r +unique_revenue_r_city")
                .contains("11 checks: 11 passed.");
        assertThat(out("check", "-p", project, "order_f")).contains("3 checks: 3 passed.");
    }

    @Test
    void the_privacy_report_says_what_became_of_each_column() {
        assertThat(out("privacy", "report", "-p", project))
                .containsPattern("shop\\.customers +email +email +pseudonym +declared")
                .contains("5 columns declared personal, 0 detected.");
        assertThat(out("privacy", "report", "-p", project, "--personal"))
                .doesNotContain("ordered_at");
        assertThat(squeezed(out("privacy", "report", "-p", project, "--json")))
                .contains(
                        "\"column\" : \"card_number\", \"class\" : \"card\", \"treatment\" : \"drop\"");
    }

    @Test
    void maintain_and_doctor_say_what_they_found() {
        assertThat(out("maintain", "-p", project, "--dry-run")).contains("this was a dry run");
        assertThat(out("doctor", "-p", project))
                .contains("✓ engine", "2 sources, 4 models, 11 checks");
    }

    @Test
    void a_source_is_inspected_added_and_not_added_twice(@TempDir Path other) throws IOException {
        String root = other.toString();
        Files.writeString(other.resolve("ade.yml"), "name: crm\n");
        Files.createDirectory(other.resolve("landing"));
        Files.writeString(
                other.resolve("landing/people-1.csv"),
                "id,email,born\n1,ada@example.org,1985-12-10\n2,bob@example.com,1992-04-23\n");

        assertThat(out("source", "inspect", "-p", root, "landing/people-*.csv"))
                .contains("email", "raw", "- name: people", "ade source add DOMAIN.NAME");
        String asked =
                out(
                        "source",
                        "inspect",
                        "-p",
                        root,
                        "landing/people-*.csv",
                        "--name",
                        "crm.people",
                        "-O",
                        "nullstr=it's none");
        assertThat(asked)
                .contains(
                        "ade source add crm.people 'landing/people-*.csv' -O 'nullstr=it'\\''s none'");
        String added = out("source", "add", "-p", root, "crm.people", "landing/people-*.csv");
        assertThat(added)
                .contains("- name: people", "Written to " + other.resolve("crm/sources.yml"));

        TestShell again = new TestShell(Ade::open);
        assertThat(again.run("source", "add", "-p", root, "crm.people", "landing/people-*.csv"))
                .isEqualTo(2);
        assertThat(again.err())
                .startsWith("error: Cannot add crm.people: crm/sources.yml")
                .contains("declares it already");
        assertThat(out("run", "-p", root)).contains("Run 1 published 1 dataset");
        Files.writeString(
                other.resolve("landing/people-2.csv"),
                "id,email,born,contact\n3,cyd@example.org,1978-07-02,cyd@example.net\n");
        assertThat(out("run", "-p", root))
                .contains("contact looks personal (", "nobody declared it: pseudonym");
    }

    @Test
    void a_file_of_keys_that_is_not_there_is_said_to_be_so(@TempDir Path other) {
        String file = other.resolve("none.csv").toString();
        TestShell shell = new TestShell(Ade::open);

        assertThat(shell.run("forget", "-p", other.toString(), "shop.customers", "--keys", file))
                .isEqualTo(2);
        assertThat(shell.err()).contains("Cannot read keys from " + file + ": it is not there");
    }

    @Test
    void a_replay_counts_what_was_open(@TempDir Path other) throws IOException {
        Files.createDirectories(other.resolve("in"));
        Files.createDirectories(other.resolve("shop"));
        Files.writeString(other.resolve("in/1.csv"), "id,qty\n1,10\n2,x\n");
        Files.writeString(
                other.resolve("shop/sources.yml"),
                """
                sources:
                  - name: shop
                    tables:
                      - name: orders
                        load: {files: "in/*.csv", reject_limit: 50%}
                        columns: [{name: qty, data_type: integer}]
                """);
        out("run", "-p", other.toString());

        assertThat(out("rejected", "replay", "-p", other.toString(), "shop.orders"))
                .endsWith("1 rejected value was open, 1 now.\n");
    }

    @Test
    void rejected_rows_are_taken_out_to_be_corrected(@TempDir Path other) throws IOException {
        Files.createDirectories(other.resolve("in"));
        Files.createDirectories(other.resolve("shop"));
        Files.writeString(other.resolve("in/1.csv"), "id,qty\n1,10\n2,x\n");
        Files.writeString(
                other.resolve("shop/sources.yml"),
                """
                sources:
                  - name: shop
                    tables:
                      - name: orders
                        load: {files: "in/*.csv", reject_limit: 50%}
                        columns: [{name: qty, data_type: integer}]
                """);
        String root = other.toString();
        String fix = other.resolve("fix.csv").toString();
        assertThat(
                        out(
                                "rejected",
                                "export",
                                "-p",
                                root,
                                "shop.orders",
                                "--to",
                                fix,
                                "--reason",
                                "r"))
                .isEqualTo("No rejected row of shop.orders is open.\n");
        out("run", "-p", root);

        assertThat(
                        out(
                                "rejected",
                                "export",
                                "-p",
                                root,
                                "shop.orders",
                                "--to",
                                fix,
                                "--reason",
                                "r"))
                .isEqualTo(
                        "1 rejected row of 1 file of shop.orders in %s. ade.vault_reads says that you read them.\n"
                                .formatted(fix));
        assertThat(Path.of(fix)).content().contains("qty: not an integer,2,x\n");
        Files.writeString(Path.of(fix), Files.readString(Path.of(fix)).replace(",2,x", ",2,20"));
        assertThat(out("rejected", "replay", "-p", root, "shop.orders", "--with", fix))
                .contains("1 row of in/1.csv read as corrected")
                .endsWith("1 rejected value was open, none now.\n");
        TestShell shell = new TestShell(Ade::open);
        assertThat(shell.run("rejected", "replay", "-p", root, "shop.orders", "--with", fix))
                .isEqualTo(2);
        assertThat(shell.err()).contains("they are as they stand in their files");
        assertThat(shell.run("rejected", "export", "-p", root, "shop.orders", "--to", fix))
                .isEqualTo(2);
        assertThat(shell.err()).contains("--reason");
        assertThat(out("rejected", "corrections", "-p", root))
                .contains("shop.orders  in/1.csv     1  3 ")
                .contains(System.getProperty("user.name") + "  applies");
        String[] withdraw = {"rejected", "withdraw", "-p", root, "shop.orders", "--reason", "r"};
        assertThat(out(withdraw))
                .isEqualTo(
                        "1 correction of 1 file of shop.orders withdrawn. ade run loads it as it stands.\n");
        assertThat(out(withdraw)).isEqualTo("No correction of shop.orders is kept.\n");
        assertThat(out("rejected", "corrections", "-p", root, "--json"))
                .contains("\"corrections\" : [ ]");
        assertThat(out("run", "-p", root)).contains("1 row, 1 rejected");
    }

    @Test
    void a_source_is_compared_with_what_is_published(@TempDir Path other) throws IOException {
        String root = other.resolve("p").toString();
        TestShell.closed().run("init", root);
        out("run", "-p", root);
        assertThat(out("source", "verify", "-p", root).replaceAll("  [0-9.]+s\n", "\n"))
                .isEqualTo("✓ shop.customers: equal, 4 rows\n✓ shop.orders: equal, 6 rows\n");
        Path file = other.resolve("p/landing/customers-1.csv");
        FileTime before = Files.getLastModifiedTime(file);
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("Oslo", "Rome")
                        .replace("Cyd Specimen", "Eve Specimen")
                        .replace("\n4,", "\n5,"));
        Files.setLastModifiedTime(file, before);

        TestShell shell = new TestShell(Ade::open);
        assertThat(shell.run("source", "verify", "-p", root, "shop.customers")).isEqualTo(1);
        assertThat(shell.out().replaceAll("  [0-9.]+s\n", "\n"))
                .isEqualTo(
                        """
                        ✗ shop.customers: differs now, 4 rows published, 4 at the source
                            1 row at the source, not published: customer_id=5
                            1 row published, not at the source: customer_id=4
                            2 rows with other values (name in 1, city in 1): customer_id=2; customer_id=3
                        Load all of it again: ade run --full-refresh shop.customers (without it, only what is new)
                        """);
        shell = new TestShell(Ade::open);
        assertThat(shell.run("source", "verify", "-p", root, "--json")).isEqualTo(1);
        assertThat(squeezed(shell.out()))
                .contains(
                        "\"source\" : \"shop.customers\", \"status\" : \"different\", \"rows_published\" : 4",
                        "{ \"kind\" : \"changed\", \"rows\" : 2, \"columns\" : { \"name\" : 1, \"city\" : 1 },"
                                + " \"keys\" : [ \"customer_id=2\", \"customer_id=3\" ] }",
                        "\"source\" : \"shop.orders\", \"status\" : \"equal\"")
                .doesNotContain("Eve", "Cyd", "Rome");

        Files.writeString(other.resolve("p/landing/orders-1.csv"), "order_id\n");
        shell = new TestShell(Ade::open);
        assertThat(shell.run("source", "verify", "-p", root, "shop.orders")).isZero();
        assertThat(shell.out()).contains("✓ shop.orders: nothing to compare", "not compared");

        byte[] torn = Files.readAllBytes(file);
        torn[0] = (byte) 0xff;
        torn[1] = (byte) 0xfe;
        Files.write(file, torn);
        Files.setLastModifiedTime(file, before);
        shell = new TestShell(Ade::open);
        assertThat(shell.run("source", "verify", "-p", root, "shop.customers")).isEqualTo(1);
        assertThat(shell.out().replaceAll("  [0-9.]+s\n", "\n"))
                .isEqualTo(
                        """
                        ✗ shop.customers: Cannot load landing/customers-1.csv: it begins as a text in utf-16 does
                            Add load: {options: {encoding: utf-16}}, or convert it with iconv -f utf-16 -t utf-8
                        """);
    }

    @Test
    void a_plan_that_only_renames_loads_no_file(@TempDir Path other) throws IOException {
        String root = other.resolve("p").toString();
        TestShell.closed().run("init", root);
        out("run", "-p", root);
        Path sources = other.resolve("p/shop/sources.yml");
        Files.writeString(
                sources,
                Files.readString(sources)
                        .replace("{name: phone,", "{name: telephone, aliases: [phone],"));

        assertThat(out("plan", "-p", root))
                .contains("load columns only", "column 'phone' is called 'telephone' from now on")
                .doesNotContain("privacy of shop.customers");
    }

    @Test
    void a_failed_check_withholds_and_fails_the_command(@TempDir Path other) throws IOException {
        String root = other.resolve("p").toString();
        TestShell.closed().run("init", root);
        Files.writeString(
                other.resolve("p/landing/orders-2.csv"),
                "order_id,customer_id,ordered_at,amount,status\n2001,1,2026-01-05 10:00:00,1.00,lost\n");
        TestShell shell = new TestShell(Ade::open);

        assertThat(shell.run("run", "-p", root)).isEqualTo(1);

        assertThat(shell.out())
                .contains("! shop.orders", "failed source_accepted_values_shop_orders_status")
                .containsPattern(
                        "Run 1 published 2 datasets, wrote \\d+ rows and withheld shop\\.order");
    }
}
