package dev.ade.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Runs benchmarks by name: `bench/run flights csv`. Everything is made in a folder of its own, which is
/// removed afterwards.
public final class Bench {
    /// One comparison; prints its figures.
    interface Benchmark {
        void run(Place place) throws IOException, InterruptedException;
    }

    /// @param repository folder with `ade` and `examples/`
    /// @param scratch an empty folder
    record Place(Path repository, Path scratch) {
        CommandLine ade() {
            return new CommandLine(repository.resolve("ade"));
        }
    }

    private static final Map<String, Benchmark> ALL =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("changes", new FollowChanges()),
                            Map.entry("csv", new LoadCsv()),
                            Map.entry("flights", new Flights()),
                            Map.entry("memory", new LoadMemory()),
                            Map.entry("models", new ManyModels()),
                            Map.entry("parse", new ReadProject()),
                            Map.entry("postgres", new LoadPostgres()),
                            Map.entry("profile", new Profiling()),
                            Map.entry("small", new SmallShop()),
                            Map.entry("startup", new StartUp()),
                            Map.entry("tpch", new Tpch())));

    private Bench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> names = arguments.length == 0 ? List.copyOf(ALL.keySet()) : List.of(arguments);
        for (String name : names) {
            Benchmark benchmark = ALL.get(name);
            if (benchmark == null) {
                throw new IllegalArgumentException(
                        "Cannot run benchmark '%s'. There are %s".formatted(name, ALL.keySet()));
            }
            Path scratch = Files.createTempDirectory("ade-bench-" + name);
            try {
                benchmark.run(new Place(repository(), scratch));
            } finally {
                remove(scratch);
            }
        }
    }

    private static Path repository() {
        for (Path folder = Path.of("").toAbsolutePath();
                folder != null;
                folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("ade"))) {
                return folder;
            }
        }
        throw new IllegalStateException("Cannot find ./ade: run inside the repository");
    }

    static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(file -> !isState(from.relativize(file))).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static boolean isState(Path file) {
        return file.startsWith(".ade");
    }
}
