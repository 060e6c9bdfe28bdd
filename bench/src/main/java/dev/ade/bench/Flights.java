package dev.ade.bench;

import dev.ade.bench.Bench.Benchmark;
import dev.ade.bench.Bench.Place;
import dev.ade.duck.DuckEngine;
import dev.ade.model.Kind;
import dev.ade.model.Model;
import dev.ade.model.Settings.EngineSettings;
import dev.ade.model.Sql;
import dev.ade.model.SurrogateKey;
import dev.ade.model.TableName;
import dev.ade.project.Machine;
import dev.ade.project.ProjectReader;
import dev.ade.spi.Compiler.CompiledProject;
import dev.ade.spi.Compiler.Situation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/// The whole of `examples/flights`, from files to checked and published tables, against its bare SQL in DuckDB from
/// Parquet to Parquet: what ADE costs on top of the work itself.
final class Flights implements Benchmark {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);

    @Override
    public void run(Place place) throws IOException, InterruptedException {
        Path project = place.scratch().resolve("flights");
        Path out = place.scratch().resolve("out");
        Bench.copy(place.repository().resolve("examples/flights"), project);
        List<String> statements = statements(project, out);
        CommandLine ade = place.ade();
        List<Times> times =
                Times.inTurns(
                        ROUNDS,
                        () -> {
                            Bench.remove(project.resolve(".ade"));
                            return ade.run(project, "run");
                        },
                        () -> {
                            Bench.remove(out);
                            Files.createDirectories(out);
                            return RawSql.run(place.scratch(), statements);
                        });
        Times.compare("run of examples/flights", times.get(0), times.get(1), 1.5);
    }

    /// What the project does, without ADE: sources and models written as Parquet, each from those before.
    private static List<String> statements(Path project, Path out) {
        CompiledProject compiled = compile(project);
        Path landing = project.resolve("landing");
        List<String> statements = new ArrayList<>(List.of("create schema flights"));
        write(
                statements,
                out,
                "flights.flights",
                read("parquet", landing.resolve("flights-3m.parquet"), ""));
        write(
                statements,
                out,
                "flights.airports",
                read("csv", landing.resolve("airports.csv"), ", nullstr = 'NA'"));
        write(
                statements,
                out,
                "flights.weather",
                read("csv", landing.resolve("seattle-weather.csv"), ""));
        for (TableName name : ordered(compiled)) {
            Model model = compiled.project().models().get(name);
            if (model == null) {
                continue;
            }
            String query = compiled.compile(model, Situation.FROM_SCRATCH);
            switch (model.kind()) {
                case Kind.View _ ->
                        statements.add("create view %s as %s".formatted(name.quoted(), query));
                case Kind.Dimension dimension ->
                        write(statements, out, name.toString(), keyed(dimension, query));
                case Kind.Table _,
                        Kind.Incremental _,
                        Kind.Custom _,
                        Kind.Snapshot _,
                        Kind.Fact _,
                        Kind.Day _ ->
                        write(statements, out, name.toString(), query);
            }
        }
        return statements;
    }

    private static CompiledProject compile(Path project) {
        EngineSettings small =
                new EngineSettings(
                        1, 1L << 28, project, 1, 1, 1L << 27, Duration.ofMinutes(1), 1_000);
        try (DuckEngine engine = new DuckEngine(small)) {
            return new ProjectReader(new Machine(1, 1L << 28), engine::references, name -> null)
                    .read(project, "prod", Map.of());
        }
    }

    private static String keyed(Kind.Dimension dimension, String query) {
        List<String> key = dimension.naturalKey().stream().map(Sql::quote).toList();
        return "select %s as %s, * from (%s)"
                .formatted(SurrogateKey.sql(key), Sql.quote(dimension.surrogate()), query);
    }

    private static String read(String format, Path file, String options) {
        return "select * from read_%s(%s%s)"
                .formatted(format, Sql.literal(file.toString()), options);
    }

    private static void write(List<String> statements, Path out, String dataset, String query) {
        String file = Sql.literal(out.resolve(dataset + ".parquet").toString());
        statements.add("copy (%s) to %s (format parquet, compression zstd)".formatted(query, file));
        statements.add(
                "create view %s as from read_parquet(%s)"
                        .formatted(TableName.parse(dataset).quoted(), file));
    }

    private static SequencedSet<TableName> ordered(CompiledProject compiled) {
        SequencedSet<TableName> ordered = new LinkedHashSet<>();
        compiled.project().models().keySet().stream()
                .sorted()
                .forEach(name -> add(compiled, name, ordered));
        return ordered;
    }

    private static void add(
            CompiledProject compiled, TableName name, SequencedSet<TableName> ordered) {
        compiled.project().inputs(name).stream()
                .sorted()
                .forEach(input -> add(compiled, input, ordered));
        ordered.add(name);
    }
}
