package dev.ade.project;

import dev.ade.project.Warnings.Noted;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Does the same with many things on several threads, so that nobody can tell from what comes out: results and
/// warnings are in the order of the things, and the error is that of the first that has one.
final class SideBySide {
    private static final int THREADS_MAX = 16;

    /// Fewer are not worth a thread.
    private static final int ITEMS_A_THREAD_MIN = 8;

    private final int threads;
    private final Warnings warnings;

    SideBySide(int threads, Warnings warnings) {
        this.threads = Math.clamp(threads, 1, THREADS_MAX);
        this.warnings = warnings;
    }

    <T, R> List<R> map(List<T> items, Function<T, R> work) {
        int wanted = Math.min(threads, items.size() / ITEMS_A_THREAD_MIN);
        if (wanted < 2) {
            return items.stream().map(work).toList();
        }
        Work<T, R> all = new Work<>(items, work);
        all.run(wanted);
        return all.results(warnings);
    }

    /// Waits however often it is interrupted: what the thread does is used right afterwards.
    private static void await(Thread thread) {
        boolean wasInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                wasInterrupted = true;
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private sealed interface Outcome<R> {
        record Done<R>(Noted<R> noted) implements Outcome<R> {}

        record Failed<R>(RuntimeException error) implements Outcome<R> {}

        record Broken<R>(Error error) implements Outcome<R> {}
    }

    /// One list that threads take from in order.
    private static final class Work<T, R> {
        private final List<T> items;
        private final Function<T, R> work;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicReferenceArray<@Nullable Outcome<R>> outcomes;
        private volatile boolean hasFailed;

        Work(List<T> items, Function<T, R> work) {
            this.items = List.copyOf(items);
            this.work = work;
            this.outcomes = new AtomicReferenceArray<>(items.size());
        }

        void run(int threads) {
            List<Thread> others = new ArrayList<>();
            for (int i = 1; i < threads; i++) {
                others.add(Thread.ofPlatform().daemon().name("ade-reading-" + i).start(this::take));
            }
            take();
            others.forEach(SideBySide::await);
        }

        /// What was taken is done to the end, so that all before the first error has been looked at.
        private void take() {
            while (!hasFailed) {
                int i = next.getAndIncrement();
                if (i >= items.size()) {
                    return;
                }
                T item = items.get(i);
                Outcome<R> outcome = outcome(() -> work.apply(item));
                outcomes.set(i, outcome);
                if (!(outcome instanceof Outcome.Done<R>)) {
                    hasFailed = true;
                }
            }
        }

        private static <R> Outcome<R> outcome(Supplier<R> work) {
            try {
                return new Outcome.Done<>(Warnings.aside(work));
            } catch (RuntimeException e) {
                return new Outcome.Failed<>(e);
            } catch (Error e) {
                return new Outcome.Broken<>(e);
            }
        }

        List<R> results(Warnings warnings) {
            List<R> results = new ArrayList<>(items.size());
            for (int i = 0; i < outcomes.length(); i++) {
                switch (outcomes.get(i)) {
                    case Outcome.Done<R>(var noted) -> {
                        warnings.addAll(noted.warnings());
                        results.add(noted.value());
                    }
                    case Outcome.Failed<R>(var error) -> throw error;
                    case Outcome.Broken<R>(var error) -> throw error;
                    case null -> throw new IllegalStateException("nobody did number " + i);
                }
            }
            return results;
        }
    }
}
