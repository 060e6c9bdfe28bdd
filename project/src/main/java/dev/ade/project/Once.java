package dev.ade.project;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Something that takes a while to make and may never be asked for; made once. Thread-safe.
final class Once<T> implements Supplier<T> {
    private final Supplier<T> make;
    private volatile @Nullable T made;

    /// @param make where it throws, the next who asks tries again
    Once(Supplier<T> make) {
        this.make = make;
    }

    @Override
    public T get() {
        T known = made;
        return known == null ? first() : known;
    }

    private synchronized T first() {
        T known = made;
        if (known == null) {
            known = make.get();
            made = known;
        }
        return known;
    }
}
