package dev.ade.run.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextDiffTest {
    @Test
    void equal_texts_have_no_difference() {
        assertThat(TextDiff.of(List.of("a\nb"), List.of("a\nb"))).isEmpty();
    }

    @Test
    void lines_that_go_and_come_stand_among_what_stays() {
        assertThat(TextDiff.of(List.of("a\nb\nc"), List.of("a\nx\nc")))
                .containsExactly("@@ -1,3 +1,3 @@", " a", "-b", "+x", " c");
    }

    @Test
    void a_query_that_is_new_beside_another_is_all_new() {
        assertThat(TextDiff.of(List.of("a"), List.of("a", "b"))).endsWith("+b");
    }
}
