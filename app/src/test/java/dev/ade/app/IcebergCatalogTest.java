package dev.ade.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ade.model.AdeException;
import dev.ade.spi.Connector;
import dev.ade.store.rest.IcebergConnector;
import dev.ade.testkit.Requests;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a catalog lets in who asks, and what is said where it does not.
class IcebergCatalogTest {
    private final OtherCatalog other;
    private final IcebergConnector connector =
            new IcebergConnector(
                    () -> {
                        throw new AssertionError("looking needs no engine");
                    },
                    () -> {
                        throw new AssertionError("looking needs no libraries");
                    });

    IcebergCatalogTest(@TempDir Path folder) {
        this.other = new OtherCatalog(folder);
        other.create(
                "orders",
                new Schema(NestedField.optional(1, "id", Types.LongType.get())),
                Map.of());
    }

    @AfterEach
    void stop() {
        other.close();
    }

    private Connector.Request request(Map<String, Object> more) {
        return Requests.iceberg(other.address(), more);
    }

    private AdeException failure(Map<String, Object> more) {
        AdeException failure =
                catchThrowableOfType(AdeException.class, () -> connector.columns(request(more)));
        assertThat(failure).isNotNull();
        return failure;
    }

    @Test
    void who_has_the_credential_is_let_in() {
        other.requireCredential("ade:s3cret");
        assertThat(connector.look(request(Map.of("credential", "ade:s3cret"))).news())
                .contains(
                        "sales.orders of %s has a new snapshot"
                                .formatted(other.address().substring("http://".length())));
    }

    @Test
    void nobody_else_is_and_no_secret_is_shown() {
        other.requireCredential("ade:s3cret");
        AdeException nobody = failure(Map.of());
        assertThat(nobody)
                .hasMessage(
                        "Cannot load sales.orders: the catalog at %s does not let in who asks"
                                .formatted(other.address()));
        assertThat(nobody.nextStep()).contains("${NAME}");
        AdeException wrong = failure(Map.of("credential", "ade:wr0ng"));
        assertThat(wrong.nextStep()).contains("Check the secret");
        StringWriter all = new StringWriter();
        wrong.printStackTrace(new PrintWriter(all));
        assertThat(all.toString()).doesNotContain("wr0ng");
        assertThat(failure(Map.of("token", "wr0ng"))).hasMessageContaining("does not let in");
    }

    @Test
    void a_catalog_that_is_not_there_is_named() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        AdeException failure = failure(Map.of("iceberg", "http://127.0.0.1:" + free));
        assertThat(failure.kind()).isEqualTo(AdeException.Kind.RESOURCE);
        assertThat(failure)
                .hasMessageStartingWith(
                        "Cannot load sales.orders: the catalog at http://127.0.0.1:%d fails: Connect"
                                .formatted(free));
    }

    @Test
    void a_table_that_is_not_there_is_named() {
        AdeException failure = failure(Map.of("table", "sales.order"));
        assertThat(failure)
                .hasMessage("Cannot load sales.orders: the catalog has no table sales.order");
        assertThat(failure.nextStep()).isEqualTo("There are sales.orders");
        assertThat(failure(Map.of("table", "none.order")).nextStep())
                .startsWith("There is no namespace none, either");
        assertThat(failure(Map.of("table", "orders")))
                .hasMessageContaining("'orders' is no table of a catalog");
    }

    @Test
    void what_a_catalog_lacks_is_told_by_the_load_alone() {
        assertThat(connector.look(request(Map.of("table", "sales.order"))).news())
                .contains(
                        "Cannot load sales.orders: the catalog has no table sales.order (shop/sources.yml)");
    }

    @Test
    void settings_that_cannot_be_are_refused() {
        assertThatThrownBy(() -> connector.look(request(Map.of("tabel", "x"))))
                .hasMessageContaining("load has no key tabel");
        assertThat(failure(Map.of("iceberg", "https://ade:s3cret@catalog.example")))
                .hasMessageContaining("iceberg is not the address of a server")
                .hasMessageNotContaining("s3cret");
        assertThat(failure(Map.of("iceberg", "http://catalog.example", "token", "s3cret")))
                .hasMessageContaining("can be read on the way")
                .hasMessageNotContaining("s3cret");
    }
}
