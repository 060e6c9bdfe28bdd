package dev.ade.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A package of a repository that this machine serves.
class GitDepsTest {
    @TempDir private Path folder = Path.of("");

    private void git(Path in, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(arguments).directory(in.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        assertThat(builder.inheritIO().start().waitFor())
                .as(List.of(arguments).toString())
                .isZero();
    }

    private final List<Path> leaks = new CopyOnWriteArrayList<>();

    /// Looks at the clone while git makes it.
    private void answer(HttpExchange asked) throws IOException {
        Path config = folder.resolve("project/dbt_packages/.fetching/.git/config");
        if (Files.exists(config) && Files.readString(config).contains("s3cret")) {
            leaks.add(config);
        }
        Path file = folder.resolve("." + asked.getRequestURI().getPath());
        boolean isThere = Files.isRegularFile(file);
        byte[] body = isThere ? Files.readAllBytes(file) : new byte[0];
        asked.sendResponseHeaders(isThere ? 200 : 404, isThere ? body.length : -1);
        asked.getResponseBody().write(body);
        asked.close();
    }

    @Test
    void shows_and_keeps_no_token_of_an_address() throws Exception {
        Path made = Files.createDirectories(folder.resolve("made"));
        Files.writeString(made.resolve("dbt_project.yml"), "name: tools\n");
        git(made, "git", "init", "--quiet");
        git(made, "git", "add", ".");
        git(made, "git", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "one");
        git(folder, "git", "clone", "--quiet", "--bare", "made", "tools.git");
        git(folder.resolve("tools.git"), "git", "update-server-info");
        Path root = Files.createDirectories(folder.resolve("project"));
        Files.writeString(root.resolve("dbt_project.yml"), "name: estate\n");
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        try {
            String host = "localhost:" + server.getAddress().getPort();
            wants(root, host + "/tools.git");
            Deps deps = new Deps(root, Map.of("GIT_TOKEN", "s3cret")::get);
            assertThat(deps.fetch().fromGit())
                    .extracting(Deps.Fetched::url)
                    .containsExactly("http://" + host + "/tools.git");
            assertThat(root.resolve("package-lock.yml"))
                    .content()
                    .contains("http://" + host + "/tools.git")
                    .doesNotContain("s3cret");

            git(
                    made,
                    "git",
                    "-c",
                    "user.name=a",
                    "-c",
                    "user.email=a@b",
                    "commit",
                    "-qm",
                    "two",
                    "--allow-empty");
            git(
                    folder.resolve("tools.git"),
                    "git",
                    "fetch",
                    "--quiet",
                    "--update-head-ok",
                    "../made",
                    "+refs/heads/*:refs/heads/*");
            git(folder.resolve("tools.git"), "git", "update-server-info");
            String locked = Files.readString(root.resolve("package-lock.yml"));
            new Deps(root, Map.of("GIT_TOKEN", "another")::get).fetch();
            assertThat(root.resolve("package-lock.yml")).hasContent(locked);

            wants(root, host + "/none.git");
            assertThatThrownBy(() -> new Deps(root, Map.of("GIT_TOKEN", "s3cret")::get).fetch())
                    .hasMessageStartingWith("Cannot fetch http://" + host + "/none.git: ")
                    .hasMessageNotContaining("s3cret");
            assertThat(leaks).isEmpty();
            assertThat(root.resolve("dbt_packages/.fetching")).doesNotExist();

            wants(root, host + "/tools.git", "    revision: gone\n");
            Files.delete(root.resolve("package-lock.yml"));
            assertThatThrownBy(() -> new Deps(root, Map.of("GIT_TOKEN", "s3cret")::get).fetch())
                    .hasMessageStartingWith("Cannot fetch http://" + host + "/tools.git at gone: ");
            assertThat(root.resolve("dbt_packages/.fetching")).doesNotExist();
        } finally {
            server.stop(0);
        }
    }

    private static void wants(Path root, String address) throws IOException {
        wants(root, address, "");
    }

    private static void wants(Path root, String address, String more) throws IOException {
        Files.writeString(
                root.resolve("packages.yml"),
                "packages:\n  - git: \"http://{{ env_var('GIT_TOKEN') }}@%s\"\n".formatted(address)
                        + more);
    }
}
