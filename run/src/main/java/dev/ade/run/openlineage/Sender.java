package dev.ade.run.openlineage;

import dev.ade.model.Settings.OpenLineageSettings;
import dev.ade.model.Settings.OpenLineageSettings.Target;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Delivers one event. Used by one thread.
interface Sender extends AutoCloseable {
    /// @throws IOException where it could not be delivered, with the reason
    void send(String event) throws IOException, InterruptedException;

    @Override
    default void close() {}

    /// @param environment variables, for the key of an endpoint
    static Sender of(OpenLineageSettings settings, UnaryOperator<@Nullable String> environment) {
        return switch (settings.target()) {
            case Target.ToFile to -> new ToFile(to.file());
            case Target.ToUrl to ->
                    new ToUrl(to, to.keyVariable().map(environment), HttpClient.newHttpClient());
            case Target.ToKafka to -> new KafkaSender(to, environment);
        };
    }

    /// One event a line, at the end of a file.
    record ToFile(Path file) implements Sender {
        @Override
        public void send(String event) throws IOException {
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(
                    file,
                    event + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    /// One POST an event.
    record ToUrl(Target.ToUrl target, Optional<String> key, HttpClient client) implements Sender {
        private static final Duration TIMEOUT = Duration.ofSeconds(5);

        @Override
        public void send(String event) throws IOException, InterruptedException {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(target.url())
                            .timeout(TIMEOUT)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(event));
            key.ifPresent(it -> request.header("Authorization", "Bearer " + it));
            HttpResponse<Void> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.discarding());
            if (response.statusCode() / 100 != 2) {
                throw new IOException("the endpoint answered " + response.statusCode());
            }
        }

        @Override
        public void close() {
            client.shutdownNow();
        }
    }
}
