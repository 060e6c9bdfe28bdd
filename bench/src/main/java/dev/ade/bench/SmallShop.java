package dev.ade.bench;

import dev.ade.bench.Bench.Benchmark;
import dev.ade.bench.Bench.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The dbt project that everybody begins with, in our own words: 3 seeds of a hundred rows, 5 models and 20 tests, which
/// are 28 operations. Built from nothing, and again with nothing to do.
final class SmallShop implements Benchmark {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 7);
    private static final int ROWS = 100;
    private static final double CLOCK_SECONDS_MAX = 1.5;

    @Override
    public void run(Place place) throws IOException, InterruptedException {
        Path project = place.scratch().resolve("small");
        write(project);
        CommandLine ade = place.ade();
        List<Times> times =
                Times.inTurns(
                        ROUNDS,
                        () -> {
                            Bench.remove(project.resolve(".ade"));
                            return ade.run(project, "run");
                        },
                        () -> ade.run(project, "run"));
        times.get(0).print("ade run of 3 seeds, 5 models and 20 tests", CLOCK_SECONDS_MAX);
        times.get(1).print("again, nothing to do", 1);
    }

    static void write(Path project) throws IOException {
        file(
                project,
                "dbt_project.yml",
                """
                name: small
                version: '1.0'
                config-version: 2
                profile: small
                models:
                  small:
                    +materialized: table
                    staging: {+materialized: view}
                """);
        seeds(project);
        staging(project);
        marts(project);
    }

    private static void seeds(Path project) throws IOException {
        StringBuilder people = new StringBuilder("id,given,family\n");
        StringBuilder orders = new StringBuilder("id,person,day,status\n");
        StringBuilder payments = new StringBuilder("id,order_id,means,cents\n");
        List<String> states = List.of("placed", "shipped", "completed", "returned");
        List<String> means = List.of("card", "coupon", "transfer", "voucher");
        for (int i = 1; i <= ROWS; i++) {
            people.append("%d,G%d,F.\n".formatted(i, i));
            orders.append(
                    "%d,%d,2026-01-%02d,%s\n"
                            .formatted(i, 1 + i * 7 % ROWS, 1 + i % 28, states.get(i % 4)));
            payments.append("%d,%d,%s,%d\n".formatted(i, i, means.get(i % 4), 100 * (i % 30)));
        }
        file(project, "seeds/raw_people.csv", people.toString());
        file(project, "seeds/raw_orders.csv", orders.toString());
        file(project, "seeds/raw_payments.csv", payments.toString());
        file(
                project,
                "seeds/seeds.yml",
                """
                seeds:
                  - name: raw_people
                    columns:
                      - {name: given, privacy: keep}
                      - {name: family, privacy: keep}
                """);
    }

    private static void staging(Path project) throws IOException {
        file(
                project,
                "models/staging/stg_people.sql",
                "select id as person_id, given, family from {{ ref('raw_people') }}\n");
        file(
                project,
                "models/staging/stg_orders.sql",
                "select id as order_id, person as person_id, day, status from {{ ref('raw_orders') }}\n");
        file(
                project,
                "models/staging/stg_payments.sql",
                """
                select id as payment_id, order_id, means, cents / 100 as amount
                from {{ ref('raw_payments') }}
                """);
        file(
                project,
                "models/staging/staging.yml",
                """
                models:
                  - name: stg_people
                    columns:
                      - {name: person_id, data_tests: [unique, not_null]}
                  - name: stg_orders
                    columns:
                      - {name: order_id, data_tests: [unique, not_null]}
                      - name: status
                        data_tests:
                          - accepted_values:
                              arguments: {values: [placed, shipped, completed, returned]}
                  - name: stg_payments
                    columns:
                      - {name: payment_id, data_tests: [unique, not_null]}
                      - name: means
                        data_tests:
                          - accepted_values:
                              arguments: {values: [card, coupon, transfer, voucher]}
                """);
    }

    private static void marts(Path project) throws IOException {
        file(
                project,
                "models/people.sql",
                """
                with of_person as (
                    select person_id, min(day) as first_day, max(day) as last_day, count(*) as orders
                    from {{ ref('stg_orders') }} group by person_id
                ),
                paid as (
                    select person_id, sum(amount) as amount
                    from {{ ref('stg_payments') }}
                    left join {{ ref('stg_orders') }} using (order_id)
                    group by person_id
                )
                select person_id, given, family, first_day, last_day, orders, amount
                from {{ ref('stg_people') }}
                left join of_person using (person_id)
                left join paid using (person_id)
                """);
        file(
                project,
                "models/orders.sql",
                """
                {% set all_means = ['card', 'coupon', 'transfer', 'voucher'] %}
                with paid as (
                    select
                        order_id,
                        {% for means in all_means %}
                        sum(case when means = '{{ means }}' then amount else 0 end) as {{ means }}_amount,
                        {% endfor %}
                        sum(amount) as amount
                    from {{ ref('stg_payments') }} group by order_id
                )
                select order_id, person_id, day, status,
                    {% for means in all_means %}{{ means }}_amount, {% endfor %}
                    amount
                from {{ ref('stg_orders') }}
                left join paid using (order_id)
                """);
        file(
                project,
                "models/marts.yml",
                """
                models:
                  - name: people
                    columns:
                      - {name: person_id, data_tests: [unique, not_null]}
                  - name: orders
                    columns:
                      - {name: order_id, data_tests: [unique, not_null]}
                      - name: person_id
                        data_tests:
                          - not_null
                          - relationships: {arguments: {to: ref('people'), field: person_id}}
                      - name: status
                        data_tests:
                          - accepted_values:
                              arguments: {values: [placed, shipped, completed, returned]}
                      - {name: amount, data_tests: [not_null]}
                      - {name: card_amount, data_tests: [not_null]}
                      - {name: coupon_amount, data_tests: [not_null]}
                      - {name: transfer_amount, data_tests: [not_null]}
                      - {name: voucher_amount, data_tests: [not_null]}
                """);
    }

    private static void file(Path project, String name, String content) throws IOException {
        Path file = project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
