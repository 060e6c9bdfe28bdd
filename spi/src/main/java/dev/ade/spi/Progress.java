package dev.ade.spi;

/// Told how far a step is. Cheap to call; any thread.
public interface Progress {
    Progress NONE =
            new Progress() {
                @Override
                public void phase(String what) {}

                @Override
                public void share(double done) {}

                @Override
                public void rows(long total) {}
            };

    /// What is going on now: "reading 3 files".
    void phase(String what);

    /// 0 to 1.
    void share(double done);

    /// Rows so far.
    void rows(long total);

    /// True once somebody asked to stop.
    default boolean isCancelled() {
        return false;
    }
}
