package dev.ade.ingest;

import dev.ade.spi.Progress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/// Asks to stop once something has come to pass.
final class Stopping {
    private Stopping() {}

    static Progress once(BooleanSupplier when) {
        AtomicBoolean isSeen = new AtomicBoolean();
        return Progress.silent(() -> {
            if (when.getAsBoolean()) {
                isSeen.set(true);
            }
            return isSeen.get();
        });
    }
}
