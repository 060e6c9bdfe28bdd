package dev.ade.project.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PlainTest {
    @Test
    void values_come_back_as_they_were() throws IOException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("text", "größer 🦆");
        map.put("nothing", null);
        map.put("whole", 1L << 40);
        map.put("small", 7);
        map.put("number", -0.5);
        map.put("truth", List.of(true, false));

        assertThat(Plain.value(Plain.bytes(map).orElseThrow())).isEqualTo(map);
    }

    @Test
    void other_values_give_other_bytes() {
        List<@Nullable Object> all =
                Arrays.asList(
                        null,
                        "",
                        "1",
                        1,
                        1L,
                        1.0,
                        true,
                        false,
                        List.of(),
                        Map.of(),
                        List.of("1"),
                        Map.of("1", ""));

        assertThat(all.stream().map(it -> Arrays.toString(Plain.bytes(it).orElseThrow())))
                .doesNotHaveDuplicates();
    }

    @Test
    void what_is_not_plain_has_no_bytes() {
        List<Object> circle = new ArrayList<>();
        circle.add(circle);

        assertThat(Plain.bytes(BigDecimal.ONE)).isEmpty();
        assertThat(Plain.bytes(List.of(Map.of(1, 2)))).isEmpty();
        assertThat(Plain.bytes(circle)).isEmpty();
    }

    @Test
    void bytes_of_nobody_are_refused() {
        assertThatThrownBy(() -> Plain.value(new byte[] {99}))
                .isInstanceOf(IOException.class)
                .hasMessage("there is no such kind of value");
        assertThatThrownBy(() -> Plain.value(new byte[] {1, 127, 0, 0, 0}))
                .isInstanceOf(IOException.class)
                .hasMessage("it ends too early");
    }

    @Test
    void random_bytes_give_a_value_or_an_io_error() {
        long seed = 7;
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] =
                        (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : random.nextInt(9));
            }
            try {
                Plain.value(bytes);
            } catch (IOException expected) {
                assertThat(expected).as("seed %d", seed).isNotNull();
            }
        }
    }
}
