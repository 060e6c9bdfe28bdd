package dev.ade.bench;

import dev.ade.bench.Bench.Benchmark;
import dev.ade.bench.Bench.Place;
import dev.ade.model.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Loading a CSV of five million rows and ten columns, two of them pseudonymised, against DuckDB from CSV to Parquet
/// as it is. Both are told the types.
final class LoadCsv implements Benchmark {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
    private static final long ROWS = Long.getLong("bench.rows", 5_000_000);

    private static final String SOURCES =
            """
            sources:
              - name: shop
                tables:
                  - name: visits
                    load: {files: "landing/visits.csv"}
                    columns:
                      - {name: visit_id, data_type: bigint, privacy: keep}
                      - {name: customer_id, data_type: varchar, privacy: pseudonym}
                      - {name: email, data_type: varchar, privacy: pseudonym}
                      - {name: visited_at, data_type: timestamp, privacy: keep}
                      - {name: page, data_type: varchar, privacy: keep}
                      - {name: campaign, data_type: varchar, privacy: keep}
                      - {name: seconds, data_type: integer, privacy: keep}
                      - {name: amount, data_type: "decimal(10,2)", privacy: keep}
                      - {name: score, data_type: double, privacy: keep}
                      - {name: is_mobile, data_type: boolean, privacy: keep}
            """;

    @Override
    public void run(Place place) throws IOException, InterruptedException {
        Path project = place.scratch().resolve("shop");
        Path csv = project.resolve("landing/visits.csv");
        Path out = place.scratch().resolve("visits.parquet");
        Files.createDirectories(csv.getParent());
        Files.createDirectories(project.resolve("shop"));
        Files.writeString(project.resolve("ade.yml"), "name: shop\n");
        Files.writeString(project.resolve("shop/sources.yml"), SOURCES);
        RawSql.run(
                place.scratch(),
                List.of(
                        "copy (%s) to %s (header)"
                                .formatted(visits(ROWS), Sql.literal(csv.toString()))));
        CommandLine ade = place.ade();
        List<Times> times =
                Times.inTurns(
                        ROUNDS,
                        () -> {
                            Bench.remove(project.resolve(".ade"));
                            return ade.run(project, "run");
                        },
                        () -> {
                            Files.deleteIfExists(out);
                            return RawSql.run(place.scratch(), List.of(plain(csv, out)));
                        });
        Times.compare("load of %,d rows of CSV".formatted(ROWS), times.get(0), times.get(1), 2.5);
    }

    private static String plain(Path csv, Path out) {
        return """
        copy (select * from read_csv(%s, header = true, columns = {visit_id: 'bigint', customer_id: 'varchar',
            email: 'varchar', visited_at: 'timestamp', page: 'varchar', campaign: 'varchar',
            seconds: 'integer', amount: 'decimal(10,2)', score: 'double', is_mobile: 'boolean'}))
        to %s (format parquet, compression zstd)
        """
                .formatted(Sql.literal(csv.toString()), Sql.literal(out.toString()));
    }

    /// A tenth as many customers as visits, so that pseudonyms repeat as they do in life.
    private static String visits(long rows) {
        return """
           select
            i as visit_id,
            'C' || lpad((hash(i) %% %1$d)::varchar, 9, '0') as customer_id,
            'customer.' || (hash(i) %% %1$d) || '@example.org' as email,
            timestamp '2026-01-01' + to_seconds((i * 2)::bigint) as visited_at,
            '/products/' || (hash(i + 1) %% 5000) as page,
            case hash(i + 2) %% 4 when 0 then 'spring' when 1 then 'mail' when 2 then 'search' else '' end
                as campaign,
            (hash(i + 3) %% 900)::integer as seconds,
            ((hash(i + 4) %% 1000000) / 100.0)::decimal(10,2) as amount,
            (hash(i + 5) %% 100000) / 7.0 as score,
            hash(i + 6) %% 2 = 0 as is_mobile
        from range(%2$d) t(i)
        """
                .formatted(rows / 10, rows);
    }
}
