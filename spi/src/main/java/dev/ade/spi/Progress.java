package dev.ade.spi;

import java.util.function.BooleanSupplier;

/// Told how far a step is. Cheap to call; any thread.
public interface Progress {
    Progress NONE = silent(() -> false);

    /// Says nothing.
    static Progress silent(BooleanSupplier isCancelled) {
        return new Progress() {
            @Override
            public void phase(String what) {}

            @Override
            public void share(double done) {}

            @Override
            public void rows(long total) {}

            @Override
            public boolean isCancelled() {
                return isCancelled.getAsBoolean();
            }
        };
    }

    /// What is going on now: "reading 3 files".
    void phase(String what);

    /// 0 to 1.
    void share(double done);

    /// Rows so far.
    void rows(long total);

    /// True once somebody asked to stop.
    boolean isCancelled();
}
