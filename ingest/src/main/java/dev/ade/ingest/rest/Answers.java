package dev.ade.ingest.rest;

import dev.ade.spi.Connector;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Answers that are kept, where a load says so: for the run, so that tables of the same pages ask once; or for
/// development, in files that only this user can read. Thread-safe.
final class Answers {
    /// Of all answers of a run; beyond it, pages are asked for again.
    private static final long BYTES_MAX = 128L << 20;

    private final KeptFiles files;
    private OfRun run = new OfRun(Instant.MIN);

    /// Asks, where there is no answer yet.
    interface Kept {
        Answer answer(Call call, Function<Call, Answer> ask);
    }

    Answers(Path folder) {
        this.files = new KeptFiles(folder);
    }

    Kept of(Connector.Request request, RestSettings settings) {
        String who =
                KeptFiles.hash(
                        request.settings().getOrDefault("auth", "").toString()
                                + request.settings().getOrDefault("headers", ""));
        return switch (settings.cache()) {
            case NONE -> (call, ask) -> ask.apply(call);
            case DEV -> files.of(who);
            case RUN -> of(request.now()).of(who);
        };
    }

    /// What other runs kept is forgotten.
    private synchronized OfRun of(Instant now) {
        if (!run.now.equals(now)) {
            run = new OfRun(now);
        }
        return run;
    }

    private static final class OfRun {
        private final Instant now;
        private final Map<String, Place> places = new HashMap<>();
        private long bytes;

        OfRun(Instant now) {
            this.now = now;
        }

        Kept of(String who) {
            return (call, ask) -> place(KeptFiles.key(who, call)).answer(() -> ask.apply(call));
        }

        private synchronized Place place(String key) {
            return places.computeIfAbsent(key, _ -> new Place());
        }

        private synchronized boolean takes(Answer answer) {
            if (bytes + answer.body().length > BYTES_MAX) {
                return false;
            }
            bytes += answer.body().length;
            return true;
        }

        /// One answer: who comes second waits for who came first.
        private final class Place {
            private Optional<Answer> answer = Optional.empty();

            synchronized Answer answer(java.util.function.Supplier<Answer> ask) {
                if (answer.isPresent()) {
                    return answer.get();
                }
                Answer fresh = ask.get();
                if (takes(fresh)) {
                    answer = Optional.of(fresh);
                }
                return fresh;
            }
        }
    }
}
