package dev.ade.ingest;

import dev.ade.spi.Progress;
import java.util.function.BooleanSupplier;

/// Asks to stop once something has come to pass.
final class Stopping implements Progress {
    private final BooleanSupplier when;
    private volatile boolean isSeen;

    private Stopping(BooleanSupplier when) {
        this.when = when;
    }

    static Progress once(BooleanSupplier when) {
        return new Stopping(when);
    }

    @Override
    public void phase(String what) {}

    @Override
    public void share(double done) {}

    @Override
    public void rows(long total) {}

    @Override
    public boolean isCancelled() {
        isSeen = isSeen || when.getAsBoolean();
        return isSeen;
    }
}
