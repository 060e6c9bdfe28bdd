package dev.ade.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Mode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionsTest {
    private Folder folder;

    @BeforeEach
    void make(@TempDir Path root) {
        folder = new Folder(root.resolve("estate"));
        folder.file(
                "ade.yml",
                """
                name: estate
                connections:
                  warehouse: {url: "jdbc:postgresql://db/shop", user: ade, password: "${DB_PASSWORD}"}
                  lakehouse: {iceberg: "https://catalog.example", credential: "${LAKE_CREDENTIAL}"}
                """);
    }

    @AfterEach
    void close() {
        folder.close();
    }

    private void load(String load) {
        folder.file(
                "shop/sources.yml",
                """
                sources:
                  - name: shop
                    tables:
                      - {name: orders, load: %s}
                """
                        .formatted(load));
    }

    @Test
    void a_load_says_what_its_connection_says_and_more() {
        load(
                "{connection: warehouse, table: public.orders, mode: append, cursor: id, user: other}");

        LoadSpec.Outside read = (LoadSpec.Outside) folder.source("shop.orders").load();

        assertThat(read.system()).isEqualTo(LoadSpec.SystemKind.JDBC);
        assertThat(read.mode()).isEqualTo(Mode.APPEND);
        assertThat(read.settings())
                .isEqualTo(
                        Map.of(
                                "connection",
                                "warehouse",
                                "jdbc",
                                "jdbc:postgresql://db/shop",
                                "user",
                                "other",
                                "password",
                                "${DB_PASSWORD}",
                                "table",
                                "public.orders",
                                "cursor",
                                "id"));
    }

    @Test
    void a_connection_may_be_to_a_catalog() {
        load("{connection: lakehouse, table: sales.orders}");

        LoadSpec.Outside read = (LoadSpec.Outside) folder.source("shop.orders").load();

        assertThat(read.system()).isEqualTo(LoadSpec.SystemKind.ICEBERG);
        assertThat(read.settings())
                .isEqualTo(
                        Map.of(
                                "connection",
                                "lakehouse",
                                "iceberg",
                                "https://catalog.example",
                                "credential",
                                "${LAKE_CREDENTIAL}",
                                "table",
                                "sales.orders"));
    }

    @Test
    void another_name_is_refused() {
        load("{connection: wharehouse, table: orders}");

        assertThatThrownBy(() -> folder.source("shop.orders"))
                .hasMessageContaining(
                        "Cannot load from connection wharehouse: ade.yml has none of that name");
    }
}
