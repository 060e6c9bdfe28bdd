package dev.ade.ingest.sftp;

import dev.ade.model.AdeException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait until a server is asked again: twice as long each time, of which half is up to chance.
public record Patience(Pause pause, RandomGenerator random) {
    private static final long FIRST_MILLIS = 1000;
    private static final int DOUBLINGS_MAX = 6;

    /// Lets time pass.
    public interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    /// @param failed how often it failed before
    void after(int failed) {
        long millis = FIRST_MILLIS << Math.min(failed, DOUBLINGS_MAX);
        try {
            pause.of(Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped();
        }
    }

    static AdeException stopped() {
        return AdeException.cancelled("Reading an SFTP server was stopped");
    }
}
