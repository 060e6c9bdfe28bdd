package dev.ade.bench;

import dev.ade.bench.Bench.Benchmark;
import dev.ade.bench.Bench.Place;
import dev.ade.testkit.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Following a table of PostgreSQL that is worked with. First a backlog of updates, inserts and deletes: `ade run`, a whole
/// process from its start to what it published, against Debezium's engine alone, which counts the changes and writes
/// nothing. Then, while changes go on coming, how long they take to be published when one run follows the other.
final class FollowChanges implements Benchmark {
    private static final long TRANSACTIONS = Long.getLong("bench.transactions", 100_000);
    private static final long ACCOUNTS = Long.getLong("bench.accounts", 200_000);
    private static final long SECONDS = Long.getLong("bench.seconds", 30);
    private static final int CHANGES = 5;

    /// At most this many seconds a change, of those that Debezium takes from the first change on.
    private static final double LIMIT = 1 / 0.7;

    private static String table(long accounts) {
        return """
        create table accounts (
            id bigint primary key, branch int, balance numeric(12, 2), email text, changed timestamptz);
        insert into accounts select i, i %% 100, 0, 'p' || i || '@example.org', now()
            from generate_series(1, %d) i;
        create publication alone for table accounts;
        select pg_create_logical_replication_slot('alone', 'pgoutput');
        create procedure work(transactions bigint, pause double precision) language plpgsql as $$
        declare n bigint;
        begin
            for i in 1 .. transactions loop
                update accounts set balance = balance + i %% 97, changed = clock_timestamp()
                    where id = 1 + (i::bigint * 7919) %% %1$d;
                update accounts set balance = balance - i %% 97, changed = clock_timestamp()
                    where id = 1 + (i::bigint * 104729) %% %1$d;
                update accounts set email = 'q' || i || '@example.org' where id = 1 + (i::bigint * 31) %% %1$d;
                n := 1000000000 + i;
                insert into accounts values (n, i %% 100, 0, 'n' || i || '@example.org', now());
                delete from accounts where id = n;
                commit;
                if pause > 0 then perform pg_sleep(pause); end if;
            end loop;
        end $$;
        """
                .formatted(accounts);
    }

    private static String sources(Postgres server) {
        return """
        sources:
          - name: bank
            tables:
              - name: accounts
                load: &log
                  cdc: "%1$s"
                  user: %2$s
                  password: "${BANK_PASSWORD}"
                  table: public.accounts
                columns: &columns
                  - {name: id, privacy: keep}
                  - {name: email, privacy: pseudonym}
              - name: account_changes
                load: {<<: *log, mode: append}
                columns: *columns
        """
                .formatted(server.url(), Postgres.USER);
    }

    @Override
    public void run(Place place) throws IOException, InterruptedException {
        try (Postgres server =
                Postgres.start("wal_level=logical", "max_wal_size=8GB", "shared_buffers=512MB")) {
            server.sql(table(ACCOUNTS));
            Path project = place.scratch().resolve("bank");
            Files.createDirectories(project.resolve("bank"));
            Files.writeString(project.resolve("ade.yml"), "name: bank\n");
            Files.writeString(project.resolve("bank/sources.yml"), sources(server));
            new Following(place, server, project).run();
        }
    }

    private record Following(Place place, Postgres server, Path project) {
        void run() throws IOException, InterruptedException {
            ade("run");
            server.sql("call work(%d, 0);".formatted(TRANSACTIONS));
            throughput();
            server.sql("select pg_drop_replication_slot('alone');");
            lag();
        }

        private CommandLine.Ended ade(String... arguments)
                throws IOException, InterruptedException {
            return new CommandLine(
                            place.ade().command(), Map.of("BANK_PASSWORD", Postgres.PASSWORD))
                    .run(project, arguments);
        }

        private void throughput() throws IOException, InterruptedException {
            long changes = TRANSACTIONS * CHANGES;
            long start = System.nanoTime();
            ade("run", "-s", "bank.accounts");
            double state = (System.nanoTime() - start) / 1e9;
            start = System.nanoTime();
            ade("run");
            double history = (System.nanoTime() - start) / 1e9;
            double[] alone = alone(changes);
            IO.println(
                    String.format(
                            Locale.ROOT,
                            "%,d changes of PostgreSQL, changes a second:%n  ade, the table %,.0f%n  ade, its history %,.0f%n  Debezium alone %,.0f, from its start %,.0f%n  ratio of the table %.2f, of the history %.2f (at most %.2f)",
                            changes,
                            changes / state,
                            changes / history,
                            changes / alone[1],
                            changes / alone[0],
                            state / alone[1],
                            history / alone[1],
                            LIMIT));
        }

        /// Seconds from its start, and from its first change, to the last.
        private double[] alone(long changes) throws IOException, InterruptedException {
            Path debezium = place.repository().resolve("bench/debezium");
            Path classPath = place.scratch().resolve("class-path");
            CommandLine.run(
                    List.of(
                            "bash",
                            "-c",
                            "said=$(mvn -q -f \"$1\" dependency:build-classpath -Dmdep.outputFile=\"$2\" 2>&1) || { echo \"$said\"; exit 1; }",
                            "bash",
                            debezium.resolve("pom.xml").toString(),
                            classPath.toString()));
            String output =
                    CommandLine.run(
                                    List.of(
                                            Path.of(System.getProperty("java.home"), "bin", "java")
                                                    .toString(),
                                            "-cp",
                                            Files.readString(classPath).strip(),
                                            debezium.resolve("Drain.java").toString(),
                                            String.valueOf(server.port()),
                                            Postgres.USER,
                                            Postgres.PASSWORD,
                                            Postgres.DATABASE,
                                            "public.accounts",
                                            "alone",
                                            "alone",
                                            String.valueOf(changes)))
                            .output();
            String[] said = output.strip().lines().toList().getLast().split(" ", -1);
            return new double[] {Double.parseDouble(said[1]), Double.parseDouble(said[2])};
        }

        /// Some hundred transactions a second; one run follows the other.
        private void lag() throws IOException, InterruptedException {
            Thread work =
                    Thread.ofPlatform()
                            .start(() ->
                                    server.sql("call work(%d, 0.002);".formatted(SECONDS * 300)));
            List<Instant> ends = new ArrayList<>();
            while (work.isAlive()) {
                ade("run");
                ends.add(Instant.now());
            }
            ade("run");
            ends.add(Instant.now());
            String times =
                    ends.stream()
                            .map(end -> "(TIMESTAMPTZ '%s')".formatted(end))
                            .collect(Collectors.joining(", "));
            IO.println(
                    String.format(
                            Locale.ROOT,
                            "%d runs, one after the other, while about 1,500 changes a second come; seconds from commit to published:%n%s",
                            ends.size(),
                            ade(
                                            "sql",
                                            """
                                            WITH lag AS (
                                                SELECT epoch(e.ended - c._committed_at) AS seconds
                                                FROM bank.account_changes AS c
                                                ASOF JOIN (VALUES %s) AS e (ended) ON e.ended >= c._loaded_at
                                                WHERE c._committed_at >= TIMESTAMPTZ '%s'
                                            )
                                            SELECT count(*) AS changes, round(quantile_cont(seconds, 0.5), 2) AS p50,
                                                round(quantile_cont(seconds, 0.95), 2) AS p95,
                                                round(quantile_cont(seconds, 0.99), 2) AS p99, round(max(seconds), 2) AS most
                                            FROM lag
                                            """
                                                    .formatted(times, ends.getFirst()))
                                    .output()
                                    .strip()));
        }
    }
}
