package dev.ade.project.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigJsonTest {
    @Test
    void grants_are_lists_of_whom() {
        Map<String, Object> said =
                Map.of("grants", Map.of("select", "reporter", "+insert", List.of("a", "b")));

        assertThat(ConfigJson.node("table", said).get("grants"))
                .isEqualTo(Map.of("select", List.of("reporter"), "insert", List.of("a", "b")));
        assertThat(ConfigJson.node("table", Map.of()).get("grants")).isEqualTo(Map.of());
    }
}
