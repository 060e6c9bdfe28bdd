package dev.ade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineageCommandTest {
    @TempDir private Path project;

    @BeforeEach
    void write() throws IOException {
        file("ade.yml", "name: shop\n");
        file(
                "shop/sources.yml",
                """
                sources:
                  - name: shop
                    tables:
                      - name: orders
                        load: {files: "*.csv"}
                        columns:
                          - {name: id, data_type: bigint}
                          - {name: email, privacy: {class: email, treat: pseudonym}}
                          - {name: amount, data_type: "decimal(10,2)"}
                """);
        file(
                "shop/models/order_f.sql",
                "select id, email as buyer, amount * 2 as amount from shop.orders where id > 3");
        file(
                "shop/models/total_r.sql",
                "select buyer, sum(amount) as total from shop.order_f group by all");
    }

    private void file(String path, String text) throws IOException {
        Path file = project.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String out(String... arguments) {
        TestShell shell = new TestShell(Ade::open);
        String[] all = new String[arguments.length + 3];
        all[0] = "lineage";
        all[1] = "-p";
        all[2] = project.toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        assertThat(shell.run(all)).as(shell.err()).isZero();
        return shell.out();
    }

    @Test
    void draws_a_tree_back_to_the_sources() {
        assertThat(out("shop.total_r.total"))
                .isEqualTo(
                        """
                        shop.total_r.total  decimal(38,2)  = sum(amount)
                        └─ shop.order_f.amount  aggregated  decimal(18,2)  = amount * 2
                           └─ shop.orders.amount  computed  decimal(10,2)  source

                        rows of shop.order_f  filtered by shop.orders.id
                        rows of shop.total_r  grouped by shop.order_f.buyer
                        note: shop.orders is not loaded yet: only the columns that its declaration names are known
                        """);
    }

    @Test
    void draws_what_follows_from_a_column_and_says_how_it_was_treated() {
        assertThat(out("orders.email", "--down"))
                .startsWith(
                        """
                        shop.orders.email  uuid  source  email pseudonym
                        └─ shop.order_f.buyer  copied  uuid  = email
                           ├─ shop.total_r.buyer  copied  uuid
                           └╌ groups the rows of shop.total_r
                        """);
    }

    @Test
    void lists_the_columns_of_a_dataset() {
        assertThat(out("total_r"))
                .contains("buyer   uuid           copied      shop.order_f.buyer   buyer")
                .contains("total   decimal(38,2)  aggregated  shop.order_f.amount  sum(amount)");
    }

    @Test
    void draws_mermaid() {
        assertThat(out("shop.total_r.total", "--depth", "1", "--mermaid"))
                .isEqualTo(
                        """
                        flowchart LR
                          subgraph d_shop__total_r["shop.total_r"]
                            c_shop__total_r__total["total"]
                          end
                          subgraph d_shop__order_f["shop.order_f"]
                            c_shop__order_f__amount["amount"]
                          end
                          c_shop__order_f__amount -->|aggregated| c_shop__total_r__total
                          style c_shop__total_r__total stroke-width:3px
                        """);
    }

    @Test
    void writes_json() {
        assertThat(out("shop.total_r.total", "--json").replaceAll("\\s+", " "))
                .startsWith("{ \"column\" : \"shop.total_r.total\", \"nodes\" : [ ")
                .contains(
                        "{ \"from\" : \"shop.order_f.amount\", \"to\" : \"shop.total_r.total\", \"role\" : \"aggregate\" }");
        assertThat(out("--json").replaceAll("\\s+", " "))
                .contains("\"dataset\" : \"shop.total_r\", \"kind\" : \"view\"")
                .contains("\"exact\" : true");
    }

    @Test
    void hints_at_columns_that_nobody_reads() {
        assertThat(out("--unused"))
                .contains("shop.order_f  id")
                .contains("1 column. Datasets that no other reads are left out");
    }

    @Test
    void says_that_there_is_no_such_dataset() {
        TestShell shell = new TestShell(Ade::open);
        assertThat(shell.run("lineage", "-p", project.toString(), "shop.gone")).isEqualTo(2);
        assertThat(shell.err())
                .contains("Cannot show the lineage of 'shop.gone': there is no such dataset");
    }
}
