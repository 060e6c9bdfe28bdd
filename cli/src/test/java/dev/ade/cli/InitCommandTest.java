package dev.ade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void makes_a_project_and_says_what_is_next() {
        TestShell shell = TestShell.closed();
        Path project = folder.resolve("My-Project");

        assertThat(shell.run("init", project.toString())).isZero();

        assertThat(project.resolve("ade.yml")).content().contains("name: my_project\n");
        assertThat(project.resolve(".gitignore")).hasContent(".ade/\n");
        assertThat(project.resolve("shop/sources.yml"))
                .content()
                .contains("card_number, privacy: drop");
        assertThat(project.resolve("shop/models/order_f.sql")).isRegularFile();
        assertThat(shell.out())
                .contains("ade run -p " + project, "ade privacy report -p " + project);
    }

    @Test
    void never_overwrites() throws IOException {
        Files.writeString(folder.resolve("ade.yml"), "name: mine\n");
        TestShell shell = TestShell.closed();

        assertThat(shell.run("init", folder.toString())).isEqualTo(2);

        assertThat(shell.err()).contains("ade.yml is there already", "ade init my-project");
        assertThat(folder.resolve("ade.yml")).hasContent("name: mine\n");
        assertThat(folder.resolve("shop")).doesNotExist();
    }
}
