package dev.ade.bench;

import dev.ade.bench.Bench.Benchmark;
import dev.ade.bench.Bench.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How long it takes to read a large dbt project, whole processes: never read before, unchanged since, and with one
/// model changed. `ade doctor` reads all of it and does little else.
final class ReadProject implements Benchmark {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final String CHANGED = "models/area_07/m_0047.sql";

    @Override
    public void run(Place place) throws IOException, InterruptedException {
        Path project = place.scratch().resolve("company");
        DbtProject.write(project);
        CommandLine ade = place.ade();
        Times.inTurns(
                        ROUNDS,
                        () -> {
                            Bench.remove(project.resolve(".ade"));
                            return read(ade, project);
                        })
                .getFirst()
                .print("reading 1,600 models and 5,000 tests for the first time", 5);
        Times.inTurns(ROUNDS, () -> read(ade, project)).getFirst().print("unchanged", 1);
        Times.inTurns(
                        ROUNDS,
                        () -> {
                            Path file = project.resolve(CHANGED);
                            Files.writeString(file, Files.readString(file) + "--\n");
                            return read(ade, project);
                        })
                .getFirst()
                .print("one model changed", 1);
    }

    private static CommandLine.Ended read(CommandLine ade, Path project)
            throws IOException, InterruptedException {
        CommandLine.Ended ended = ade.run(project, "doctor");
        if (!ended.output().contains("1,600 models, 5,000 checks")) {
            throw new IllegalStateException(ended.output());
        }
        return ended;
    }
}
