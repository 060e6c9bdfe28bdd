package dev.ade.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SideBySideTest {
    private static final List<Integer> NUMBERS = IntStream.range(0, 200).boxed().toList();

    private final Warnings warnings = new Warnings();
    private final SideBySide four = new SideBySide(4, warnings);

    @Test
    void gives_results_and_warnings_in_the_order_of_the_things() {
        List<String> results =
                four.map(
                        NUMBERS,
                        number -> {
                            warnings.add("odd: " + number);
                            return "n" + number;
                        });

        assertThat(results).isEqualTo(NUMBERS.stream().map(number -> "n" + number).toList());
        assertThat(warnings).isEqualTo(NUMBERS.stream().map(number -> "odd: " + number).toList());
    }

    @Test
    void works_on_several_threads_at_once() {
        CyclicBarrier all = new CyclicBarrier(4);
        Set<String> threads = ConcurrentHashMap.newKeySet();

        four.map(
                NUMBERS,
                _ -> {
                    if (threads.add(Thread.currentThread().getName())) {
                        meet(all);
                    }
                    return "";
                });

        assertThat(threads).hasSize(4);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void throws_the_error_of_the_first_thing_that_has_one() {
        for (int round = 0; round < 50; round++) {
            assertThatThrownBy(() -> four.map(NUMBERS, SideBySideTest::failFrom20))
                    .isInstanceOf(AdeException.class)
                    .hasMessage("Cannot use 20: it is too many");
        }
    }

    private static String failFrom20(int number) {
        if (number >= 20) {
            throw AdeException.user("Cannot use %d: it is too many".formatted(number), "Use less");
        }
        return "";
    }

    @Test
    void takes_few_things_on_the_thread_that_asks() {
        List<Thread> threads = four.map(NUMBERS.subList(0, 5), _ -> Thread.currentThread());

        assertThat(threads).containsOnly(Thread.currentThread());
    }
}
