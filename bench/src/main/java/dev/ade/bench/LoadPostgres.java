package dev.ade.bench;

import dev.ade.bench.Bench.Benchmark;
import dev.ade.bench.Bench.Place;
import dev.ade.model.Sql;
import dev.ade.testkit.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Loading a table of five million rows and ten columns, two of them pseudonymised, from a PostgreSQL on this machine,
/// against `psql`'s `\copy` of it to CSV.
final class LoadPostgres implements Benchmark {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
    private static final long ROWS = Long.getLong("bench.rows", 5_000_000);

    static String sources(Postgres server) {
        return """
        sources:
          - name: shop
            tables:
              - name: visits
                load:
                  jdbc: "%s"
                  user: %s
                  password: "${SHOP_PASSWORD}"
                  table: public.visits
                columns:
                  - {name: visit_id, privacy: keep}
                  - {name: customer_id, privacy: pseudonym}
                  - {name: email, privacy: pseudonym}
                  - {name: visited_at, privacy: keep}
                  - {name: page, privacy: keep}
                  - {name: campaign, privacy: keep}
                  - {name: seconds, privacy: keep}
                  - {name: amount, privacy: keep}
                  - {name: score, privacy: keep}
                  - {name: is_mobile, privacy: keep}
        """
                .formatted(server.url(), Postgres.USER);
    }

    /// A tenth as many customers as visits, so that pseudonyms repeat as they do in life.
    static String visits(long rows) {
        return """
        create table visits as select
            i as visit_id,
            'C' || lpad((hashint8(i)::bigint + 2147483648) %% %1$d || '', 9, '0') as customer_id,
            'customer.' || (hashint8(i)::bigint + 2147483648) %% %1$d || '@example.org' as email,
            timestamp '2026-01-01' + i * interval '2 seconds' as visited_at,
            '/products/' || (i * 7919) %% 5000 as page,
            (array['spring', 'mail', 'search', ''])[1 + i %% 4] as campaign,
            (i * 31 %% 900)::int as seconds,
            ((i * 7907 %% 1000000) / 100.0)::numeric(10, 2) as amount,
            (i * 104729 %% 100000) / 7.0::float8 as score,
            i %% 2 = 0 as is_mobile
        from generate_series(1::bigint, %2$d) i;
        analyze visits; checkpoint\
        """
                .formatted(rows / 10, rows);
    }

    @Override
    public void run(Place place) throws IOException, InterruptedException {
        try (Postgres server = Postgres.start("max_wal_size=8GB", "shared_buffers=512MB")) {
            server.sql(visits(ROWS));
            compare(place, server);
        }
    }

    private static void compare(Place place, Postgres server)
            throws IOException, InterruptedException {
        Path project = place.scratch().resolve("shop");
        Path csv = place.scratch().resolve("visits.csv");
        Files.createDirectories(project.resolve("shop"));
        Files.writeString(project.resolve("ade.yml"), "name: shop\n");
        Files.writeString(project.resolve("shop/sources.yml"), sources(server));
        CommandLine ade =
                new CommandLine(place.ade().command(), Map.of("SHOP_PASSWORD", Postgres.PASSWORD));
        List<Times> times =
                Times.hereInTurns(
                        ROUNDS,
                        () -> {
                            Bench.remove(project.resolve(".ade"));
                            ade.run(project, "run");
                        },
                        () -> {
                            Files.deleteIfExists(csv);
                            server.sql(
                                    "\\copy visits to %s csv"
                                            .formatted(Sql.literal(csv.toString())));
                        });
        Times.compare(
                "load of %,d rows of PostgreSQL".formatted(ROWS), times.get(0), times.get(1), 1.5);
    }
}
