package dev.ade.run.forget;

import dev.ade.model.AdeException;

/// One value that identifies a person at the source: rows that hold it are removed. Never printed.
///
/// @param column of the source
/// @param value as the source writes it
public record Key(String column, String value) {
    private static final int LENGTH_MAX = 1_000;

    public Key {
        if (column.isBlank() || value.isEmpty() || value.length() > LENGTH_MAX) {
            throw AdeException.user(
                    "Cannot forget by a key: it needs a column and a value of 1 to %,d characters"
                            .formatted(LENGTH_MAX),
                    "Name them as --key customer_id=42");
        }
    }

    /// Reads `column=value`.
    public static Key parse(String text) {
        int at = text.indexOf('=');
        if (at <= 0) {
            throw AdeException.user(
                    "Cannot read a key: it is not of the form column=value",
                    "Name it as --key customer_id=42");
        }
        return new Key(text.substring(0, at).strip(), text.substring(at + 1));
    }

    @Override
    public String toString() {
        return column + "=…";
    }
}
