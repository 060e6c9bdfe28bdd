package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import dev.ade.app.AdeEnvironments.Promotion;
import dev.ade.app.AdeEnvironments.Task;
import dev.ade.model.EnvironmentName;
import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.run.RunRequest;
import dev.ade.run.environment.Mover.Effect;
import dev.ade.run.verify.Verdict;
import dev.ade.spi.Lake;
import dev.ade.spi.Loader;
import dev.ade.spi.Maintenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever happens to a project, run by run, its tables are those that one run from scratch would make, each run does
/// what its plan said, and what is published is what lies in the files.
class RandomProjectTest {
    private static final int STEPS = 12;
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final List<String> TABLES =
            List.of(
                    "shop.customers",
                    "shop.orders",
                    "shop.customer_d",
                    "shop.order_f",
                    "shop.revenue_day_d",
                    "shop.revenue_r",
                    "web.visits",
                    "web.visit_f",
                    "web.visit_day_d");

    private static final String VISITS =
            """
            sources:
              - name: web
                tables:
                  - name: visits
                    event_time: seen
                    load: {files: "landing/visits-*.csv", mode: replace, reject_limit: 100%}
                    columns: [{name: id, data_type: bigint}, {name: seen, data_type: timestamp}]
            """;

    private final List<Integer> ordersFiles = new ArrayList<>();
    private final List<Integer> visitsFiles = new ArrayList<>();
    private final List<String> history = new ArrayList<>();
    private int customersFiles;
    private int files = 1;

    @Test
    void many_runs_make_what_one_run_makes(@TempDir Path folder) throws IOException {
        long seed = Long.getLong("ade.test.seed", System.nanoTime());
        System.out.println("RandomProjectTest seed " + seed);
        history.add("seed " + seed);
        Random random = new Random(seed);
        Estate estate = visits(Shop.withData(folder.resolve("grown")));
        estate.run();
        for (int step = 0; step < STEPS; step++) {
            history.add(change(estate, random));
            history.add(act(estate, random));
            if (step % 4 == 3) {
                requireAsFromScratch(estate, folder.resolve("fresh" + step));
            }
        }
    }

    private void requireAsFromScratch(Estate estate, Path folder) throws IOException {
        assertThat(run(estate, Estate.request()).state())
                .as("%s", history)
                .isIn(Lake.RunState.PUBLISHED, Lake.RunState.NOTHING_TO_DO);
        assertThat(estate.run().state())
                .as("%s, then again", history)
                .isEqualTo(Lake.RunState.NOTHING_TO_DO);
        Estate fresh = copy(estate.root(), folder);
        fresh.run();
        for (String table : TABLES) {
            assertThat(rows(estate, table))
                    .as("%s, then %s", history, table)
                    .isEqualTo(rows(fresh, table));
        }
        List<Verdict> verdicts = new ArrayList<>();
        try (Ade ade = estate.open()) {
            ade.verify(Estate.request(), Loader.Depth.ROWS, verdicts::add);
        }
        assertThat(verdicts)
                .as("%s, then compared", history)
                .hasSize(3)
                .allMatch(verdict -> verdict.status() == Verdict.Status.EQUAL);
    }

    private static List<String> rows(Estate estate, String table) {
        String columns = table.endsWith("s") ? "* exclude (_loaded_at)" : "*";
        return estate.sql("select %s from %s order by all".formatted(columns, table));
    }

    /// A run, which does what its plan says.
    private RunReport run(Estate estate, RunRequest request) {
        try (Ade ade = estate.open()) {
            return run(ade, request);
        }
    }

    private RunReport run(Ade ade, RunRequest request) {
        List<String> planned =
                ade.plan(request).steps().stream()
                        .map(step -> step.dataset() + ": " + step.reason())
                        .toList();
        RunReport report = ade.run(request, RunListener.NONE);
        assertThat(
                        report.results().stream()
                                .map(result ->
                                        result.step().dataset() + ": " + result.step().reason()))
                .as("%s, the run", history)
                .containsExactlyInAnyOrderElementsOf(planned);
        return report;
    }

    private String act(Estate estate, Random random) {
        String one = TABLES.get(random.nextInt(TABLES.size()));
        return switch (random.nextInt(9)) {
            case 0 -> "no run";
            case 1 -> "a run of %s: %s".formatted(one, run(estate, Estate.request(one)).state());
            case 2 ->
                    "a run below %s: %s"
                            .formatted(one, run(estate, Estate.request(one + "+")).state());
            case 3 -> "a full refresh of %s: %s".formatted(one, run(estate, refresh(one)).state());
            case 4 -> withheld(estate);
            case 5 -> inBranch(estate, random);
            case 6 -> {
                try (Ade ade = estate.open()) {
                    ade.maintain(Maintenance.Effect.DELETE);
                }
                yield "maintenance";
            }
            default -> "a run: " + run(estate, Estate.request()).state();
        };
    }

    private static RunRequest refresh(String one) {
        return new RunRequest(
                List.of(one), List.of(), RunRequest.Refresh.FULL, Optional.empty(), "ade run");
    }

    private String withheld(Estate estate) {
        estate.file(
                "shop/models/checks.yml",
                """
                models:
                  - name: order_f
                    columns: [{name: order_id, data_tests: [{accepted_values: {values: [-1], quote: false}}]}]
                """);
        RunReport report = run(estate, Estate.request());
        estate.delete("shop/models/checks.yml");
        return "a run with a check that fails: " + report.state();
    }

    private String inBranch(Estate estate, Random random) {
        try (Ade ade = estate.open()) {
            ade.environments().create(DEV, Optional.empty());
        }
        String change = change(estate, random);
        try (Ade dev = Ade.open(new Ade.Options(estate.root(), DEV, Map.of()))) {
            run(dev, Estate.request());
        }
        try (Ade ade = estate.open()) {
            if (random.nextBoolean()) {
                Task task = new Task(Effect.MOVE, "ade env promote");
                ade.environments().promote(DEV, new Promotion(Optional.empty(), Set.of(), task));
                change += ", promoted";
            }
            ade.environments().drop(DEV);
        }
        return "a run in a branch: " + change;
    }

    private String change(Estate estate, Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> {
                ordersFiles.add(++files);
                yield orders(estate, random, files, "a new file");
            }
            case 1 ->
                    ordersFiles.isEmpty()
                            ? "nothing"
                            : orders(estate, random, any(ordersFiles, random), "a changed file");
            case 2 -> {
                estate.file(
                        "landing/customers-%02d.csv".formatted(10 + customersFiles++),
                        "customer_id,email,city\n%d,x%d@example.org,%s\n"
                                .formatted(1 + random.nextInt(4), random.nextInt(9), city(random)));
                yield "more customers";
            }
            case 3 -> report(estate, random);
            case 4, 5 -> fact(estate, random);
            case 6 -> {
                estate.file(
                        "shop/models/customer_d.sql",
                        "-- "
                                + random.nextInt()
                                + "\n{{ config(materialized='dimension', natural_key='customer_id') }}\nselect customer_id, email, city from shop.customers");
                yield "a comment";
            }
            case 7 -> {
                visitsFiles.add(++files);
                yield visits(estate, random, files, "a new file");
            }
            case 8 ->
                    visitsFiles.isEmpty()
                            ? "nothing"
                            : visits(estate, random, any(visitsFiles, random), "a changed file");
            default -> {
                if (visitsFiles.isEmpty()) {
                    yield "nothing";
                }
                Integer file = any(visitsFiles, random);
                visitsFiles.removeIf(file::equals);
                estate.delete("landing/visits-" + file + ".csv");
                yield "a file of visits is gone";
            }
        };
    }

    private static Integer any(List<Integer> files, Random random) {
        return files.get(random.nextInt(files.size()));
    }

    private static String report(Estate estate, Random random) {
        estate.file(
                "shop/models/revenue_r.sql",
                """
                {{ config(materialized='%s') }}
                select c.city, sum(r.revenue) as revenue, %d as factor
                from shop.revenue_day_d r join shop.customer_d c using (customer_key)
                group by all
                """
                        .formatted(random.nextBoolean() ? "table" : "view", random.nextInt(3)));
        return "a changed report";
    }

    private static String fact(Estate estate, Random random) {
        estate.file(
                "shop/models/order_f.sql",
                """
                {{ config(materialized='fact', event_time='ordered_at', grain='%s') }}
                select order_id, {{ surrogate_key('customer_id') }} as customer_key,
                  ordered_at, amount * %d as amount
                from shop.orders %s
                """
                        .formatted(
                                random.nextBoolean() ? "day" : "month",
                                1 + random.nextInt(3),
                                random.nextBoolean() ? "" : "where customer_id = 1"));
        return "a changed fact";
    }

    private static String orders(Estate estate, Random random, int file, String what) {
        estate.file(
                "landing/orders-" + file + ".csv",
                Shop.orders(1_000 * file, 1 + random.nextInt(20), 1 + random.nextInt(60))
                        + (random.nextBoolean() ? "" : 1_000 * file + 999 + ",1,,3.25\n"));
        return what + " of orders";
    }

    private static Estate visits(Estate estate) {
        return estate.file("web/sources.yml", VISITS)
                .file("landing/visits-1.csv", "id,seen\n1,2026-01-01 08:00:00\n")
                .file(
                        "web/models/visit_f.sql",
                        "{{ config(materialized='fact', event_time='seen', grain='day') }} select id, seen from web.visits")
                .file(
                        "web/models/visit_day_d.sql",
                        """
                        {{ config(materialized='day', event_time='day', entity='kind') }}
                        select 'order' as kind, cast(ordered_at as date) as day, count(*) as n from shop.orders group by all
                        union all
                        select 'visit', cast(seen as date), count(*) from {{ ref('visit_f') }} group by all
                        """);
    }

    /// Some have no time, some are rejected.
    private static String visits(Estate estate, Random random, int file, String what) {
        StringBuilder csv = new StringBuilder("id,seen\n");
        for (int i = random.nextInt(12); i > 0; i--) {
            String seen =
                    switch (random.nextInt(8)) {
                        case 0 -> "";
                        case 1 -> "today";
                        default ->
                                "2026-01-%02d %02d:00:00"
                                        .formatted(1 + random.nextInt(31), random.nextInt(24));
                    };
            csv.append(1_000 * file + i).append(',').append(seen).append('\n');
        }
        estate.file("landing/visits-" + file + ".csv", csv.toString());
        return what + " of visits";
    }

    private static String city(Random random) {
        return List.of("Lima", "Oslo", "Rome").get(random.nextInt(3));
    }

    /// The project with its keys, but without anything that was made of it.
    private static Estate copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String relative = from.relativize(file).toString();
                if (!relative.startsWith(".ade/") || relative.startsWith(".ade/keys")) {
                    Path target = to.resolve(relative);
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        return new Estate(to);
    }
}
