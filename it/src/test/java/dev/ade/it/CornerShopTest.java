package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import dev.ade.model.EnvironmentName;
import dev.ade.model.Exposure;
import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.run.StepResult;
import dev.ade.spi.Checker;
import dev.ade.spi.Lake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole dbt project, with nothing of ADE's own in it.
class CornerShopTest {
    private static final Path PROJECT = Path.of("src/test/resources/corner_shop");

    private Path root;

    @BeforeEach
    void copy_the_project(@TempDir Path folder) {
        root = folder;
        try (Stream<Path> files = Files.walk(PROJECT)) {
            files.filter(Files::isRegularFile).forEach(this::copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copy(Path file) {
        Path target = root.resolve(PROJECT.relativize(file));
        try {
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Ade open() {
        return Ade.open(new Ade.Options(root, EnvironmentName.PROD, Map.of()));
    }

    private RunReport run() {
        try (Ade ade = open()) {
            return ade.run(Estate.request(), RunListener.NONE);
        }
    }

    private List<String> sql(String select) {
        try (Ade ade = open()) {
            return Estate.sql(ade, select, new Ade.ReadPoint.Now());
        }
    }

    @Test
    void runs_unchanged() throws IOException {
        RunReport report = run();

        assertThat(report.results()).extracting(StepResult::message).containsOnly("");
        assertThat(report.state()).isEqualTo(Lake.RunState.PUBLISHED);
        assertThat(report.results().stream().flatMap(it -> it.checks().stream()))
                .hasSize(8)
                .allSatisfy(it -> assertThat(it.outcome()).isEqualTo(Checker.Outcome.PASS));
        assertThat(
                        sql(
                                "select customer_id, first_order, orders, lifetime_value from corner_shop.customers order by 1"))
                .containsExactly("1|2026-01-01|2|24.50", "2|2026-01-06|1|20.00", "3|null|0|0.00");
        assertThat(
                        sql(
                                "select order_id, card_amount, cash_amount, total from corner_shop.orders order by 1"))
                .containsExactly("1|12.50|3.00|15.50", "2|9.00|0.00|9.00", "3|0.00|20.00|20.00");
        try (Ade ade = open()) {
            assertThat(ade.project().exposures())
                    .extracting(Exposure::name)
                    .containsExactly("shop_board");
        }
        assertThat(run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
        Files.writeString(
                root.resolve("seeds/raw_orders.csv"),
                "id,customer,ordered_on,state\n1,1,2026-01-01,returned\n2,1,2026-01-05,returned\n3,2,2026-01-06,sent\n");
        run();
        assertThat(
                        sql(
                                "select id, state, dbt_valid_to is null from snapshots.orders_history order by id, dbt_valid_from"))
                .containsExactly(
                        "1|sent|false", "1|returned|true", "2|returned|true", "3|sent|true");
    }
}
