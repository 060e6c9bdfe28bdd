package dev.ade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `ade parse` says of loads from systems that are not there.
class ParseLoadsTest {
    @TempDir private Path folder = Path.of("");

    /// What it prints beside counts.
    private String parsed(String load, int exitStatus) throws IOException {
        Path file = folder.resolve("shop/sources.yml");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "sources: [{name: shop, tables: [{name: orders, load: {%s}}]}]\n".formatted(load));
        TestShell shell = new TestShell(Ade::open);
        assertThat(shell.run("parse", "-p", folder.toString()))
                .as(load + "\n" + shell.err())
                .isEqualTo(exitStatus);
        return shell.err();
    }

    private void wrong(String load, String message) throws IOException {
        assertThat(parsed(load, 2)).contains("Cannot load shop.orders: ", message, "sources.yml:1");
    }

    @Test
    void tells_what_is_wrong_with_each_kind() throws IOException {
        String jdbc = "jdbc: 'jdbc:postgresql://none.invalid/shop', table: a, mode: append";
        wrong(jdbc + ", cursor: id, rows_per_run: -1", "rows_per_run is not a number from 1");
        wrong(jdbc + ", cursor: [id, at]", "cursor is not a text");
        wrong(jdbc + ", cursor: id, colour: red", "load has no key colour");
        wrong(jdbc, "mode append needs a column that says what is new");
        wrong(
                "cdc: 'jdbc:mariadb://none.invalid/shop', table: a, publication: p",
                "only PostgreSQL has publications");
        wrong("rest: 'https://none.invalid/orders', mode: append", "mode append without since");
        wrong("singer: tap-none, timeout_minutes: soon", "timeout_minutes is no number of minutes");
        wrong("ade: ../other, mode: append", "another project's dataset cannot be appended to");
        wrong(
                "iceberg: 'https://none.invalid', table: orders",
                "'orders' is no table of a catalog");
    }

    @Test
    void needs_no_secrets_and_asks_nobody() throws IOException {
        String unset = "${ADE_TEST_UNSET}";
        String jdbc = "jdbc: '%s', table: a, user: '" + unset + "', password: '" + unset + "'";
        assertThat(parsed(jdbc.formatted("jdbc:postgresql://none.invalid/shop"), 0)).isEmpty();
        wrong(
                jdbc.formatted("jdbc:postgresql://none.invalid/shop") + ", rate: 0",
                "rate is not a number from 1");
        assertThat(parsed("rest: 'https://none.invalid/a', auth: {bearer: '" + unset + "'}", 0))
                .isEmpty();
    }

    @Test
    void leaves_a_load_alone_of_which_a_variable_says_more() throws IOException {
        assertThat(parsed("cdc: '${ADE_TEST_UNSET}', table: a", 0)).isEmpty();
    }
}
