package dev.ade.cli;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Shows generated documentation to browsers of this machine: three files by their names, and nothing else.
final class DocsServer implements AutoCloseable {
    static final String PAGE = "index.html";

    private static final Map<String, String> FILES =
            Map.of(
                    "/",
                    PAGE,
                    "/index.html",
                    PAGE,
                    "/manifest.json",
                    "manifest.json",
                    "/catalog.json",
                    "catalog.json");

    private final HttpServer server;
    private final ExecutorService threads;
    private final Path folder;

    private DocsServer(HttpServer server, ExecutorService threads, Path folder) {
        this.server = server;
        this.threads = threads;
        this.folder = folder;
    }

    /// @param port 0 for any that is free
    static DocsServer start(Path folder, int port) throws IOException {
        HttpServer http =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        DocsServer server = new DocsServer(http, threads, folder);
        http.setExecutor(threads);
        http.createContext("/", server::answer);
        http.start();
        return server;
    }

    String address() {
        return "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().close();
            Optional<String> file =
                    Optional.ofNullable(FILES.get(exchange.getRequestURI().getPath()));
            boolean isRead = List.of("GET", "HEAD").contains(exchange.getRequestMethod());
            if (!isOwn(exchange)) {
                send(exchange, 403, "text/plain", "Ask for 127.0.0.1 or localhost");
            } else if (!isRead) {
                send(exchange, 405, "text/plain", "Only GET and HEAD");
            } else if (file.isEmpty() || !Files.isRegularFile(folder.resolve(file.get()))) {
                send(exchange, 404, "text/plain", "Not found");
            } else {
                String type = file.get().equals(PAGE) ? "text/html" : "application/json";
                send(exchange, 200, type, Files.readString(folder.resolve(file.get())));
            }
        }
    }

    /// A page of another site must not read this one by giving its own name this machine's address.
    private boolean isOwn(HttpExchange exchange) {
        String host = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host")).orElse("");
        int port = server.getAddress().getPort();
        return List.of("127.0.0.1:" + port, "localhost:" + port).contains(host);
    }

    private static void send(HttpExchange exchange, int status, String type, String text)
            throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type + "; charset=utf-8");
        headers.set("Content-Security-Policy", "frame-ancestors 'none'");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, isHead ? -1 : bytes.length);
        if (!isHead) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
