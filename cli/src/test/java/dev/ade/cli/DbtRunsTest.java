package dev.ade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// dbt's words that run something.
class DbtRunsTest {
    private DbtShop shop = new DbtShop(Path.of(""));

    @BeforeEach
    void write(@TempDir Path folder) {
        shop = DbtShop.in(folder);
    }

    private static final String NOTHING =
            "Nothing to do: everything is published under its version.";

    @Test
    void seed_snapshot_and_build_each_do_their_part() {
        assertThat(shop.out("seed")).contains("Run 1 published 1 dataset, wrote 3 rows.");
        assertThat(shop.out("snapshot")).contains("shop.orders_past", "published 1 dataset");
        assertThat(shop.out("build", "--exclude-resource-type", "snapshot", "-t", "prod"))
                .contains("✓  shop.stg_orders  view", "✓  shop.totals      table")
                .contains("Run 3 published 2 datasets");
        assertThat(shop.out("run")).startsWith(NOTHING);
        assertThat(shop.out("seed", "-s", "raw_orders", "--full-refresh"))
                .contains("Run 4 published 1 dataset");
    }

    @Test
    void build_takes_types_and_variables_as_dbt_does() {
        assertThat(shop.out("build", "--resource-type", "seed")).contains("published 1 dataset");
        assertThat(shop.out("build", "--vars", "{greeting: \"a: b\"}", "--fail-fast"))
                .contains("Run 2 published 3 datasets");
        assertThat(shop.out("sql", "select distinct greeting from shop.totals", "--format", "csv"))
                .isEqualTo("greeting\na: b\n");
        assertThat(shop.says("build", "--vars", "{a").err())
                .startsWith("error: Cannot read --vars: it is not a mapping in YAML");
        assertThat(shop.says("build", "--resource-type", "metric").err())
                .isEqualTo(
                        """
                        error: Cannot select by type 'metric'
                          Use source, seed, model, snapshot, analysis, test, unit_test, exposure
                        """);
    }

    @Test
    void what_a_run_advises_about_history_works_when_it_is_done() {
        String past =
                "{{ config(materialized='incremental', unique_key='id') }} select id, amount%s from shop.raw_orders";
        shop.file("models/past.sql", past.formatted(""));
        shop.file(
                "models/below.sql",
                "{{ config(materialized='table') }} select sum(columns(* exclude id)) from {{ ref('past') }}");
        shop.out("build");
        shop.file("models/past.sql", past.formatted(", 2 * amount as twice"));

        String advice =
                "shop.past: its query gives more columns, its history stays"
                        + " (ade run -s shop.past+ --full-refresh makes it again)";
        assertThat(shop.out("plan")).contains(advice);
        assertThat(shop.out("run")).contains(advice);
        assertThat(shop.out("sql", "from shop.below", "--format", "csv"))
                .isEqualTo("amount,twice\n60,\n");

        assertThat(shop.out("run", "-s", "shop.past+", "--full-refresh"))
                .contains("published 2 datasets");
        assertThat(shop.out("sql", "from shop.below", "--format", "csv"))
                .isEqualTo("amount,twice\n60,120\n");
    }

    @Test
    void test_checks_what_is_published() {
        shop.out("build");

        assertThat(shop.out("test")).contains("unique_totals_status", "6 checks: 6 passed.");
        assertThat(shop.out("test", "--select", "test_type:unit")).contains("1 check: 1 passed.");
        assertThat(shop.out("test", "-s", "totals", "--exclude-resource-type", "unit_test"))
                .contains("3 checks: 3 passed.");

        shop.file("tests/no_loss.sql", "select * from {{ ref('totals') }} where total > 20");
        DbtShop.Said said = shop.says("test", "-s", "no_loss");
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.out()).contains("no_loss");
    }

    @Test
    void build_of_checks_alone_runs_them_on_what_is_published() {
        shop.out("build");
        assertThat(shop.out("build", "-s", "no_loss")).contains("All checks hold.");
        assertThat(shop.out("build", "--resource-type", "test"))
                .contains("All checks hold.", "shop.stg_orders");

        shop.file("tests/no_loss.sql", "select * from {{ ref('totals') }} where total > 20");
        DbtShop.Said said = shop.says("run", "-s", "no_loss");
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.out()).contains("no_loss");
    }

    @Test
    void a_build_that_ends_by_an_error_leaves_nothing_to_be_written() {
        assertThat(shop.says("build", "-s", "state:modified", "--state", "none").status())
                .isNotZero();

        assertThat(shop.root().resolve("target/manifest.json")).exists();
        assertThat(shop.root().resolve("target")).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void a_run_that_fails_fast_begins_nothing_more() {
        shop.file(
                "models/a_wrong.sql",
                "{{ config(materialized='table') }} select error('no') as x from {{ ref('raw_orders') }}");
        shop.file(
                "models/z_right.sql",
                "{{ config(materialized='table') }} select 1 as x from {{ ref('raw_orders') }}");

        DbtShop.Said slow = shop.says("build", "-s", "raw_orders a_wrong z_right");
        assertThat(slow.status()).isEqualTo(1);
        assertThat(slow.out()).contains("✓  shop.z_right");

        DbtShop.Said fast = shop.says("build", "-f", "-x", "-s", "raw_orders a_wrong z_right");
        assertThat(fast.status()).isEqualTo(1);
        assertThat(fast.out())
                .contains("shop.z_right", "not begun: something failed before (--fail-fast)");
    }

    @Test
    void failing_rows_are_stored_where_the_run_says_so() {
        shop.file("tests/no_loss.sql", "select * from {{ ref('totals') }} where total > 20");

        assertThat(shop.says("build", "--store-failures").status()).isEqualTo(1);
        assertThat(shop.out("sql", "select check_name from ade.failures", "--format", "csv"))
                .isEqualTo("check_name\nno_loss\n");
        assertThat(
                        shop.out(
                                "sql",
                                "select status, total + 1 as more from shop_dbt_test__audit.no_loss",
                                "--format",
                                "csv"))
                .isEqualTo("status,more\npaid,51\n");
    }

    @Test
    void retry_runs_what_the_last_run_did_not_get_done() {
        shop.file(
                "models/totals.sql",
                "{{ config(materialized='table') }} select error('no') as status");
        assertThat(shop.says("build", "--exclude", "stg_orders").status()).isEqualTo(1);
        shop.file(
                "models/totals.sql", "{{ config(materialized='table') }} select 'open' as status");
        shop.file("models/schema.yml", "models: []");
        shop.file("tests/no_loss.sql", "select * from {{ ref('totals') }} where false");

        assertThat(shop.out("retry")).contains("✓  shop.totals", "published 1 dataset");
        assertThat(shop.out("retry")).isEqualTo("nothing to retry: run 2 published everything.\n");
        assertThat(shop.out("retry", "--json")).contains("\"state\" : \"nothing_to_do\"");
    }

    @Test
    void retry_needs_a_run() {
        DbtShop.Said said = shop.says("retry");

        assertThat(said.status()).isEqualTo(2);
        assertThat(said.err())
                .isEqualTo(
                        """
                        error: Cannot retry: nothing has run in environment prod yet
                          Build everything first: ade build
                        """);
    }

    @Test
    void retry_runs_what_a_run_that_published_nothing_did_not_get_done() {
        shop.file("seeds/raw_orders.csv", "id,status,amount\n1,open\n");
        assertThat(shop.says("seed").status()).isEqualTo(1);
        shop.file("seeds/raw_orders.csv", "id,status,amount\n1,open,10\n");

        assertThat(shop.out("retry")).contains("shop.raw_orders", "published 1 dataset");
    }

    @Test
    void clean_removes_what_can_be_made_again_and_nothing_else() {
        shop.out("compile");
        assertThat(shop.out("clean")).isEqualTo("removed target\n");
        assertThat(shop.root().resolve("target")).doesNotExist();
        assertThat(shop.out("clean")).isEqualTo("Nothing to remove.\n");

        for (String folder : new String[] {"models", "../other", ".", ".ade", "models/staging"}) {
            shop.file("dbt_project.yml", "name: shop\nclean-targets: ['%s']\n".formatted(folder));
            assertThat(shop.says("clean").err())
                    .startsWith("error: Cannot clean %s: it is not a folder".formatted(folder));
        }
        assertThat(shop.root().resolve("models/totals.sql")).exists();
    }

    @Test
    void a_quiet_run_says_only_what_went_wrong() {
        assertThat(shop.says("--quiet", "build", "--defer")).isEqualTo(new DbtShop.Said(0, "", ""));
        assertThat(shop.says("test", "-q")).isEqualTo(new DbtShop.Said(0, "", ""));

        shop.file("tests/no_loss.sql", "select * from {{ ref('totals') }} where total > 20");
        DbtShop.Said said = shop.says("test", "--quiet");
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("shop.totals", "no_loss").doesNotContain("stg_orders");
        assertThat(shop.out("ls", "--quiet", "-s", "totals", "--resource-type", "model"))
                .isEqualTo("shop.totals\n");
    }

    @Test
    void flags_without_work_are_taken_told_or_refused() {
        DbtShop.Said quiet =
                shop.says("build", "--threads", "8", "--no-version-check", "--no-partial-parse");
        assertThat(quiet.status()).isZero();
        assertThat(quiet.err()).isEmpty();

        DbtShop.Said told = shop.says("--no-use-colors", "build", "--defer", "--state", "prod-run");
        assertThat(told.out()).startsWith(NOTHING);
        assertThat(told.err())
                .contains("note: --defer: an environment reads what it has not made itself");

        assertThat(shop.says("ls", "-s", "state:modified", "--state", "nowhere").err())
                .startsWith("error: Cannot compare with ")
                .contains("nowhere/manifest.json: there is no such file");
        DbtShop.Said nothing =
                shop.says(
                        "ls",
                        "-s",
                        "state:modified",
                        "--state",
                        shop.root().resolve("target").toString());
        assertThat(nothing.err()).isEqualTo("note: nothing is selected\n");

        DbtShop.Said refused = shop.says("build", "--empty");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err())
                .isEqualTo(
                        """
                        error: Cannot use --empty: ADE has no such thing
                          Instead: ade plan binds every query and reads no rows
                        """);
        assertThat(shop.says("build", "--nonsense").status()).isEqualTo(2);
    }
}
