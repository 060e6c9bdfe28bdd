package dev.ade.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.Assertion;
import dev.ade.model.CheckSpec;
import dev.ade.model.DriftPolicy;
import dev.ade.model.Fingerprint;
import dev.ade.model.Grain;
import dev.ade.model.Interval;
import dev.ade.model.Kind;
import dev.ade.model.LoadSpec;
import dev.ade.model.Location;
import dev.ade.model.Model;
import dev.ade.model.PrivacyPolicy;
import dev.ade.model.Project;
import dev.ade.model.Settings;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import dev.ade.model.Treatment;
import dev.ade.model.Type;
import dev.ade.spi.Compiler.CompiledProject;
import dev.ade.spi.Compiler.Situation;
import dev.ade.spi.Compiler.State;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectReaderTest {
    private static final String SOURCES =
            """
            sources:
              - name: shop
                tables:
                  - name: customers
                    description: people who buy
                    load: {files: "landing/customers-*.csv", mode: merge, key: customer_id}
                    drift: freeze
                    freshness: {warn_after: {count: 36, period: hour}}
                    columns:
                      - {name: customer_id, data_type: bigint, privacy: pseudonym, data_tests: [unique]}
                      - {name: email, privacy: {class: email, treat: pseudonym, realm: mail}}
                      - {name: birth_date, privacy: {treat: generalise, to: year}}
                      - {name: zip, privacy: {treat: generalise, to: {prefix: 3}}}
                      - {name: ip, privacy: {treat: generalise, to: {network: 16}}}
                      - {name: age, privacy: {treat: generalise, to: {bucket: 10}}}
                      - {name: phone, privacy: {treat: mask, keep_last: 2}}
                      - {name: card, privacy: {treat: fpe, alphabet: digits}}
                      - {name: notes, privacy: drop}
                  - name: orders
                    event_time: ordered_at
                    load:
                      files: ["landing/orders/*.csv.gz", "landing/late/*.csv"]
                      options: {delim: ";", nullstr: "-"}
                      reject_limit: 5%
                    columns:
                      - name: status
                        data_tests:
                          - not_null
                          - accepted_values: {values: [open, done], config: {severity: warn}}
            """;

    private Folder folder;

    @BeforeEach
    void open(@TempDir Path root) {
        folder = new Folder(root.resolve("estate"));
        folder.file("ade.yml", "name: estate\n").file("shop/sources.yml", SOURCES);
    }

    @AfterEach
    void close() {
        folder.close();
    }

    @Test
    void reads_sources_with_how_they_land() {
        SourceTable customers = folder.source("shop.customers");
        LoadSpec.Files load = (LoadSpec.Files) customers.load();
        assertThat(load.patterns()).containsExactly("landing/customers-*.csv");
        assertThat(load.mode()).isEqualTo(LoadSpec.Mode.MERGE);
        assertThat(load.key()).containsExactly("customer_id");
        assertThat(customers.drift()).isEqualTo(DriftPolicy.FREEZE);
        assertThat(customers.freshness().orElseThrow().warnAfter()).contains(Duration.ofHours(36));
        assertThat(customers.description()).isEqualTo("people who buy");
        assertThat(customers.location()).isEqualTo(new Location("shop/sources.yml", 4, 9));

        LoadSpec.Files orders = (LoadSpec.Files) folder.source("shop.orders").load();
        assertThat(orders.patterns()).hasSize(2);
        assertThat(orders.options()).containsEntry("delim", ";").containsEntry("nullstr", "-");
        assertThat(orders.rejectLimit().shareMax()).isEqualTo(0.05);
        assertThat(folder.source("shop.orders").eventTime()).contains("ordered_at");
    }

    @Test
    void reads_every_treatment() {
        SourceTable customers = folder.source("shop.customers");
        assertThat(treatment(customers, "customer_id"))
                .isEqualTo(new Treatment.Pseudonym("default"));
        assertThat(treatment(customers, "email")).isEqualTo(new Treatment.Pseudonym("mail"));
        assertThat(treatment(customers, "birth_date"))
                .isEqualTo(new Treatment.Generalise(new Treatment.Coarsening.ToGrain(Grain.YEAR)));
        assertThat(treatment(customers, "zip"))
                .isEqualTo(new Treatment.Generalise(new Treatment.Coarsening.ToPrefix(3)));
        assertThat(treatment(customers, "ip"))
                .isEqualTo(new Treatment.Generalise(new Treatment.Coarsening.ToNetwork(16, 48)));
        assertThat(treatment(customers, "age"))
                .isEqualTo(new Treatment.Generalise(new Treatment.Coarsening.ToBucket(10)));
        assertThat(treatment(customers, "phone")).isEqualTo(new Treatment.Mask(0, 2));
        assertThat(treatment(customers, "card"))
                .isEqualTo(new Treatment.FormatPreserving("default", Treatment.Alphabet.DIGITS));
        assertThat(treatment(customers, "notes")).isEqualTo(new Treatment.Drop());
        assertThat(customers.column("customer_id").orElseThrow().type())
                .contains(Type.Simple.BIGINT);
    }

    private static Location location(Throwable e) {
        return Objects.requireNonNull(((AdeException) e).location());
    }

    private static Treatment treatment(SourceTable source, String column) {
        return source.column(column)
                .orElseThrow()
                .privacy()
                .orElseThrow()
                .treatment()
                .orElseThrow();
    }

    @Test
    void names_checks_as_dbt_does() {
        assertThat(folder.read().project().checks())
                .extracting(CheckSpec::name)
                .containsExactlyInAnyOrder(
                        "source_unique_shop_customers_customer_id",
                        "freshness_shop_customers_warn",
                        "source_not_null_shop_orders_status",
                        "source_accepted_values_shop_orders_status__open__done");
        CheckSpec accepted =
                folder.read().project().checks().stream()
                        .filter(check -> check.assertion() instanceof Assertion.AcceptedValues)
                        .findFirst()
                        .orElseThrow();
        assertThat(accepted.options().severity()).isEqualTo(CheckSpec.Severity.WARN);
    }

    @Test
    void finds_dependencies_with_and_without_ref() {
        folder.file("shop/models/a.sql", "select * from {{ source('shop', 'customers') }}")
                .file("shop/models/b.sql", "with a as (select 1) select * from a, shop.orders")
                .file("shop/models/c.sql", "select * from {{ ref('a') }} join shop.b using (x)");

        assertThat(folder.model("shop.a").inputs())
                .containsExactly(TableName.parse("shop.customers"));
        assertThat(folder.model("shop.b").inputs()).containsExactly(TableName.parse("shop.orders"));
        assertThat(folder.model("shop.c").inputs())
                .containsExactlyInAnyOrder(TableName.parse("shop.a"), TableName.parse("shop.b"));
        assertThat(folder.sql("shop.c"))
                .isEqualTo("select * from \"shop\".\"a\" join shop.b using (x)");
    }

    @Test
    void says_where_a_name_leads_nowhere() {
        folder.file("shop/models/a.sql", "select 1 as x")
                .file("shop/models/c.sql", "\nselect * from shop.ordrs");
        assertThatThrownBy(folder::read)
                .isInstanceOf(AdeException.class)
                .hasMessage(
                        "Cannot read shop.ordrs: there is no such dataset; did you mean shop.orders?")
                .satisfies(
                        e -> assertThat(location(e)).isEqualTo(Location.of("shop/models/c.sql")));

        folder.file("shop/models/c.sql", "select 1,\n  * from {{ ref('nope') }}");
        assertThatThrownBy(folder::read)
                .hasMessage("Cannot find ref('nope'): there is no such model or seed")
                .satisfies(e -> assertThat(location(e).line()).isEqualTo(2));
    }

    @Test
    void says_where_sql_cannot_be_read() {
        folder.file("shop/models/a.sql", "select 1 as x\nfrom where");
        assertThatThrownBy(folder::read)
                .isInstanceOf(AdeException.class)
                .hasMessageContaining("syntax error")
                .satisfies(e ->
                        assertThat(((AdeException) e).explain())
                                .contains("shop/models/a.sql", "Line 2"));
    }

    @Test
    void config_comes_from_the_project_the_properties_and_the_file() {
        folder.file(
                        "dbt_project.yml",
                        """
                        name: estate
                        models:
                          estate:
                            +tags: project
                            shop:
                              +materialized: table
                        """)
                .file("shop/models/a.sql", "select 1 as x")
                .file("shop/models/b.sql", "select 1 as x")
                .file(
                        "shop/models/c.sql",
                        "{{ config(materialized='incremental', tags=['file']) }} select 1 as x")
                .file(
                        "shop/models/schema.yml",
                        """
                        models:
                          - name: b
                            description: the letter
                            config: {materialized: view}
                        """);

        assertThat(folder.model("shop.a").kind()).isEqualTo(new Kind.Table());
        assertThat(folder.model("shop.b").kind()).isEqualTo(new Kind.View());
        assertThat(folder.model("shop.b").description()).isEqualTo("the letter");
        assertThat(folder.model("shop.c").kind().word()).isEqualTo("incremental");
        assertThat(folder.model("shop.c").tags()).containsExactlyInAnyOrder("project", "file");
    }

    @Test
    void reads_every_kind() {
        folder.file(
                        "shop/models/customer_d.sql",
                        "{{ config(materialized='dimension', natural_key='customer_id', history='scd2') }} from shop.customers")
                .file(
                        "shop/models/order_f.sql",
                        "{{ config(materialized='fact', event_time='ordered_at', grain='hour', begin='2026-01-01') }} from shop.orders")
                .file(
                        "shop/models/batch.sql",
                        "{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='ordered_at', batch_size='month') }} from shop.orders")
                .file(
                        "shop/models/order_day_d.sql",
                        "{{ config(materialized='day', entity='customer_id') }} from shop.orders")
                .file(
                        "shop/models/merged.sql",
                        "{{ config(materialized='incremental', unique_key=['a', 'b']) }} select 1 as a, 2 as b");

        assertThat(folder.model("shop.customer_d").kind())
                .isEqualTo(
                        new Kind.Dimension(
                                List.of("customer_id"),
                                "customer_key",
                                Kind.History.SLOWLY_CHANGING));
        assertThat(folder.model("shop.order_f").kind())
                .isEqualTo(
                        new Kind.Fact(
                                Grain.HOUR, Optional.of(Instant.parse("2026-01-01T00:00:00Z")), 0));
        assertThat(folder.model("shop.batch").kind())
                .isEqualTo(new Kind.Fact(Grain.MONTH, Optional.empty(), 0));
        assertThat(folder.model("shop.order_day_d").kind())
                .isEqualTo(new Kind.Day(List.of("customer_id"), Optional.empty()));
        assertThat(folder.model("shop.order_day_d").eventTime()).contains("day");
        assertThat(folder.model("shop.merged").kind())
                .isEqualTo(
                        new Kind.Incremental(
                                Kind.Strategy.DELETE_INSERT,
                                List.of("a", "b"),
                                Kind.SchemaChange.IGNORE));
    }

    @Test
    void formatting_and_comments_do_not_change_a_definition() {
        folder.file("shop/models/a.sql", "select 1 as x, '--' as y from shop.orders");
        Fingerprint before = folder.model("shop.a").definition();

        folder.file(
                "shop/models/a.sql",
                "-- why\nselect 1 as x,\n  '--' as y /* really */\nfrom shop.orders;\n");
        assertThat(folder.model("shop.a").definition()).isEqualTo(before);

        folder.file("shop/models/a.sql", "select 1 as x, '-- ' as y from shop.orders");
        assertThat(folder.model("shop.a").definition()).isNotEqualTo(before);
    }

    @Test
    void an_ephemeral_model_is_put_where_it_is_read() {
        folder.file(
                        "shop/models/e.sql",
                        "{{ config(materialized='ephemeral') }}select * from shop.orders -- all")
                .file("shop/models/a.sql", "select count(*) as n from {{ ref('e') }} as e");

        assertThat(folder.model("shop.a").inputs()).containsExactly(TableName.parse("shop.orders"));
        assertThat(folder.sql("shop.a"))
                .isEqualTo("select count(*) as n from (select * from shop.orders\n) as e");
        assertThat(folder.read().project().models()).doesNotContainKey(TableName.parse("shop.e"));
    }

    @Test
    void macros_vars_and_environment_reach_models() {
        folder.file("ade.yml", "name: estate\nvars: {limit: 10, city: Lima}\n")
                .file(
                        "macros/cents.sql",
                        "{% macro cents(c, digits=2) %}round({{ c }} / 100, {{ digits }}){% endmacro %}")
                .file(
                        "shop/models/a.sql",
                        "select {{ cents('amount') }} as a, '{{ var('city') }}' as c,"
                                + " '{{ env_var('STAGE', 'dev') }}' as s, {{ estate.cents('b', 1) }} as b limit {{ var('limit') }}");

        assertThat(folder.sql("shop.a"))
                .isEqualTo(
                        "select round(amount / 100, 2) as a, 'Lima' as c, 'dev' as s, round(b / 100, 1) as b limit 10");
        CompiledProject other = folder.read(Map.of("city", "Oslo"));
        Model model = Folder.model(other, "shop.a");
        assertThat(other.compile(model, Situation.FROM_SCRATCH)).contains("'Oslo'");
    }

    @Test
    void secrets_do_not_reach_sql() {
        folder.environment.put("ADE_MASTER_KEY", "very secret");
        folder.file("shop/models/a.sql", "select '{{ env_var('ADE_MASTER_KEY') }}' as k");
        assertThatThrownBy(folder::read)
                .hasMessageContaining("env_var('ADE_MASTER_KEY')")
                .hasMessageNotContaining("very secret");
    }

    @Test
    void a_model_knows_whether_it_is_added_to_and_for_which_interval() {
        folder.file(
                        "shop/models/i.sql",
                        "{{ config(materialized='incremental') }}select * from shop.orders"
                                + "{% if is_incremental() %} where id > (select max(id) from {{ this }}){% endif %}")
                .file(
                        "shop/models/f.sql",
                        "{{ config(materialized='fact', event_time='t') }}select '{{ ade.interval.from }}' as t");
        CompiledProject project = folder.read();
        Model incremental = Folder.model(project, "shop.i");
        assertThat(project.compile(incremental, Situation.FROM_SCRATCH)).doesNotContain("where");
        assertThat(project.compile(incremental, new Situation(State.EXISTING, Optional.empty())))
                .endsWith("where id > (select max(id) from \"shop\".\"i\")");
        assertThat(incremental.inputs()).containsExactly(TableName.parse("shop.orders"));

        Model fact = Folder.model(project, "shop.f");
        Interval day =
                new Interval(
                        Instant.parse("2026-03-01T00:00:00Z"),
                        Instant.parse("2026-03-02T00:00:00Z"));
        assertThat(project.compile(fact, new Situation(State.NEW, Optional.of(day))))
                .contains("'2026-03-01 00:00:00'");
    }

    @Test
    void a_check_in_a_file_is_about_the_first_model_it_names() {
        folder.file("shop/models/a.sql", "select * from shop.orders")
                .file("shop/models/b.sql", "select * from shop.orders")
                .file("shop/models/c.sql", "select * from shop.b")
                .file(
                        "shop/checks/b_first.sql",
                        "select * from {{ ref('b') }} join shop.a using (x)")
                .file("shop/checks/a_first.sql", "select * from shop.A join shop.b using (x)")
                .file("shop/checks/b_below.sql", "select * from shop.orders, shop.b, shop.a")
                .file("shop/checks/c_made_of_b.sql", "select * from shop.b, shop.c, shop.a");

        CompiledProject project = folder.read();

        assertThat(check(project, "b_first").dataset()).hasToString("shop.b");
        assertThat(check(project, "a_first").dataset()).hasToString("shop.a");
        assertThat(check(project, "b_below").dataset()).hasToString("shop.b");
        assertThat(check(project, "c_made_of_b").dataset()).hasToString("shop.c");
    }

    @Test
    void freshness_is_that_of_the_column_of_load_times_where_one_is_named() {
        folder.file(
                "other/sources.yml",
                """
                sources:
                  - name: other
                    loaded_at_field: _loaded_at
                    freshness: {error_after: {count: 2, period: day}}
                    tables:
                      - name: visits
                        load: {files: "landing/visits.csv"}
                """);

        assertThat(check(folder.read(), "freshness_other_visits_error").assertion())
                .isEqualTo(
                        new Assertion.Monitor(
                                Assertion.Metric.FRESHNESS,
                                Optional.of("_loaded_at"),
                                new Assertion.Expectation.WithinAge(Duration.ofDays(2))));
    }

    @Test
    void reads_checks_of_models_and_those_in_files() {
        folder.file("shop/models/a.sql", "select * from shop.orders")
                .file(
                        "shop/checks/no_bad.sql",
                        "{{ config(severity='warn') }}select * from shop.orders o join shop.a using (x)")
                .file(
                        "macros/tests.sql",
                        "{% test is_even(model, column_name, by=2) %}select * from {{ model }} where {{ column_name }} % {{ by }} <> 0{% endtest %}")
                .file(
                        "shop/models/schema.yml",
                        """
                        models:
                          - name: a
                            config: {contract: {enforced: true}}
                            monitors:
                              - volume: {deviations: 2, points: 10, season: same_weekday}
                            columns:
                              - name: x
                                data_type: integer
                                constraints: [{type: not_null}]
                                data_tests:
                                  - is_even: {by: 4, where: "x > 0"}
                                  - relationships: {to: ref('a'), field: x}
                        """);
        CompiledProject project = folder.read();
        assertThat(project.project().checks())
                .extracting(CheckSpec::name)
                .contains(
                        "no_bad",
                        "contract_a",
                        "contract_not_null_a_x",
                        "volume_a",
                        "is_even_a_x__4",
                        "relationships_a_x__x__ref_a_");
        assertThat(check(project, "no_bad").dataset()).isEqualTo(TableName.parse("shop.a"));
        assertThat(check(project, "no_bad").options().severity())
                .isEqualTo(CheckSpec.Severity.WARN);
        assertThat(project.compile(check(project, "is_even_a_x__4")))
                .isEqualTo(
                        "select * from (select * from \"shop\".\"a\" where x > 0) as dbt_subquery where x % 4 <> 0");
        assertThat(check(project, "volume_a").assertion())
                .isEqualTo(
                        new Assertion.Monitor(
                                Assertion.Metric.VOLUME,
                                Optional.empty(),
                                new Assertion.Expectation.WithinDeviations(
                                        2, 10, 4, Assertion.Season.SAME_WEEKDAY, 0.01)));
    }

    private static CheckSpec check(CompiledProject project, String name) {
        return project.project().checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void selects_as_dbt_does() {
        folder.file("shop/models/a.sql", "{{ config(tags='daily') }}select * from shop.orders")
                .file("shop/models/mart/b.sql", "select * from {{ ref('a') }}")
                .file("crm/models/c.sql", "select * from shop.b, shop.customers");
        CompiledProject project = folder.read();

        assertThat(selected(project, "b")).containsExactly("shop.b");
        assertThat(selected(project, "+b")).containsExactly("shop.a", "shop.b", "shop.orders");
        assertThat(selected(project, "1+b")).containsExactly("shop.a", "shop.b");
        assertThat(selected(project, "a+")).containsExactly("crm.c", "shop.a", "shop.b");
        assertThat(selected(project, "tag:daily")).containsExactly("shop.a");
        assertThat(selected(project, "shop/models/mart")).containsExactly("shop.b");
        assertThat(selected(project, "crm", "a")).containsExactly("crm.c", "shop.a");
        assertThat(selected(project, "shop,+c,kind:view")).containsExactly("shop.a", "shop.b");
        assertThat(selected(project, "source:shop.customers+"))
                .containsExactly("crm.c", "shop.customers");
        assertThat(selected(project, "@a")).contains("shop.customers", "crm.c", "shop.orders");
        assertThat(project.select(List.of("shop"), List.of("b")).toString())
                .doesNotContain("shop.b,");
        assertThatThrownBy(() -> selected(project, "nothing"))
                .hasMessage("Cannot select 'nothing': nothing is called so");
    }

    private static List<String> selected(CompiledProject project, String... select) {
        return project.select(List.of(select), List.of()).stream()
                .map(TableName::toString)
                .toList();
    }

    @Test
    void seeds_are_loaded_like_sources() {
        folder.file("shop/seeds/country.csv", "code,name\npe,Peru\n")
                .file(
                        "shop/seeds/seeds.yml",
                        "seeds:\n  - name: country\n    config: {column_types: {code: varchar}}\n")
                .file("shop/models/a.sql", "select * from {{ ref('country') }}");
        SourceTable seed = folder.source("shop.country");
        assertThat(seed.origin()).isEqualTo(SourceTable.Origin.SEED);
        assertThat(seed.column("code").orElseThrow().type()).contains(Type.Simple.VARCHAR);
        assertThat(folder.model("shop.a").inputs())
                .containsExactly(TableName.parse("shop.country"));
    }

    @Test
    void a_plain_dbt_project_is_a_project(@TempDir Path root) {
        try (Folder plain = new Folder(root.resolve("jaffle-shop"))) {
            plain.file("dbt_project.yml", "name: jaffle_shop\nmodel-paths: [models]\n")
                    .file("models/staging/stg_orders.sql", "select * from {{ ref('raw_orders') }}")
                    .file("seeds/raw_orders.csv", "id\n1\n")
                    .file("models/orders.sql", "select * from {{ ref('stg_orders') }}");
            Project project = plain.read().project();
            assertThat(project.name()).isEqualTo("jaffle_shop");
            assertThat(project.models().keySet())
                    .extracting(TableName::toString)
                    .containsExactlyInAnyOrder("jaffle_shop.orders", "jaffle_shop.stg_orders");
        }
    }

    @Test
    void settings_have_defaults_and_can_be_set() {
        Settings settings = folder.read().project().settings();
        assertThat(settings.state()).isEqualTo(folder.root.resolve(".ade"));
        assertThat(settings.catalog())
                .isEqualTo("jdbc:sqlite:" + folder.root.resolve(".ade/ade.db"));
        assertThat(settings.engine().threads()).isEqualTo(2);
        assertThat(settings.undeclaredPersonalData()).isEqualTo(PrivacyPolicy.PSEUDONYM);

        folder.file(
                "ade.yml",
                """
                name: estate
                storage: /data/lake
                engine: {memory: 25%, threads: 8, query_timeout: 90s}
                privacy: {undeclared: refuse, master_key_file: ../key}
                maintenance: {snapshot_age: 2 days, grace: 1h}
                """);
        Settings set = folder.read().project().settings();
        assertThat(set.lake()).isEqualTo(Path.of("/data/lake"));
        assertThat(set.engine().memoryBytes()).isEqualTo((1L << 30) / 4);
        assertThat(set.engine().queryTimeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(set.undeclaredPersonalData()).isEqualTo(PrivacyPolicy.REFUSE);
        assertThat(set.masterKeyFile()).contains(folder.root.resolveSibling("key"));
        assertThat(set.maintenance().snapshotAge()).isEqualTo(Duration.ofDays(2));
    }

    @Test
    void sources_tables_and_seeds_may_say_otherwise_what_becomes_of_undeclared_personal_data() {
        folder.file("ade.yml", "name: estate\nprivacy: {undeclared: keep}\n")
                .file(
                        "shop/sources.yml",
                        """
                        sources:
                          - name: shop
                            privacy: {undeclared: DROP}
                            tables:
                              - {name: a, load: {files: "a.csv"}}
                              - {name: b, load: {files: "b.csv"}, privacy: {undeclared: refuse}}
                          - name: web
                            tables:
                              - {name: c, load: {files: "c.csv"}}
                        """)
                .file("shop/seeds/d.csv", "id\n1\n")
                .file(
                        "shop/seeds/seeds.yml",
                        "seeds:\n  - {name: d, privacy: {undeclared: pseudonym}}\n");
        Project project = folder.read().project();
        assertThat(project.warnings()).isEmpty();
        assertThat(project.sources().values())
                .extracting(source -> source.name().name() + " " + source.undeclared())
                .containsExactlyInAnyOrder("a DROP", "b REFUSE", "c KEEP", "d PSEUDONYM");
    }

    @Test
    void misspelt_keys_are_warned_of() {
        folder.file("ade.yml", "name: estate\nstorrage: x\n")
                .file("shop/models/here.sql", "select 1 as id")
                .file(
                        "shop/models/schema.yml",
                        """
                        models:
                          - name: gone
                          - name: here
                            data-tests: []
                        """);
        assertThat(folder.read().project().warnings())
                .containsExactlyInAnyOrder(
                        "ade.yml:2:11: 'storrage' is not something ADE knows of ade.yml; did you mean 'storage'?",
                        "shop/models/schema.yml:2:5: there is no model 'gone'",
                        "shop/models/schema.yml:4:17: 'data-tests' is not something ADE knows of a model; did you mean 'data_tests'?");
    }

    @Test
    void broken_yaml_says_where() {
        folder.file("shop/sources.yml", "sources:\n  - name: [\n");
        assertThatThrownBy(folder::read)
                .isInstanceOf(AdeException.class)
                .hasMessageStartingWith("Cannot read YAML")
                .satisfies(e -> assertThat(location(e).file()).isEqualTo("shop/sources.yml"));
        folder.file(
                "shop/sources.yml",
                "sources:\n  - name: s\n    tables:\n      - name: t\n        load: {files: x, mode: upsert}\n");
        assertThatThrownBy(folder::read)
                .hasMessage(
                        "Cannot read 'mode': it must be one of append, replace, merge, was 'upsert'");
    }
}
