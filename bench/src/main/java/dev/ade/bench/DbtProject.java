package dev.ade.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// A large dbt project as companies have them: 1,600 models in forty folders, most of them with Jinja, some with macros
/// of a vendored package, and properties with 5,000 generic tests.
final class DbtProject {
    static final int MODELS = 1_600;
    private static final int FOLDERS = 40;

    private final Path root;
    private final RandomGenerator random = new SplittableRandom(11);

    private DbtProject(Path root) {
        this.root = root;
    }

    static void write(Path root) throws IOException {
        DbtProject project = new DbtProject(root);
        project.settings();
        project.vendored();
        for (int folder = 0; folder < FOLDERS; folder++) {
            StringBuilder schema = new StringBuilder("version: 2\nmodels:\n");
            for (int model = folder; model < MODELS; model += FOLDERS) {
                project.file(
                        "models/area_%02d/m_%04d.sql".formatted(folder, model), project.sql(model));
                schema.append(properties(model));
            }
            project.file("models/area_%02d/_area.yml".formatted(folder), schema.toString());
        }
    }

    private void settings() throws IOException {
        file(
                "dbt_project.yml",
                """
                name: company
                version: 1.0.0
                config-version: 2
                profile: company
                vars: {since: '2024-01-01', factors: [1, 2, 3]}
                models:
                  company:
                    +materialized: view
                    area_00: {+materialized: table, +tags: [core]}
                """);
        file(
                "models/area_00/_sources.yml",
                """
                version: 2
                sources:
                  - name: raw
                    schema: landing
                    tables:
                      - name: events
                        meta: {external_location: "landing/events.csv"}
                        columns:
                          - {name: id, data_type: bigint}
                          - {name: seen_at, data_type: timestamp}
                          - {name: amount, data_type: double}
                """);
        file("landing/events.csv", "id,seen_at,amount\n1,2026-01-01 00:00:00,1.5\n");
        file(
                "macros/money.sql",
                """
                {% macro cents(column, digits=2) %}round({{ column }} / 100, {{ digits }}){% endmacro %}
                {% macro since(column) -%}
                  {{ column }} >= date '{{ var("since") }}'
                {%- endmacro %}
                """);
    }

    private void vendored() throws IOException {
        file("dbt_packages/kit/dbt_project.yml", "name: kit\nversion: 1.0.0\nconfig-version: 2\n");
        file(
                "dbt_packages/kit/macros/keys.sql",
                """
                {% macro key_of(columns) -%}
                  {{ return(adapter.dispatch('key_of', 'kit')(columns)) }}
                {%- endmacro %}
                {% macro default__key_of(columns) -%}
                  {%- set parts = [] -%}
                  {%- for column in columns -%}
                    {%- do parts.append("coalesce(cast(" ~ column ~ " as varchar), '_')") -%}
                  {%- endfor -%}
                  {%- set joined = parts | join(" || '-' || ") -%}
                  {{ return('md5(' ~ joined ~ ')') }}
                {%- endmacro %}
                """);
        file(
                "dbt_packages/kit/macros/tests.sql",
                """
                {% test at_least(model, column_name, least=0) %}
                select * from {{ model }} where {{ column_name }} < {{ least }}
                {% endtest %}
                """);
    }

    private String input(int model) {
        return model < FOLDERS
                ? "{{ source('raw', 'events') }}"
                : "{{ ref('m_%04d') }}".formatted(random.nextInt(model));
    }

    private String sql(int model) {
        String key =
                model % 3 == 0
                        ? "{{ kit.key_of(['first_rows.id', 'first_rows.seen_at']) }}"
                        : "first_rows.id";
        String incremental =
                model % 10 == 5
                        ? "{% if is_incremental() %} and seen_at > (select max(seen_at) from {{ this }}) {% endif %}"
                        : "";
        return """
        {{ config(materialized='%s', tags=['t%d']) }}

        with first_rows as (
            select id, seen_at, amount from %s
            where {{ since('seen_at') }} %s
        ),

        second_rows as (
            select id, count(*) as times, sum(amount) as total
            from %s
            group by id
        ),

        joined as (
            select
                %s as key,
                first_rows.id,
                first_rows.seen_at,
                {{ cents('first_rows.amount') }} as amount,
                {%%- for factor in var('factors') %%}
                {{ cents('second_rows.total * ' ~ factor, 4) }} as total_{{ factor }},
                {%%- endfor %%}
                case when second_rows.times > 10 then 'often' else 'seldom' end as state
            from first_rows
            left join second_rows on second_rows.id = first_rows.id
        )

        select * from joined -- of model %d
        """
                .formatted(
                        model % 10 == 5 ? "incremental" : model % 4 == 0 ? "table" : "view",
                        model % 7,
                        input(model),
                        incremental,
                        input(model),
                        key,
                        model);
    }

    private static String properties(int model) {
        return """
          - name: m_%04d
            description: What the area knows of a thing, one row each; made from two others.
            config: {meta: {owner: team_%d}}
            columns:
              - name: id
                description: Key of the thing, as the source has it
                data_tests: [not_null, unique]
              - name: state
                description: Often or seldom
                data_tests:
                  - accepted_values: {arguments: {values: [often, seldom]}}
              - name: amount
                description: In the currency of the company%s
        """
                .formatted(model, model % 12, tests(model));
    }

    private static String tests(int model) {
        return model % 8 == 0
                ? "\n        data_tests:\n          - kit.at_least: {arguments: {least: 1}}"
                : "";
    }

    private void file(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
