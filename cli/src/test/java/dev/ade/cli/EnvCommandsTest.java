package dev.ade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person does with environments, from one to the end of it.
class EnvCommandsTest {
    @TempDir private Path folder = Path.of("");

    private String project = "";

    @BeforeEach
    void run_in_prod() throws IOException {
        project = folder.toString();
        Files.writeString(folder.resolve("ade.yml"), "name: small\n");
        write("select 1 as id, 'a' as name");
        succeeds("run");
    }

    private void write(String select) throws IOException {
        Path file = folder.resolve("shop/models/one.sql");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "{{ config(materialized='incremental', unique_key='id', incremental_strategy='merge') }}\n"
                        + select);
    }

    private TestShell run(int status, Map<String, String> environment, String... arguments) {
        TestShell shell = new TestShell(Ade::open, "", environment);
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "-p";
        all[arguments.length + 1] = project;
        assertThat(shell.run(all)).as(shell.out() + shell.err()).isEqualTo(status);
        return shell;
    }

    private String succeeds(String... arguments) {
        return run(0, Map.of(), arguments).out();
    }

    private String fails(int status, String... arguments) {
        return run(status, Map.of(), arguments).err();
    }

    private static String squeezed(String text) {
        return text.replaceAll("[ \\n]+", " ");
    }

    @Test
    void from_create_to_drop() throws IOException {
        assertThat(succeeds("env", "create", "dev"))
                .isEqualTo(
                        "Environment dev reads 1 dataset of prod. Work in it with -e dev, or export ADE_ENV=dev.\n");
        write("select 2 as id, 'b' as name, true as is_new");
        succeeds("run", "-e", "dev");

        assertThat(squeezed(succeeds("env", "list")))
                .contains("prod (default) 1 ", "dev prod 1 1 0 ");
        assertThat(squeezed(succeeds("env", "diff", "dev")))
                .contains("shop.one 1 1 1 1 0 id +is_new BOOLEAN")
                .endsWith(
                        "1 dataset differs between dev and prod, 0 are the same (under the same version). ");
        assertThat(squeezed(succeeds("env", "diff", "dev", "prod", "--json")))
                .contains(
                        "\"outcome\" : \"different\"",
                        "\"added\" : 1",
                        "\"matched_by\" : [ \"id\" ]");
        assertThat(squeezed(succeeds("env", "promote", "dev", "--plan")))
                .contains("shop.one replaced 1 → 1 2")
                .contains("This was a plan: 1 dataset would move into prod");
        assertThat(squeezed(succeeds("env", "promote", "dev", "--json")))
                .contains("\"into\" : \"prod\", \"run_id\" : 3, \"plan\" : false");
        assertThat(succeeds("run")).startsWith("Nothing to do");
        assertThat(succeeds("env", "rollback", "prod", "--to", "1"))
                .endsWith("Run 4 published 1 dataset in prod; nothing was computed.\n");
        assertThat(succeeds("sql", "from shop.one", "--format", "csv")).isEqualTo("id,name\n1,a\n");
        assertThat(succeeds("env", "refresh", "dev")).contains("shop.one");
        assertThat(fails(2, "env", "drop", "dev"))
                .isEqualTo(
                        """
                        error: Cannot drop environment dev unasked: nobody is at the keyboard
                          Say that it is meant: ade env drop dev --yes
                        """);
        assertThat(succeeds("env", "drop", "dev", "--yes")).isEqualTo("Environment dev is gone.\n");
    }

    @Test
    void the_environment_comes_from_the_option_then_the_variable_then_ade_yml() throws IOException {
        succeeds("env", "create", "dev");
        Map<String, String> dev = Map.of("ADE_ENV", "dev");

        assertThat(run(0, dev, "status").out()).startsWith("Environment dev\n");
        assertThat(run(0, dev, "status", "-e", "prod").out()).startsWith("dataset ");
        assertThat(squeezed(run(0, Map.of("ADE_ENV", " "), "status", "--json").out()))
                .startsWith("{ \"environment\" : \"prod\"");
        Files.writeString(folder.resolve("ade.yml"), "name: small\nenvironment: dev\n");
        assertThat(squeezed(succeeds("status", "--json")))
                .startsWith("{ \"environment\" : \"dev\"");
        assertThat(run(2, Map.of("ADE_ENV", "tset"), "status").err())
                .isEqualTo(
                        """
                        error: Cannot use environment tset: there is none of that name; there are dev, prod
                          Make it with ade env create tset
                        """);
    }

    @Test
    void conflicts_and_what_is_wrong_have_their_exit_status() throws IOException {
        succeeds("env", "create", "dev");
        write("select 2 as id, 'b' as name");
        succeeds("run", "-e", "dev");
        write("select 3 as id, 'c' as name");
        succeeds("run");

        assertThat(fails(3, "env", "promote", "dev"))
                .startsWith(
                        "error: Cannot promote dev to prod: since dev was made, prod has published what dev changed too: shop.one (run 3)\n");
        assertThat(fails(2, "env", "drop", "prod", "--yes"))
                .startsWith("error: Cannot drop environment prod: it is the default one\n");
        assertThat(fails(2, "env", "create", "dev"))
                .startsWith("error: Cannot create environment dev: there is one of that name\n");
        assertThat(fails(2, "env", "diff", "dev", "--sample", "0%"))
                .startsWith("error: Cannot compare a sample of 0.0 %\n");
        TestShell nothing = TestShell.closed();
        assertThat(nothing.run("env")).isEqualTo(2);
        assertThat(nothing.err()).startsWith("error: Missing: list, create, diff, promote");
    }
}
