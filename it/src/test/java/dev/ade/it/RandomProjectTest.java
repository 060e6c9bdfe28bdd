package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.spi.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever happens to a project, run by run, its tables are those that one run from scratch would make.
class RandomProjectTest {
    private static final int STEPS = 12;
    private static final List<String> TABLES =
            List.of(
                    "shop.customers",
                    "shop.orders",
                    "shop.customer_d",
                    "shop.order_f",
                    "shop.revenue_day_d",
                    "shop.revenue_r");

    private final List<Integer> ordersFiles = new ArrayList<>();
    private int customersFiles;

    @Test
    void many_runs_make_what_one_run_makes(@TempDir Path folder) throws IOException {
        long seed = System.nanoTime();
        System.out.println("RandomProjectTest seed " + seed);
        Random random = new Random(seed);
        Estate estate = Shop.withData(folder.resolve("grown"));
        estate.run();
        for (int step = 0; step < STEPS; step++) {
            String change = change(estate, random);
            assertThat(estate.run().state())
                    .as("seed %d, step %d: %s", seed, step, change)
                    .isIn(Lake.RunState.PUBLISHED, Lake.RunState.NOTHING_TO_DO);
            if (step % 4 == 3) {
                Estate fresh = copy(estate.root(), folder.resolve("fresh" + step));
                fresh.run();
                for (String table : TABLES) {
                    assertThat(rows(estate, table))
                            .as("seed %d, step %d: %s, then %s", seed, step, change, table)
                            .isEqualTo(rows(fresh, table));
                }
            }
        }
    }

    private static List<String> rows(Estate estate, String table) {
        String columns = table.endsWith("s") ? "* exclude (_loaded_at)" : "*";
        return estate.sql("select %s from %s order by all".formatted(columns, table));
    }

    private String change(Estate estate, Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> {
                int file = 2 + ordersFiles.size();
                ordersFiles.add(file);
                yield orders(estate, random, file, "a new file");
            }
            case 1 -> {
                if (ordersFiles.isEmpty()) {
                    yield "nothing";
                }
                int file = ordersFiles.get(random.nextInt(ordersFiles.size()));
                yield orders(estate, random, file, "a changed file");
            }
            case 2 -> {
                estate.file(
                        "landing/customers-%02d.csv".formatted(10 + customersFiles++),
                        "customer_id,email,city\n%d,x%d@example.org,%s\n"
                                .formatted(1 + random.nextInt(4), random.nextInt(9), city(random)));
                yield "more customers";
            }
            case 3 -> {
                estate.file(
                        "shop/models/revenue_r.sql",
                        """
                        {{ config(materialized='%s') }}
                        select c.city, sum(r.revenue) as revenue, %d as factor
                        from shop.revenue_day_d r join shop.customer_d c using (customer_key)
                        group by all
                        """
                                .formatted(
                                        random.nextBoolean() ? "table" : "view",
                                        random.nextInt(3)));
                yield "a changed report";
            }
            case 4 -> {
                estate.file(
                        "shop/models/order_f.sql",
                        """
                        {{ config(materialized='fact', event_time='ordered_at', grain='%s') }}
                        select order_id, {{ surrogate_key('customer_id') }} as customer_key,
                          ordered_at, amount * %d as amount
                        from shop.orders
                        """
                                .formatted(
                                        random.nextBoolean() ? "day" : "month",
                                        1 + random.nextInt(3)));
                yield "a changed fact";
            }
            default -> {
                estate.file(
                        "shop/models/customer_d.sql",
                        "-- "
                                + random.nextInt()
                                + "\n{{ config(materialized='dimension', natural_key='customer_id') }}\nselect customer_id, email, city from shop.customers");
                yield "a comment";
            }
        };
    }

    private static String orders(Estate estate, Random random, int file, String what) {
        estate.file(
                "landing/orders-" + file + ".csv",
                Shop.orders(1_000 * file, 1 + random.nextInt(20), 1 + random.nextInt(60)));
        return what + " of orders";
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
