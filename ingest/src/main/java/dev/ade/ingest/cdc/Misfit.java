package dev.ade.ingest.cdc;

/// Thrown for a value that no type can hold; its row is refused.
final class Misfit extends Exception {
    private static final long serialVersionUID = 1;

    private final String value;

    /// @param value of which only the kind will be told
    /// @param reason without the value
    Misfit(String value, String reason) {
        super(reason, null, false, false);
        this.value = value;
    }

    String value() {
        return value;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
