package dev.ade.bench;

import dev.ade.bench.Bench.Benchmark;
import dev.ade.bench.Bench.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// A project of a thousand models in ten domains, each of three others: how long it takes to read, compile and plan
/// it, and how much memory.
final class ManyModels implements Benchmark {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int MODELS = 1_000;
    private static final int DOMAINS = 10;

    @Override
    public void run(Place place) throws IOException, InterruptedException {
        Path project = place.scratch().resolve("many");
        write(project);
        CommandLine ade = place.ade();
        String first = ade.run(project, "plan").output();
        Times.inTurns(ROUNDS, () -> ade.run(project, "plan"))
                .getFirst()
                .print("ade plan of %,d models".formatted(MODELS), 2);
        long planned = first.lines().filter(line -> line.contains(".m_")).count();
        IO.println("  lines about models in the plan: " + planned);
    }

    static void write(Path project) throws IOException {
        RandomGenerator random = new SplittableRandom(7);
        file(project, "ade.yml", "name: many\n");
        file(project, "landing/raw.csv", "id,seen_at,amount\n1,2026-01-01 00:00:00,1.5\n");
        file(project, "d0/sources.yml", sources());
        for (int model = 0; model < MODELS; model++) {
            file(
                    project,
                    "d%d/models/m_%04d.sql".formatted(model % DOMAINS, model),
                    sql(model, random));
        }
        for (int domain = 0; domain < DOMAINS; domain++) {
            file(project, "d%d/models/schema.yml".formatted(domain), schema(domain));
        }
    }

    private static String sources() {
        return """
        sources:
          - name: d0
            tables:
              - name: raw
                load: {files: "landing/raw.csv"}
                columns:
                  - {name: id, data_type: bigint}
                  - {name: seen_at, data_type: timestamp}
                  - {name: amount, data_type: double}
        """;
    }

    private static String sql(int model, RandomGenerator random) {
        StringBuilder inputs = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            String input =
                    model < 10
                            ? "{{ source('d0', 'raw') }}"
                            : "{{ ref('m_%04d') }}".formatted(random.nextInt(model));
            inputs.append(i == 0 ? "" : "    union all\n");
            inputs.append("    select id, seen_at, amount from ")
                    .append(input)
                    .append(" where id > ")
                    .append(i);
            inputs.append('\n');
        }
        return """
        {{ config(materialized='%s', tags=['t%d']) }}
        {%% set factors = [1, 2, 3] %%}
        with united as (
        %s)
        select
            id,
            max(seen_at) as seen_at,
            sum(amount) as amount
            {%% for factor in factors %%}
            , sum(amount * {{ factor }}) as amount_{{ factor }}
            {%% endfor %%}
        from united
        group by id
        """
                .formatted(model % 3 == 0 ? "view" : "table", model % 7, inputs);
    }

    private static String schema(int domain) {
        StringBuilder schema = new StringBuilder("models:\n");
        for (int model = domain; model < MODELS; model += DOMAINS) {
            schema.append(
                    """
                      - name: m_%04d
                        description: A model among many
                        columns:
                          - {name: id, description: Key, data_tests: [not_null, unique]}
                          - {name: amount, description: Sum}
                    """
                            .formatted(model));
        }
        return schema.toString();
    }

    private static void file(Path project, String name, String content) throws IOException {
        Path file = project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
