package dev.ade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShellTest {
    private static String command(String... arguments) {
        return TestShell.closed().shell(arguments).command();
    }

    @Test
    void the_record_says_what_was_typed() {
        assertThat(command("run", "-s", "tag:nightly +a", "--full-refresh"))
                .isEqualTo("ade run -s \"tag:nightly +a\" --full-refresh");
    }

    @Test
    void values_of_variables_are_not_recorded() {
        assertThat(command("run", "--var", "token=hunter2", "--var=key=hunter3", "x"))
                .isEqualTo("ade run --var token=… --var=key=… x");
        assertThat(command("run", "--vars", "{token: hunter2}")).doesNotContain("hunter");
    }
}
