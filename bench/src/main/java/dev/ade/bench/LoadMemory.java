package dev.ade.bench;

import dev.ade.bench.Bench.Benchmark;
import dev.ade.bench.Bench.Place;
import dev.ade.testkit.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// The memory of a load of PostgreSQL, as Linux counts it (`VmHWM`): of a tenth of the rows, and of all.
final class LoadMemory implements Benchmark {
    private static final long ROWS = Long.getLong("bench.rows", 50_000_000);
    private static final String ENGINE = "1GB";

    @Override
    public void run(Place place) throws IOException, InterruptedException {
        for (long rows : List.of(ROWS / 10, ROWS)) {
            try (Postgres server = Postgres.start("max_wal_size=8GB", "shared_buffers=512MB")) {
                server.sql(LoadPostgres.visits(rows));
                measure(place, server, rows);
            }
        }
    }

    private static void measure(Place place, Postgres server, long rows)
            throws IOException, InterruptedException {
        Path project = place.scratch().resolve("shop" + rows);
        Files.createDirectories(project.resolve("shop"));
        Files.writeString(
                project.resolve("ade.yml"), "name: shop\nengine: {memory: %s}\n".formatted(ENGINE));
        Files.writeString(project.resolve("shop/sources.yml"), LoadPostgres.sources(server));
        CommandLine ade =
                new CommandLine(place.ade().command(), Map.of("SHOP_PASSWORD", Postgres.PASSWORD));
        AtomicLong peak = new AtomicLong();
        Thread watch = Thread.ofPlatform().daemon().start(() -> watch(peak));
        long start = System.nanoTime();
        ade.run(project, "run");
        double seconds = (System.nanoTime() - start) / 1e9;
        watch.interrupt();
        watch.join();
        IO.println(
                String.format(
                        Locale.ROOT,
                        "load of %,d rows of PostgreSQL, engine: {memory: %s}: at most %,d MB resident, %.1f s",
                        rows,
                        ENGINE,
                        peak.get() >> 10,
                        seconds));
        Bench.remove(project);
    }

    private static void watch(AtomicLong peak) {
        try {
            while (true) {
                ProcessHandle.current()
                        .descendants()
                        .filter(process ->
                                process.info()
                                        .command()
                                        .filter(it -> it.endsWith("/java"))
                                        .isPresent())
                        .mapToLong(process -> kilobytes(process.pid()))
                        .forEach(now -> peak.accumulateAndGet(now, Math::max));
                Thread.sleep(100);
            }
        } catch (InterruptedException _) {
            // The load has ended.
        }
    }

    /// The most that a process had so far; 0 once it is gone.
    private static long kilobytes(long process) {
        try {
            return Files.readAllLines(Path.of("/proc/" + process + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException _) {
            return 0;
        }
    }
}
