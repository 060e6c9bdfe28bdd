package dev.ade.store;

/// Told before each durable write of a run, so that tests can stop a process at every one of them.
public interface Faults {
    Faults NONE = _ -> {};

    /// @param point what is about to be written
    void before(String point);
}
