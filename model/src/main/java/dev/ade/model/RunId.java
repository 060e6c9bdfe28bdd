package dev.ade.model;

/// The number of a run, unique and rising within one catalog.
public record RunId(long number) implements Comparable<RunId> {
    public RunId {
        if (number < 1) {
            throw AdeException.user(
                    "Cannot use run %d: runs count from 1".formatted(number),
                    "List them with ade status");
        }
    }

    @Override
    public int compareTo(RunId other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Long.toString(number);
    }
}
