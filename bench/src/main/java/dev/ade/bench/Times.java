package dev.ade.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Wall times of the same thing done several times, in seconds.
record Times(List<Double> seconds) {
    /// Something to be timed.
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    Times {
        seconds = List.copyOf(seconds);
    }

    /// Does the two in turns, so that what else the machine does falls on both.
    static List<Times> inTurns(int rounds, Work... works) throws IOException, InterruptedException {
        List<List<Double>> seconds = new ArrayList<>();
        Arrays.stream(works).forEach(work -> seconds.add(new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < works.length; i++) {
                seconds.get(i).add(time(works[i]));
            }
        }
        return seconds.stream().map(Times::new).toList();
    }

    static double time(Work work) throws IOException, InterruptedException {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    double median() {
        List<Double> sorted = seconds.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double least() {
        return seconds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%.2f s (least %.2f of %d)", median(), least(), seconds.size());
    }

    /// Prints both and what the first is of the second.
    static void compare(String what, Times ade, Times baseline, double limit) {
        IO.println(
                String.format(
                        Locale.ROOT,
                        "%s: ade %s, baseline %s: ratio %.2f (at most %.2f)",
                        what,
                        ade,
                        baseline,
                        ade.median() / baseline.median(),
                        limit));
    }

    /// Prints a time and what it may be.
    void print(String what, double limit) {
        IO.println(String.format(Locale.ROOT, "%s: %s (at most %.2f s)", what, this, limit));
    }
}
