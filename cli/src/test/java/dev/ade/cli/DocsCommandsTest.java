package dev.ade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocsCommandsTest {
    @Test
    void generate_documents_what_is_published(@TempDir Path folder) throws IOException {
        DbtShop shop = DbtShop.in(folder);
        shop.out("build");
        Files.delete(folder.resolve("target/manifest.json"));

        assertThat(shop.out("docs", "generate", "--static"))
                .isEqualTo(
                        """
                        written target/manifest.json
                        written target/catalog.json
                        written target/index.html
                        written target/static_index.html
                        """);
        assertThat(folder.resolve("target/catalog.json"))
                .content()
                .contains("model.shop.totals", "seed.shop.raw_orders");
        assertThat(folder.resolve("target/static_index.html"))
                .content()
                .contains("{\"id\":\"model.shop.totals\"", "\"row_count\":2");

        shop.out("docs", "generate", "--select", "totals", "--no-compile");
        assertThat(folder.resolve("target/catalog.json"))
                .content()
                .contains("model.shop.totals")
                .doesNotContain("seed.shop.raw_orders");
    }

    @Test
    void generate_needs_nothing_published(@TempDir Path folder) throws IOException {
        DbtShop shop = DbtShop.in(folder);

        shop.out("docs", "generate", "--empty-catalog");

        assertThat(folder.resolve("target/catalog.json")).content().contains("\"nodes\":{}");
        assertThat(folder.resolve(".ade/catalog.db")).doesNotExist();
        shop.out("docs", "generate");
        assertThat(folder.resolve("target/index.html")).content().contains("\"name\":\"totals\"");
    }

    @Test
    void generate_documents_a_project_that_is_not_of_dbt(@TempDir Path folder) throws IOException {
        DbtShop shop = new DbtShop(folder);
        shop.file("ade.yml", "name: plain\n");
        shop.file("models/one.sql", "select 1 as x");

        shop.out("docs", "generate");

        assertThat(folder.resolve("target/index.html")).content().contains("\"name\":\"one\"");
    }

    @Test
    void serve_says_where_it_is_not_shown(@TempDir Path folder) {
        assertThat(DbtShop.in(folder).says("docs", "serve", "--host", "0.0.0.0").err())
                .startsWith("error: Cannot serve documentation at 0.0.0.0: it is shown to this");
    }

    @Test
    void the_server_gives_its_files_to_this_machine_only(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("index.html"), "<p>page</p>");
        Files.writeString(folder.resolve("secret.txt"), "secret");
        try (DocsServer server = DocsServer.start(folder, 0)) {
            int port = URI.create(server.address()).getPort();
            assertThat(ask(port, "GET / HTTP/1.1", "127.0.0.1:" + port))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("frame-ancestors 'none'", "nosniff")
                    .endsWith("<p>page</p>");
            assertThat(ask(port, "GET /secret.txt HTTP/1.1", "localhost:" + port))
                    .startsWith("HTTP/1.1 404 ");
            assertThat(ask(port, "GET /../index.html HTTP/1.1", "localhost:" + port))
                    .startsWith("HTTP/1.1 404 ");
            assertThat(ask(port, "POST / HTTP/1.1", "localhost:" + port))
                    .startsWith("HTTP/1.1 405 ");
            assertThat(ask(port, "GET / HTTP/1.1", "evil.example:" + port))
                    .startsWith("HTTP/1.1 403 ");
        }
    }

    private static String ask(int port, String line, String host) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream()) {
            String request =
                    "%s\r\nHost: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                            .formatted(line, host);
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
