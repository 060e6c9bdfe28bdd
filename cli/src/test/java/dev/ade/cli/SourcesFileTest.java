package dev.ade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesFileTest {
    private static final TableName ORDERS = TableName.parse("shop.orders");
    private static final String DECLARATION =
            """
            sources:
              - name: shop
                tables:
                  - name: orders
                    load: {files: "landing/orders-*.csv"}
                    columns:
                      - {name: order_id, data_type: bigint}
            """;

    @TempDir private Path folder = Path.of("");

    private String added(String before) throws IOException {
        Path file = folder.resolve("shop/sources.yml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, before);
        new SourcesFile(file).add(ORDERS, DECLARATION);
        return Files.readString(file);
    }

    @Test
    void a_new_file_is_the_declaration() throws IOException {
        Path file = folder.resolve("new/sources.yml");

        new SourcesFile(file).add(ORDERS, DECLARATION);

        assertThat(file).hasContent(DECLARATION);
        assertThat(folder.resolve("new").toFile().list()).containsExactly("sources.yml");
    }

    @Test
    void a_table_joins_those_of_its_domain_and_comments_stay() throws IOException {
        String text =
                added(
                        """
                        # ours
                        sources:
                          - name: shop # the shop
                            tables:
                              - name: customers
                                load: {files: "c.csv"}   # daily

                        # the end
                        models: []
                        """);

        assertThat(text)
                .isEqualTo(
                        """
                        # ours
                        sources:
                          - name: shop # the shop
                            tables:
                              - name: customers
                                load: {files: "c.csv"}   # daily
                              - name: orders
                                load: {files: "landing/orders-*.csv"}
                                columns:
                                  - {name: order_id, data_type: bigint}

                        # the end
                        models: []
                        """);
    }

    @Test
    void other_indents_are_kept() throws IOException {
        String text =
                added(
                        """
                        sources:
                        - name: shop
                          tables:
                          - name: customers
                            load: {files: "c.csv"}
                        - name: other
                          tables: []
                        """);

        assertThat(text)
                .isEqualTo(
                        """
                        sources:
                        - name: shop
                          tables:
                          - name: customers
                            load: {files: "c.csv"}
                          - name: orders
                            load: {files: "landing/orders-*.csv"}
                            columns:
                              - {name: order_id, data_type: bigint}
                        - name: other
                          tables: []
                        """);
    }

    @Test
    void another_domain_gets_an_item_of_its_own() throws IOException {
        String text =
                added(
                        """
                        sources:
                            - name: crm
                              tables:
                                  - name: people
                        """);

        assertThat(text)
                .isEqualTo(
                        """
                        sources:
                            - name: crm
                              tables:
                                  - name: people
                            - name: shop
                              tables:
                                - name: orders
                                  load: {files: "landing/orders-*.csv"}
                                  columns:
                                    - {name: order_id, data_type: bigint}
                        """);
    }

    @Test
    void a_file_of_other_things_gets_sources() throws IOException {
        assertThat(added("models: []\n")).isEqualTo("models: []\n\n" + DECLARATION);
    }

    @Test
    void sources_in_one_line_are_left_alone() {
        assertThatThrownBy(() -> added("sources: [{name: shop}]\n"))
                .isInstanceOf(AdeException.class)
                .hasMessageContaining("its sources are written in one line");
        assertThat(folder.resolve("shop/sources.yml")).hasContent("sources: [{name: shop}]\n");
    }
}
