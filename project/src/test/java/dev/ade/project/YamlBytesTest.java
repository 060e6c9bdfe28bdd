package dev.ade.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class YamlBytesTest {
    private static final String TEXT =
            """
            models:
              - name: orders # a comment
                description: "größer als {{ doc('x') }}"
                config: {tags: [a, a, 1, -2.5, true, no, null, ~, 0x1F, '1'], when: 2026-01-01}
                columns:
                  - &key {name: id, data_tests: [unique]}
                  - {<<: *key, name: other}
              - {}
              - []
            empty:
            """;

    private static byte[] bytes(String text) {
        return YamlBytes.of(Yaml.parse("a.yml", text));
    }

    @Test
    void a_tree_comes_back_with_all_its_places() {
        assertThat(YamlBytes.read("a.yml", bytes(TEXT))).isEqualTo(Yaml.parse("a.yml", TEXT));
    }

    @Test
    void entries_keep_their_order() {
        String text = "{z: 1, a: 2, m: 3}";

        assertThat(((Yaml.Entries) YamlBytes.read("a.yml", bytes(text)).orElseThrow()).entries())
                .containsOnlyKeys("z", "a", "m")
                .extractingFromEntries(java.util.Map.Entry::getKey)
                .containsExactly("z", "a", "m");
    }

    @Test
    void a_file_that_says_nothing_comes_back_as_that() {
        assertThat(YamlBytes.read("a.yml", bytes("# nothing\n"))).isEqualTo(Optional.empty());
    }

    @Test
    void damaged_bytes_are_refused_or_give_another_tree() {
        byte[] whole = bytes(TEXT);
        assertThatThrownBy(() -> YamlBytes.read("a.yml", Arrays.copyOf(whole, whole.length - 9)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it ends too early");
        long seed = 11;
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 5_000; round++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(YamlBytes.read("a.yml", damaged)).as("seed %d", seed).isNotNull();
            } catch (IllegalArgumentException expected) {
                assertThat(expected).as("seed %d", seed).hasMessageMatching(".+");
            }
        }
    }
}
