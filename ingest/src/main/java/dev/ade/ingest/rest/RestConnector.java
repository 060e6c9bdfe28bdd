package dev.ade.ingest.rest;

import dev.ade.spi.Connector;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Reads lists from an API, page by page.
public final class RestConnector implements Connector {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

    private final Waits waits;
    private final Answers answers;
    private @Nullable HttpClient client;

    /// Lets time pass.
    public interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    /// @param kept folder for answers that are kept for development
    /// @param random for the times between attempts
    public RestConnector(Path kept, Clock clock, Pause pause, RandomGenerator random) {
        this.waits = new Waits(clock, pause, random);
        this.answers = new Answers(kept);
    }

    /// Made when an API is first asked: it takes time.
    private synchronized HttpClient client() {
        if (client == null) {
            client =
                    HttpClient.newBuilder()
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .connectTimeout(CONNECT_TIMEOUT)
                            .build();
        }
        return client;
    }

    @Override
    public Set<String> manners() {
        return Set.of("rate", "timeout", "retries", "cache", "insecure");
    }

    @Override
    public void check(Request request) {
        RestSettings.of(request);
    }

    @Override
    public Offer look(Request request) {
        RestSettings.of(request);
        return Offer.of("an API is asked again each time");
    }

    @Override
    public Outcome read(Request request, Stage stage) {
        RestSettings settings = RestSettings.of(request);
        Exchange exchange = new Exchange(request, settings, client(), waits);
        return new Reading(request, settings, exchange, answers.of(request, settings)).into(stage);
    }
}
