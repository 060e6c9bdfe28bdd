package dev.ade.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.duck.DuckEngine;
import dev.ade.model.EnvironmentName;
import dev.ade.model.Settings.EngineSettings;
import dev.ade.model.Sql;
import dev.ade.model.TableName;
import dev.ade.run.RunReport;
import dev.ade.run.StepResult;
import dev.ade.run.forget.ForgetRequest;
import dev.ade.run.forget.ForgetRequest.Effect;
import dev.ade.run.forget.Forgotten;
import dev.ade.run.forget.Key;
import dev.ade.run.lineage.ColumnId;
import dev.ade.spi.Cursor;
import dev.ade.spi.Engine;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.store.Faults;
import dev.ade.testkit.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A small shop whose customers can be forgotten: a merge source, a source with event time, history, facts, a copy, an
/// aggregate and a view.
final class ForgetLab {
    static final EnvironmentName DEV = new EnvironmentName("dev");
    static final TableName CUSTOMERS = TableName.of("shop", "customers");

    final Path root;
    private final Lab lab;

    ForgetLab(Path root) {
        this.root = root;
        this.lab = new Lab(root, "2126-01-01T00:00:00Z");
        file(
                "shop/sources.yml",
                """
                sources:
                  - name: shop
                    tables:
                      - name: customers
                        load: {files: "landing/customers-*.csv", mode: merge, key: customer_id}
                        columns:
                          - {name: customer_id, data_type: bigint, privacy: pseudonym}
                          - {name: email, data_type: varchar, privacy: {class: email, treat: token}}
                          - {name: phone, data_type: varchar, privacy: {treat: mask, keep_first: 2}}
                          - {name: number, data_type: bigint, privacy: keep}
                          - {name: city, data_type: varchar, privacy: keep}
                      - name: orders
                        event_time: ordered_at
                        load: {files: "landing/orders-*.csv"}
                        columns:
                          - {name: order_id, data_type: bigint, privacy: keep}
                          - {name: customer_id, data_type: varchar, privacy: pseudonym}
                          - {name: ordered_at, data_type: timestamp}
                          - {name: amount, data_type: bigint, privacy: keep}
                """);
        file(
                "shop/models/customer_d.sql",
                "{{ config(materialized='dimension', natural_key='customer_id', history='scd2') }}"
                        + " select customer_id, city from shop.customers");
        file(
                "shop/models/order_f.sql",
                "{{ config(materialized='fact', event_time='ordered_at', grain='day') }} select order_id,"
                        + " {{ surrogate_key('customer_id') }} as customer_key, ordered_at, amount from shop.orders");
        file(
                "shop/models/contact.sql",
                "{{ config(materialized='table') }} select customer_id, email as address from shop.customers");
        file(
                "shop/models/revenue.sql",
                "{{ config(materialized='table') }} select sum(amount) as revenue from shop.order_f");
        file("shop/models/big.sql", "select * from shop.order_f where amount > 1");
        file(
                "snapshots/customer_s.sql",
                """
                {% snapshot customer_s %}
                {{ config(unique_key='customer_id', strategy='check', check_cols=['city']) }}
                select customer_id, city from shop.customers
                {% endsnapshot %}
                """);
        file(
                "landing/customers-1.csv",
                """
                customer_id,email,phone,number,city
                41,ada@example.org,0041791,7001,Lima
                42,bob@example.org,0041792,7002,Oslo
                43,eve@example.org,0041793,7003,Rome
                """);
        file(
                "landing/orders-1.csv",
                """
                order_id,customer_id,ordered_at,amount
                1,41,2026-01-01 10:00:00,1
                2,42,2026-01-01 11:00:00,2
                3,42,2026-01-02 10:00:00,3
                4,43,2026-01-02 11:00:00,4
                """);
    }

    /// With two states of the customers, and an environment beside prod that changed a model of its own.
    ForgetLab withHistoryAndTwoEnvironments() {
        assertThat(published(EnvironmentName.PROD)).isNotEmpty();
        try (Ade ade = open(EnvironmentName.PROD)) {
            ade.environments().create(DEV, java.util.Optional.empty());
        }
        file(
                "landing/customers-2.csv",
                "customer_id,email,phone,number,city\n42,bob@example.org,0041792,7002,Bern\n");
        assertThat(published(EnvironmentName.PROD)).isNotEmpty();
        return this;
    }

    ForgetLab file(String name, String text) {
        lab.file(name, text);
        return this;
    }

    /// The lake alone, for what a command would not do.
    Wiring wiring(EnvironmentName environment) {
        return new Wiring(new Ade.Options(root, environment, Map.of()), lab.clock, Faults.NONE);
    }

    Ade open(EnvironmentName environment) {
        return lab.open(environment, Faults.NONE);
    }

    RunReport run(EnvironmentName environment) {
        return lab.run(environment);
    }

    private List<TableName> published(EnvironmentName environment) {
        RunReport report = run(environment);
        assertThat(report.results()).extracting(StepResult::message).containsOnly("");
        return report.published();
    }

    Forgotten forget(String... keys) {
        return forget(Effect.FORGET, keys);
    }

    Forgotten forget(Effect effect, String... keys) {
        return forget(Faults.NONE, request(effect, keys));
    }

    static ForgetRequest request(Effect effect, String... keys) {
        return new ForgetRequest(
                CUSTOMERS,
                Stream.of(keys).map(Key::parse).toList(),
                List.<ColumnId>of(),
                EnvironmentName.PROD,
                effect,
                "ade forget");
    }

    Forgotten forget(Faults faults, ForgetRequest request) {
        return lab.with(EnvironmentName.PROD, faults, ade -> ade.forget(request));
    }

    List<String> sql(EnvironmentName environment, String select) {
        return lab.sql(environment, select);
    }

    /// Everything that stands for the person with this number anywhere: pseudonym, token, surrogate key.
    List<String> traces(long number) {
        String known =
                "select customer_id, email from shop.customers where number = %d".formatted(number);
        List<String> traces = new ArrayList<>();
        for (String row : sql(EnvironmentName.PROD, known)) {
            traces.addAll(List.of(row.split("\\|", -1)));
        }
        assertThat(traces).hasSize(2);
        traces.addAll(
                sql(
                        EnvironmentName.PROD,
                        "select distinct customer_key from shop.customer_d where customer_id = '%s'"
                                .formatted(traces.getFirst())));
        assertThat(traces).hasSize(3);
        return traces;
    }

    /// Parquet files on the disk with a row that shows one of these texts in any column.
    List<String> filesWith(List<String> texts) {
        List<String> found = new ArrayList<>();
        String condition =
                String.join(
                        " or ",
                        texts.stream()
                                .map(it ->
                                        "contains(cast(t as varchar), %s)"
                                                .formatted(Sql.literal(it)))
                                .toList());
        EngineSettings settings =
                new EngineSettings(
                        2,
                        1L << 28,
                        root.resolve("spill"),
                        1L << 28,
                        2,
                        64L << 20,
                        Duration.ofMinutes(1),
                        1_000);
        try (Engine engine = new DuckEngine(settings);
                Session session = engine.open(Relations.none());
                Stream<Path> files = Files.walk(root.resolve(".ade"))) {
            for (Path file : files.filter(it -> it.toString().endsWith(".parquet")).toList()) {
                String count =
                        "select count(*) from read_parquet(%s) as t where %s"
                                .formatted(Sql.literal(file.toString()), condition);
                try (Cursor cursor = session.query(count)) {
                    if (!cursor.all(1).getFirst().contains(0L)) {
                        found.add(root.relativize(file).toString());
                    }
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SettableClock clock() {
        return lab.clock;
    }
}
