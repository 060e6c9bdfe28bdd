package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.testkit.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tables that are followed while people work, and ADE and the database die at random moments.
/// `-Dade.chaos.seconds=600` makes it longer: `bench/cdc-chaos`.
class ChangesKillTest {
    private static final int SECONDS = Integer.getInteger("ade.chaos.seconds", 20);
    private static final int LATEST_MILLIS = 9_000;
    private static final int RUN_SECONDS_MAX = 120;

    private static final String SOURCES =
            """
            version: 2
            sources:
              - name: shop
                tables:
                  - name: customers
                    load: {cdc: "URL", user: owner, password: "${CHAOS_PASSWORD}", table: public.customers}
                    columns: &customers
                      - {name: id, privacy: pseudonym}
                      - {name: email, privacy: {class: email, treat: pseudonym}}
                      - {name: iban, data_type: varchar, privacy: token}
                      - {name: note, privacy: keep}
                      - {name: city, privacy: keep}
                  - name: orders
                    load: {cdc: "URL", user: owner, password: "${CHAOS_PASSWORD}", table: public.orders}
                    columns: &orders
                      - {name: id, privacy: keep}
                      - {name: customer, privacy: pseudonym}
                  - name: order_changes
                    load: {cdc: "URL", user: owner, password: "${CHAOS_PASSWORD}", table: public.orders, mode: append}
                    columns: *orders
            """;

    /// The same tables by another way, so that pseudonyms are computed anew.
    private static final String AGAIN =
            """
                  - name: customers_now
                    load: {jdbc: "URL", user: owner, password: "${CHAOS_PASSWORD}", table: public.customers}
                    columns: *customers
                  - name: orders_now
                    load: {jdbc: "URL", user: owner, password: "${CHAOS_PASSWORD}", table: public.orders}
                    columns: *orders
            """;

    private record Kills(int ade, int database, int runs) {}

    @Test
    void tables_equal_the_database_row_for_row_whatever_is_killed(@TempDir Path folder)
            throws Exception {
        long seed = Long.getLong("ade.chaos.seed", System.nanoTime());
        System.out.println("ChangesKillTest seed " + seed);
        Estate estate = new Estate(folder);
        try (Postgres postgres = Postgres.start("wal_level=logical")) {
            postgres.sql(TABLES);
            estate.file("shop/sources.yml", SOURCES.replace("URL", postgres.url()));
            run(estate, folder);
            AtomicBoolean works = new AtomicBoolean(true);
            AtomicLong done = new AtomicLong();
            Thread work = Thread.ofPlatform().start(() -> work(postgres, seed, works, done));
            Kills kills = kill(estate, postgres, folder, new Random(seed));
            works.set(false);
            work.join();

            estate.file("shop/sources.yml", (SOURCES + AGAIN).replace("URL", postgres.url()));
            run(estate, folder);
            assertSame(estate);
            System.out.printf(
                    Locale.ROOT,
                    "%,d transactions; ADE killed %d times in %d runs, PostgreSQL %d times; %s customers and %s orders are equal, %s changes were logged%n",
                    done.get(),
                    kills.ade(),
                    kills.runs(),
                    kills.database(),
                    estate.sql("select count(*) from shop.customers").getFirst(),
                    estate.sql("select count(*) from shop.orders").getFirst(),
                    estate.sql("select count(*) from shop.order_changes").getFirst());
        }
    }

    private static void assertSame(Estate estate) {
        for (String table : List.of("customers", "orders")) {
            String columns = "* exclude (_batch_id, _loaded_at, _source)";
            String followed = "select %s from shop.%s".formatted(columns, table);
            String read = "select %s from shop.%s_now".formatted(columns, table);
            assertThat(
                            estate.sql(
                                    "(%s except all %s) union all (%s except all %s) limit 5"
                                            .formatted(followed, read, read, followed)))
                    .as(table)
                    .isEmpty();
        }
        assertThat(
                        estate.sql(
                                """
                                select _lsn, _number, _op, count(*) from shop.order_changes
                                where _op <> 'snapshot' group by all having count(*) > 1 limit 5
                                """))
                .as("changes that came twice")
                .isEmpty();
        assertThat(
                        estate.sql(
                                """
                                select sum(case _op when 'insert' then 1 when 'snapshot' then 1 when 'delete' then -1 else 0 end)
                                    - (select count(*) from shop.orders)
                                from shop.order_changes
                                """))
                .as("changes that never came")
                .containsExactly("0");
    }

    private static Kills kill(Estate estate, Postgres postgres, Path folder, Random random)
            throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        int ade = 0;
        int database = 0;
        int runs = 0;
        while (System.nanoTime() < end) {
            Process run = start(estate.root(), folder.resolve("run.log"));
            runs++;
            boolean isEnded =
                    run.waitFor(500 + random.nextInt(LATEST_MILLIS), TimeUnit.MILLISECONDS);
            if (!isEnded && random.nextInt(3) == 0) {
                postgres.kill();
                database++;
                postgres.restart();
                run.waitFor(RUN_SECONDS_MAX, TimeUnit.SECONDS);
            } else if (!isEnded) {
                ade++;
            }
            run.destroyForcibly().waitFor();
        }
        return new Kills(ade, database, runs);
    }

    /// What customers do, in transactions, until it is enough. What fails as the server dies is as if it never was.
    private static void work(Postgres postgres, long seed, AtomicBoolean works, AtomicLong done) {
        Random random = new Random(seed + 1);
        while (works.get()) {
            StringBuilder statements = new StringBuilder();
            int transactions = 1 + random.nextInt(20);
            for (int i = 0; i < transactions; i++) {
                statements.append("begin;\n");
                for (int j = random.nextInt(4); j >= 0; j--) {
                    statements.append(statement(random)).append(";\n");
                }
                statements.append(random.nextInt(10) == 0 ? "rollback;\n" : "commit;\n");
            }
            try {
                postgres.sql(statements.toString());
                done.addAndGet(transactions);
            } catch (IllegalStateException _) {
                // It is down just now.
            }
        }
    }

    private static String statement(Random random) {
        int id = random.nextInt(400);
        int order = random.nextInt(2_000);
        return switch (random.nextInt(10)) {
            case 0 ->
                    "insert into customers select %d, 'c%d@example.org', 'GB%08d', repeat(md5('%d'), %d), 'Porto' on conflict (id) do update set note = excluded.note"
                            .formatted(id, id, id, random.nextInt(), random.nextInt(300));
            case 1 -> "update customers set city = 'City %d' where id = %d".formatted(order, id);
            case 2 ->
                    "update customers set email = 'd%d@example.org' where id = %d"
                            .formatted(order, id);
            case 3 -> "delete from customers where id = %d".formatted(id);
            case 4 ->
                    "update customers set id = %d, note = 'moved' where id = %d and not exists (select from customers where id = %d)"
                            .formatted(id + 400, id, id + 400);
            case 5, 6, 7 ->
                    "insert into orders values (%d, %d, %d, now()) on conflict (id) do update set qty = excluded.qty"
                            .formatted(order, id, random.nextInt(100));
            case 8 ->
                    "update orders set qty = qty + 1 where id between %d and %d"
                            .formatted(order, order + 20);
            default -> "delete from orders where id between %d and %d".formatted(order, order + 3);
        };
    }

    private static final String TABLES =
            """
            create table customers (id int primary key, email text, iban text, note text, city text);
            alter table customers alter note set storage external;
            create table orders (id int primary key, customer int, qty numeric(10,2), at timestamptz);
            insert into customers select i, 'c' || i || '@example.org', 'GB' || i, repeat(md5(i::text), 100), 'Leipzig' from generate_series(1, 300) i;
            insert into orders select i, i, i, now() from generate_series(1, 1000) i;
            """;

    private static void run(Estate estate, Path folder) throws Exception {
        Path log = folder.resolve("last.log");
        Process run = start(estate.root(), log);
        assertThat(run.waitFor(RUN_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).as(Files.readString(log)).isZero();
    }

    private static Process start(Path project, Path log) throws IOException {
        ProcessBuilder command = Child.run(project, log);
        command.environment().put("CHAOS_PASSWORD", Postgres.PASSWORD);
        return command.start();
    }
}
