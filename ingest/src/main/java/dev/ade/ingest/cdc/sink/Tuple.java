package dev.ade.ingest.cdc.sink;

import org.jspecify.annotations.Nullable;

/// The values of a row as a log says them: equal where the log says the same. What they are here is read by their
/// columns.
public final class Tuple {
    private static final Object UNSAID = new Object();

    private final @Nullable Object[] values;
    private final boolean isWhole;

    private Tuple(@Nullable Object[] values, boolean isWhole) {
        this.values = values;
        this.isWhole = isWhole;
    }

    /// Takes the array over.
    public static Tuple of(@Nullable Object[] values) {
        return new Tuple(values, true);
    }

    /// Of which only the key is known. Takes the array over.
    public static Tuple ofKey(@Nullable Object[] values) {
        return new Tuple(values, false);
    }

    boolean isWhole() {
        return isWhole;
    }

    /// In the place of a value that is large, did not change and was not logged.
    public static Object unsaid() {
        return UNSAID;
    }

    int size() {
        return values.length;
    }

    @Nullable Object value(int index) {
        return values[index];
    }

    /// False where the value is `unsaid`.
    @SuppressWarnings("ReferenceEquality") // It is no value, and equal to none.
    boolean says(int index) {
        return values[index] != UNSAID;
    }
}
