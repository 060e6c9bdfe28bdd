package dev.ade.ingest.jdbc;

/// Thrown for a value that no type can hold; its row is refused. Cheap to make: a table may have many.
public final class Unfit extends Exception {
    private static final long serialVersionUID = 1;

    private final String value;

    /// @param value of which only the kind will be told
    /// @param reason without the value
    public Unfit(String value, String reason) {
        super(reason, null, false, false);
        this.value = value;
    }

    public String value() {
        return value;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
