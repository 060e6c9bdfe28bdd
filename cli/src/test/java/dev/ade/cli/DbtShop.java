package dev.ade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A dbt project for tests of commands: a seed, a view, a table, a snapshot, tests, macros.
record DbtShop(Path root) {
    /// Writes it.
    static DbtShop in(Path root) {
        DbtShop shop = new DbtShop(root);
        shop.file("dbt_project.yml", "name: shop\nmodels: {shop: {staging: {+tags: [early]}}}\n");
        shop.file("ade.yml", "engine: {parallel_steps: 1}\n");
        shop.file("seeds/raw_orders.csv", "id,status,amount\n1,open,10\n2,paid,20\n3,paid,30\n");
        shop.file(
                "models/staging/stg_orders.sql",
                "select id as order_id, status, amount from {{ ref('raw_orders') }}");
        shop.file(
                "models/totals.sql",
                """
                {{ config(materialized='table') }}
                select status, sum(amount) as total, '{{ var("greeting", "hello") }}' as greeting
                from {{ ref('stg_orders') }} group by all
                """);
        shop.file(
                "models/schema.yml",
                """
                models:
                  - name: stg_orders
                    columns: [{name: order_id, data_tests: [unique, not_null]}]
                  - name: totals
                    columns: [{name: status, data_tests: [unique, {accepted_values: {values: [open, paid]}}]}]
                unit_tests:
                  - name: adds_up
                    model: totals
                    given: [{input: ref('stg_orders'), rows: [{order_id: 1, status: open, amount: 5}]}]
                    expect: {rows: [{status: open, total: 5}]}
                exposures:
                  - {name: board, type: dashboard, depends_on: ["ref('totals')"], owner: {name: Ann}}
                """);
        shop.file(
                "analyses/past/how_many.sql",
                "{{ config(tags=['late']) }} select count(*) as n from {{ ref('totals') }}");
        shop.file("tests/no_loss.sql", "select * from {{ ref('totals') }} where total < 0");
        shop.file(
                "snapshots/orders_past.sql",
                """
                {% snapshot orders_past %}
                {{ config(unique_key='id', strategy='check', check_cols='all') }}
                select * from {{ ref('raw_orders') }}
                {% endsnapshot %}
                """);
        shop.file(
                "macros/say.sql",
                """
                {% macro hello(name='you', times=1) %}
                  {% for i in range(times) %}{{ log('hello ' ~ name, info=true) }}{% endfor %}
                  {{ print('printed') }}{{ log('for the log') }}
                {% endmacro %}
                {% macro how_many(model) %}
                  {% set found = run_query('select count(*) as n from ' ~ ref(model)) %}
                  {{ log(model ~ ' has ' ~ found.columns[0].values()[0] ~ ' rows', info=true) }}
                {% endmacro %}
                {% macro wreck() %}{% do run_query('drop table shop.totals') %}{% endmacro %}
                """);
        return shop;
    }

    void file(String path, String text) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs a command on it, whatever comes of it.
    ///
    /// @param words command and options; `-p` is added
    Said says(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("-p", root.toString()));
        TestShell shell = new TestShell(Ade::open);
        int status = shell.run(all.toArray(String[]::new));
        return new Said(status, shell.out(), shell.err());
    }

    /// Runs a command that has to succeed; gives what it printed.
    String out(String... words) {
        Said said = says(words);
        assertThat(said.status()).as(said.toString()).isZero();
        return said.out();
    }

    /// @param status exit status
    record Said(int status, String out, String err) {}
}
