package dev.ade.jinja;

/// Python's `None`; templates print it as `None`.
public enum None {
    NONE;

    @Override
    public String toString() {
        return "None";
    }
}
