package dev.ade.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class OnceTest {
    private final AtomicInteger made = new AtomicInteger();

    @Test
    void is_not_made_before_somebody_asks() {
        Once<Integer> once = new Once<>(made::incrementAndGet);

        assertThat(made).hasValue(0);
        assertThat(once.get()).isEqualTo(1);
        assertThat(once.get()).isEqualTo(1);
    }

    @Test
    void is_made_once_for_all_threads() throws InterruptedException {
        CyclicBarrier start = new CyclicBarrier(4);
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        Once<Integer> once = new Once<>(made::incrementAndGet);

        var threads =
                IntStream.range(0, 4)
                        .mapToObj(_ ->
                                Thread.ofPlatform()
                                        .start(() -> {
                                            try {
                                                start.await();
                                            } catch (Exception e) {
                                                throw new IllegalStateException(e);
                                            }
                                            seen.add(once.get());
                                        }))
                        .toList();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(seen).containsExactly(1);
        assertThat(made).hasValue(1);
    }

    @Test
    void what_could_not_be_made_is_tried_again() {
        Once<Integer> once =
                new Once<>(() -> {
                    if (made.incrementAndGet() == 1) {
                        throw new IllegalStateException("not yet");
                    }
                    return made.get();
                });

        assertThatThrownBy(once::get)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("not yet");
        assertThat(once.get()).isEqualTo(2);
    }
}
