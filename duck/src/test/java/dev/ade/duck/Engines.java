package dev.ade.duck;

import dev.ade.model.Settings.EngineSettings;
import dev.ade.spi.Engine;
import java.nio.file.Path;
import java.time.Duration;

/// Engines for tests.
final class Engines {
    private Engines() {}

    static Engine open(Path scratch) {
        return open(scratch, 1L << 30);
    }

    static Engine open(Path scratch, long memory) {
        return new DuckEngine(
                new EngineSettings(
                        2,
                        memory,
                        scratch.resolve("spill"),
                        1L << 30,
                        2,
                        1L << 28,
                        Duration.ofMinutes(1),
                        1000));
    }
}
