package dev.ade.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/// What the same thing took when it was done several times, in seconds: on the clock, and of the processors, which
/// other programs of the machine hardly change.
///
/// @param cpu as many as of the clock, or none where it was not measured
record Times(List<Double> clock, List<Double> cpu) {
    /// Something to be timed.
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    /// A process to be timed.
    interface Command {
        CommandLine.Ended run() throws IOException, InterruptedException;
    }

    Times {
        clock = List.copyOf(clock);
        cpu = List.copyOf(cpu);
    }

    /// Does them in turns, so that what else the machine does falls on all.
    static List<Times> inTurns(int rounds, Command... commands)
            throws IOException, InterruptedException {
        List<List<Double>> clocks = lists(commands.length);
        List<List<Double>> cpus = lists(commands.length);
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < commands.length; i++) {
                long start = System.nanoTime();
                cpus.get(i).add(commands[i].run().cpuSeconds());
                clocks.get(i).add((System.nanoTime() - start) / 1e9);
            }
        }
        List<Times> times = new ArrayList<>();
        for (int i = 0; i < commands.length; i++) {
            times.add(new Times(clocks.get(i), cpus.get(i)));
        }
        return times;
    }

    /// The same within this process.
    static List<Times> hereInTurns(int rounds, Work... works)
            throws IOException, InterruptedException {
        List<List<Double>> clocks = lists(works.length);
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < works.length; i++) {
                long start = System.nanoTime();
                works[i].run();
                clocks.get(i).add((System.nanoTime() - start) / 1e9);
            }
        }
        return clocks.stream().map(clock -> new Times(clock, List.of())).toList();
    }

    private static List<List<Double>> lists(int number) {
        List<List<Double>> lists = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            lists.add(new ArrayList<>());
        }
        return lists;
    }

    double median() {
        return median(clock);
    }

    private static double median(List<Double> seconds) {
        double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int half = sorted.length / 2;
        return DoubleStream.of(Arrays.copyOfRange(sorted, (sorted.length - 1) / 2, half + 1))
                .average()
                .orElse(0);
    }

    private static double least(List<Double> seconds) {
        return seconds.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    }

    @Override
    public String toString() {
        String text =
                String.format(
                        Locale.ROOT,
                        "%.2f s, least %.2f of %d",
                        median(clock),
                        least(clock),
                        clock.size());
        return cpu.isEmpty()
                ? text
                : text + String.format(Locale.ROOT, ", %.2f s of CPU", median(cpu));
    }

    /// Prints both and what the first is of the second.
    static void compare(String what, Times ade, Times baseline, double limit) {
        String text =
                String.format(
                        Locale.ROOT,
                        "%s:%n  ade %s%n  baseline %s%n  ratio %.2f, of the least %.2f (at most %.2f)",
                        what,
                        ade,
                        baseline,
                        median(ade.clock) / median(baseline.clock),
                        least(ade.clock) / least(baseline.clock),
                        limit);
        IO.println(
                ade.cpu.isEmpty()
                        ? text
                        : text
                                + String.format(
                                        Locale.ROOT,
                                        ", of CPU %.2f",
                                        median(ade.cpu) / median(baseline.cpu)));
    }

    /// Prints a time and what it may be.
    void print(String what, double limit) {
        IO.println(String.format(Locale.ROOT, "%s: %s (at most %.2f s)", what, this, limit));
    }
}
