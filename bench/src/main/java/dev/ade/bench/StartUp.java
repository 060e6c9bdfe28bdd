package dev.ade.bench;

import dev.ade.bench.Bench.Benchmark;
import dev.ade.bench.Bench.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// How long the smallest question and a run with nothing to do take, whole processes.
final class StartUp implements Benchmark {
    private static final int ROUNDS = 11;

    @Override
    public void run(Place place) throws IOException, InterruptedException {
        Path project = place.scratch().resolve("flights");
        Bench.copy(place.repository().resolve("examples/flights"), project);
        CommandLine ade = place.ade();
        ade.run(project, "run");
        List<Times> times =
                Times.inTurns(
                        ROUNDS,
                        () -> ade.run(project, "sql", "select 1"),
                        () -> ade.run(project, "run"),
                        () -> ade.run(project, "plan"));
        times.get(0).print("ade sql \"select 1\"", 0.5);
        times.get(1).print("ade run with nothing to do", 1);
        times.get(2).print("ade plan with nothing to do", 1);
    }
}
