package dev.ade.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MavenCoordinateTest {
    @Test
    void a_coordinate_is_read_and_written() {
        assertThat(MavenCoordinate.of(" org.postgresql:postgresql:42.7.13 "))
                .hasToString("org.postgresql:postgresql:42.7.13")
                .extracting(MavenCoordinate::version)
                .isEqualTo("42.7.13");
        assertThat(MavenCoordinate.of("a.b:c:1:linux-x86_64").classifier())
                .contains("linux-x86_64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0-SNAPSHOT", "[1,2)", "(,2]", "LATEST", "RELEASE", "1.+"})
    void a_version_that_moves_is_refused(String version) {
        assertThatThrownBy(() -> MavenCoordinate.of("a:b:" + version))
                .hasMessage(
                        "Cannot use library a:b:%s: '%s' is not one version"
                                .formatted(version, version));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a:b",
                "a:b:",
                ":b:1",
                "a:b:1:c:d",
                "a/x:b:1",
                "a:..:1",
                "a:b:<x>",
                "-a:b:1"
            })
    void anything_else_is_no_coordinate(String text) {
        assertThatThrownBy(() -> MavenCoordinate.of(text))
                .hasMessage("Cannot use library '%s': it is no Maven coordinate".formatted(text));
    }
}
