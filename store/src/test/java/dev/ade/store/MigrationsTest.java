package dev.ade.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.EnvironmentName;
import dev.ade.model.Fingerprint;
import dev.ade.model.RunId;
import dev.ade.model.Settings.MaintenanceSettings;
import dev.ade.model.TableName;
import dev.ade.spi.Batch;
import dev.ade.spi.CorrectedFile;
import dev.ade.spi.Environments.Environment;
import dev.ade.spi.Lake;
import dev.ade.spi.LakeView;
import dev.ade.spi.Vault;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Catalogs that earlier versions wrote.
class MigrationsTest {
    private static final String HASH = "'" + Fingerprint.of("x").hex() + "'";

    @Test
    void ledgers_of_the_first_version_are_kept(@TempDir Path folder) throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve("ade.db");
        writeFirstVersion(url);
        try (Lake lake = open(folder, url)) {
            LakeView prod = lake.read(EnvironmentName.PROD);
            TableName loaded = TableName.parse("shop.orders");

            assertThat(prod.batches(loaded))
                    .extracting(Batch::origin)
                    .containsExactly("a\\b\tc.csv", "d.csv");
            assertThat(prod.filled(TableName.parse("shop.order_f"))).hasSize(1);
            assertThat(lake.environments().list())
                    .containsExactly(
                            new Environment(
                                    EnvironmentName.PROD,
                                    Optional.empty(),
                                    Instant.EPOCH.plusSeconds(1)));
            assertThat(lake.readAfter(EnvironmentName.PROD, new RunId(2)).batches(loaded))
                    .hasSize(2);
            assertThatThrownBy(() -> lake.readAfter(EnvironmentName.PROD, new RunId(1)))
                    .hasMessageContaining("expired of shop.order_f, shop.orders");
        }
    }

    private static Lake open(Path folder, String url) {
        return new IcebergLake(
                folder.resolve("lake"),
                url,
                new MaintenanceSettings(8, Duration.ofDays(7), 5, Duration.ZERO, Optional.empty()),
                Clock.systemUTC(),
                Faults.NONE);
    }

    @Test
    void corrections_of_when_a_file_had_one_are_kept(@TempDir Path folder) throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve("ade.db");
        write(
                url,
                "CREATE TABLE correction (",
                "INSERT INTO correction VALUES ('shop', 'orders', %1$s, %1$s, 'a.csv', 1000000, 2, 'f.sealed', 'a2V5', 30, 40)"
                        .formatted(HASH));
        try (Lake lake = open(folder, url)) {
            Fingerprint hash = Fingerprint.of("x");
            assertThat(lake.vault().corrected())
                    .containsExactly(
                            new CorrectedFile(
                                    TableName.parse("shop.orders"),
                                    hash,
                                    hash,
                                    "a.csv",
                                    Instant.EPOCH.plusSeconds(1),
                                    "",
                                    2,
                                    new Vault.Sealed("f.sealed", "a2V5", 30, 40)));
        }
    }

    /// A catalog of the version that first had something, with a row.
    private static void write(String url, String first, String row) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE catalog_version (version INTEGER NOT NULL)");
            int version = 0;
            for (boolean isThere = false; !isThere; version++) {
                List<String> migration = Migrations.ALL.get(version);
                for (String sql : migration) {
                    statement.execute(sql);
                }
                isThere = migration.stream().anyMatch(sql -> sql.startsWith(first));
            }
            statement.execute("INSERT INTO catalog_version VALUES (%d)".formatted(version));
            statement.execute(row);
        }
    }

    private static void writeFirstVersion(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE catalog_version (version INTEGER NOT NULL)");
            statement.execute("INSERT INTO catalog_version VALUES (1)");
            for (String sql : Migrations.ALL.getFirst()) {
                statement.execute(sql);
            }
            for (int run = 1; run <= 2; run++) {
                statement.execute(
                        "INSERT INTO run VALUES (%1$d, 'prod', 'published', %1$d000000, %1$d000000, '', '', '', '', 0, 0)"
                                .formatted(run));
            }
            for (String name : List.of("orders", "order_f")) {
                statement.execute(
                        "INSERT INTO pointer VALUES ('prod', %s)".formatted(pointer(name, 2)));
                statement.execute(
                        "INSERT INTO publication VALUES ('prod', %s, 0)"
                                .formatted(pointer(name, 1)));
                statement.execute(
                        "INSERT INTO publication VALUES ('prod', %s, 0)"
                                .formatted(pointer(name, 2)));
            }
            for (String origin : List.of("d.csv", "a\\b\tc.csv")) {
                statement.execute(
                        "INSERT INTO batch VALUES ('prod', 'shop', 'orders', %1$s, '%2$s', 1, 2, %1$s, 3, 4, 4, 0, '')"
                                .formatted(HASH, origin));
            }
            statement.execute(
                    "INSERT INTO filled VALUES ('prod', 'shop', 'order_f', '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', %s, 5)"
                            .formatted(HASH));
        }
    }

    private static String pointer(String name, int run) {
        return "'shop', '%1$s', 'VIEW', '', 'select 1', '', %2$s, %2$s, 0, -1, 0, 0, %3$d, %3$d000000, ''"
                .formatted(name, HASH, run);
    }
}
