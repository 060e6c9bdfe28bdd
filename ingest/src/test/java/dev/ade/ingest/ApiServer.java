package dev.ade.ingest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A real HTTP server that plays an API, with faults that are put in front of what it would say.
final class ApiServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Api> apis = new HashMap<>();
    private final Queue<Fault> faults = new ArrayDeque<>();
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch over = new CountDownLatch(1);

    interface Api {
        Said answer(Asked asked);
    }

    /// @param query decoded
    record Asked(
            String method,
            String path,
            Map<String, String> query,
            Map<String, String> headers,
            String body) {
        String param(String name) {
            return query.getOrDefault(name, "");
        }

        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), "");
        }

        @Override
        public String toString() {
            return method + " " + path + (query.isEmpty() ? "" : " " + query);
        }
    }

    // never compared
    @SuppressWarnings("ArrayRecordComponent")
    record Said(int status, Map<String, String> headers, byte[] body) {
        static Said of(String json) {
            return of(200, json);
        }

        static Said of(int status, String json) {
            return new Said(status, Map.of(), json.getBytes(StandardCharsets.UTF_8));
        }

        Said with(String header, String value) {
            Map<String, String> all = new HashMap<>(headers);
            all.put(header, value);
            return new Said(status, all, body);
        }
    }

    sealed interface Fault {
        record Instead(Said said) implements Fault {}

        /// The connection is cut in the middle of the body.
        enum Reset implements Fault {
            RESET
        }

        /// Nothing comes until the server is closed.
        enum Silence implements Fault {
            SILENCE
        }
    }

    ApiServer() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    ApiServer at(String path, Api api) {
        apis.put(path, api);
        return this;
    }

    synchronized ApiServer fault(Fault fault) {
        faults.add(fault);
        return this;
    }

    ApiServer fault(Said said) {
        return fault(new Fault.Instead(said));
    }

    List<String> asked() {
        return asked.stream().map(Asked::toString).toList();
    }

    Asked last() {
        return asked.getLast();
    }

    void forget() {
        asked.clear();
    }

    private synchronized Optional<Fault> fault() {
        return Optional.ofNullable(faults.poll());
    }

    private void handle(HttpExchange exchange) throws IOException {
        Asked question = question(exchange);
        asked.add(question);
        Optional<Fault> fault = fault();
        if (fault.isEmpty()) {
            say(exchange, answer(question));
            return;
        }
        switch (fault.get()) {
            case Fault.Instead(Said said) -> say(exchange, said);
            case Fault.Reset _ -> {
                exchange.sendResponseHeaders(200, 1000);
                exchange.getResponseBody().write('[');
                exchange.getResponseBody().flush();
                throw new IOException("cut");
            }
            case Fault.Silence _ -> {
                try {
                    over.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                exchange.close();
            }
        }
    }

    private Said answer(Asked question) {
        Api api = apis.get(question.path());
        return api == null
                ? Said.of(404, "{\"message\": \"no such thing\"}")
                : api.answer(question);
    }

    private static Asked question(HttpExchange exchange) throws IOException {
        Map<String, String> query = new LinkedHashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String part : raw == null ? new String[0] : raw.split("&", -1)) {
            String[] sides = part.split("=", 2);
            query.put(decoded(sides[0]), sides.length > 1 ? decoded(sides[1]) : "");
        }
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) ->
                        headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
        return new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                query,
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void say(HttpExchange exchange, Said said) throws IOException {
        said.headers().forEach(exchange.getResponseHeaders()::set);
        int length = said.body().length;
        exchange.sendResponseHeaders(said.status(), length == 0 ? -1 : length);
        if (length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(said.body());
            }
        }
        exchange.close();
    }

    @Override
    public void close() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
