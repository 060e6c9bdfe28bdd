package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.app.Ade;
import dev.ade.model.Model;
import dev.ade.model.TableName;
import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.run.RunRequest;
import dev.ade.run.StepResult;
import dev.ade.spi.Lake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What dbt's project format says beside models, snapshots and tests.
class DbtProjectTest {
    private Estate estate;

    @BeforeEach
    void write_project(@TempDir Path folder) {
        estate =
                new Estate(folder)
                        .file("dbt_project.yml", "name: estate\n")
                        .file("seeds/raw.csv", "id,size\n1,5\n2,6\n")
                        .file("models/first.sql", "select id, size from {{ ref('raw') }}");
    }

    private Model model(String name) {
        try (Ade ade = estate.open()) {
            return Optional.ofNullable(ade.project().models().get(TableName.of("estate", name)))
                    .orElseThrow();
        }
    }

    @Test
    void descriptions_come_from_blocks_in_markdown() {
        estate.file(
                        "models/words.md",
                        "Words.\n{% docs size %}\nHow *big* it is: {{ not jinja }}.\n{% enddocs %}\n")
                .file(
                        "models/first.yml",
                        "models:\n  - name: first\n    description: '{{ doc(\"size\") }}'\n");
        assertThat(model("first").description()).isEqualTo("How *big* it is: {{ not jinja }}.");

        estate.file(
                "models/first.yml",
                "models:\n  - name: first\n    description: '{{ doc(\"width\") }}'\n");
        assertThatThrownBy(() -> model("first"))
                .hasMessageContaining(
                        "Cannot find doc('width'): no Markdown file has a block of that name");
    }

    @Test
    void a_model_has_versions() {
        estate.file("models/order_v1.sql", "select id from {{ ref('raw') }}")
                .file("models/order_new.sql", "select id, size from {{ ref('raw') }}")
                .file(
                        "models/order.yml",
                        """
                        models:
                          - name: order
                            latest_version: 1
                            columns:
                              - name: id
                                data_tests: [unique]
                              - name: size
                                data_tests: [not_null]
                            versions:
                              - v: 1
                                columns:
                                  - include: all
                                    exclude: [size]
                              - v: 2
                                defined_in: order_new
                                config: {alias: order_next, tags: [next]}
                        """)
                .file(
                        "models/both.sql",
                        "select a.id, b.size from {{ ref('order') }} a join {{ ref('order', v=2) }} b using (id)");
        RunReport report = estate.published();

        assertThat(estate.sql("select id, size from estate.both order by id"))
                .containsExactly("1|5", "2|6");
        assertThat(model("both").inputs())
                .containsExactlyInAnyOrder(
                        TableName.of("estate", "order_v1"), TableName.of("estate", "order_next"));
        assertThat(report.results().stream().flatMap(it -> it.checks().stream()))
                .extracting(it -> it.check().name())
                .containsExactlyInAnyOrder(
                        "unique_order_v1_id", "unique_order_next_id", "not_null_order_next_size");
        estate.file("models/both.sql", "select * from {{ ref('order', version=3) }}");
        assertThatThrownBy(() -> model("both"))
                .hasMessageContaining("Cannot find version 3 of order: there is 1, 2");
    }

    @Test
    void a_private_model_is_read_in_its_group_only() {
        estate.file(
                        "models/all.yml",
                        """
                        groups:
                          - name: sales
                            owner: {name: Ann}
                        models:
                          - name: first
                            config: {group: sales, access: private}
                          - name: second
                            config: {group: sales}
                        """)
                .file("models/second.sql", "select * from {{ ref('first') }}");
        estate.published();

        estate.file("models/third.sql", "select * from {{ ref('first') }}");
        assertThatThrownBy(() -> model("third"))
                .hasMessageContaining(
                        "Cannot read estate.first in estate.third: it is private to group 'sales'");
    }

    @Test
    void constraints_of_a_contract_are_checked() {
        estate.file(
                "models/first.yml",
                """
                models:
                  - name: first
                    config: {contract: {enforced: true}}
                    constraints:
                      - {type: primary_key, columns: [id, size]}
                      - {type: check, expression: "size < 6", name: small}
                      - {type: foreign_key, columns: [size, id], to: ref('raw'), to_columns: [size, id]}
                      - {type: foreign_key, columns: [id, size], expression: "estate.raw (size, id)"}
                    columns:
                      - name: id
                        data_type: bigint
                        constraints:
                          - {type: not_null}
                          - {type: unique}
                          - {type: foreign_key, to: ref('raw'), to_columns: [id]}
                      - name: size
                        data_type: bigint
                """);
        assertThat(
                        estate.run().results().stream()
                                .flatMap(it -> it.checks().stream())
                                .map(it ->
                                        it.check().name()
                                                + " "
                                                + it.outcome()
                                                + " "
                                                + it.failures()))
                .containsExactlyInAnyOrder(
                        "contract_first PASS 0",
                        "contract_not_null_first_id PASS 0",
                        "contract_first_unique_id PASS 0",
                        "contract_first_foreign_key_id PASS 0",
                        "contract_first_not_null_size PASS 0",
                        "contract_first_primary_key_id_size PASS 0",
                        "contract_first_foreign_key_size_id PASS 0",
                        "contract_first_foreign_key_id_size FAIL 2",
                        "contract_first_small FAIL 1");
    }

    @Test
    void an_incremental_model_that_never_starts_over_keeps_its_history() {
        estate.file(
                "models/log.sql",
                "{{ config(materialized='incremental', full_refresh=false) }} select id from {{ ref('raw') }}");
        estate.published();
        estate.file("seeds/raw.csv", "id,size\n9,5\n");
        estate.file(
                "models/log.sql",
                "{{ config(materialized='incremental', full_refresh=false) }} select id + 1 as id from {{ ref('raw') }}");
        try (Ade ade = estate.open()) {
            ade.run(
                    new RunRequest(
                            List.of(),
                            List.of(),
                            RunRequest.Refresh.FULL,
                            Optional.empty(),
                            "ade run"),
                    RunListener.NONE);
        }
        assertThat(estate.sql("select id from estate.log order by id"))
                .containsExactly("1", "2", "10");
    }

    @Test
    void hooks_prepare_sessions_and_read_and_may_not_change_data() {
        estate.file(
                        "dbt_project.yml",
                        """
                        name: estate
                        on-run-start: "create or replace temp macro twice(x) as 2 * x"
                        on-run-end: ["select count(*) from {{ ref('doubled') }}"]
                        models:
                          estate:
                            +pre-hook: "set variable extra = 10"
                            +post-hook: ["grant select on {{ this }} to role analyst"]
                        """)
                .file(
                        "models/doubled.sql",
                        "{{ config(materialized='table', post_hook='select 1 from {{ this }}') }}"
                                + " select twice(size) + getvariable('extra') as size from {{ ref('raw') }}");
        RunReport report = estate.published();

        assertThat(estate.sql("select size from estate.doubled order by 1"))
                .containsExactly("20", "22");
        assertThat(report.results().stream().flatMap(it -> it.notes().stream()))
                .contains(
                        "hook passed over, it means nothing here: grant select on \"estate\".\"doubled\" to role analyst");

        estate.file(
                "models/doubled.sql",
                "{{ config(post_hook='insert into audit values (1); select 1') }} select 1 as size");
        assertThat(estate.run().results())
                .extracting(StepResult::message)
                .anySatisfy(message ->
                        assertThat(message)
                                .contains(
                                        "Cannot run a hook of estate.doubled: it would change data outside of what the run publishes, was 'insert into audit values ( 1 )'"));
    }

    @Test
    void what_reads_a_column_that_a_seed_lost_says_so() {
        estate.published();
        estate.file("seeds/raw.csv", "id\n1\n2\n");
        RunReport report = estate.run();

        assertThat(estate.sql("select * from estate.raw order by id")).containsExactly("1", "2");
        assertThat(report.results())
                .flatExtracting(StepResult::notes)
                .anySatisfy(note ->
                        assertThat(note)
                                .contains(
                                        "column 'size' is not in seeds/raw.csv (reaches estate.first.size)"));
        assertThat(report.results())
                .extracting(StepResult::message)
                .anySatisfy(message -> assertThat(message).contains("\"size\" not found"));
    }

    @Test
    void hooks_of_a_seed_run_when_it_is_loaded() {
        estate.file(
                "dbt_project.yml",
                """
                name: estate
                seeds:
                  +pre-hook: "{% do print('before ' ~ model.resource_type ~ ' ' ~ this.name) %}"
                  +post-hook:
                    - "create index on {{ this }} (id)"
                    - "select error('too many') from {{ this }} having count(*) > 2"
                """);

        assertThat(said()).contains("before seed raw");
        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);

        estate.file("seeds/raw.csv", "id,size\n1,5\n2,6\n3,7\n");
        assertThat(estate.run().results())
                .extracting(StepResult::message)
                .anySatisfy(message -> assertThat(message).contains("too many"));
    }

    @Test
    void hooks_around_the_run_are_rendered_once() {
        estate.file(
                        "dbt_project.yml",
                        """
                        name: estate
                        on-run-start: "{% do print('good morning') %}"
                        on-run-end: "{% do print('good night') %}"
                        """)
                .file("models/one.sql", "select 1 as id");

        assertThat(said())
                .filteredOn(text -> text.startsWith("good"))
                .containsExactly("good morning", "good night");
    }

    @Test
    void hooks_at_the_end_know_how_the_run_went() {
        estate.file(
                        "dbt_project.yml",
                        """
                        name: estate
                        on-run-end: ["{{ tell(results) }}", "select '{{ schemas | join }}' || '{{ database_schemas[0] | join }}'"]
                        """)
                .file(
                        "macros/tell.sql",
                        """
                        {% macro tell(all) %}
                          {% for one in all | sort(attribute='unique_id') %}
                            {% do print(one.node.name ~ ' ' ~ one.status ~ ' ' ~ one.to_dict()['failures']) %}
                          {% endfor %}
                          {% if results | selectattr('status', 'equalto', 'fail') | list | length > 1 %}{{ exceptions.raise_compiler_error('too many') }}{% endif %}
                        {% endmacro %}
                        """)
                .file("models/good.sql", "select 1 as id")
                .file("models/bad.sql", "select 1 as id union all select 1")
                .file(
                        "models/schema.yml",
                        "models: [{name: bad, columns: [{name: id, tests: [unique]}]}]");

        assertThat(said())
                .contains("good success None", "bad success None", "unique_bad_id fail 1");
    }

    /// What templates print in a run.
    private List<String> said() {
        List<String> said = new ArrayList<>();
        try (Ade ade = estate.open()) {
            ade.run(
                    Estate.request(),
                    new RunListener() {
                        @Override
                        public void said(String text) {
                            said.add(text);
                        }
                    });
        }
        return said;
    }

    @Test
    void paths_may_lie_deeper_and_files_may_be_ignored() {
        estate.file("dbt_project.yml", "name: estate\nmodel-paths: [models, transform/models]\n")
                .file("transform/models/deep/second.sql", "select * from {{ ref('first') }}")
                .file("models/drafts/broken.sql", "select from where")
                .file("models/old_first.sql", "select broken from nowhere.at_all")
                .file(".dbtignore", "# not yet\ndrafts/\nold_*.sql\n");
        estate.published();
        assertThat(estate.sql("select count(*) from estate.second")).containsExactly("2");
    }
}
