package dev.ade.project;

/// What the machine has, for defaults.
///
/// @param cores that this process may use
/// @param memoryBytes that this machine has
public record Machine(int cores, long memoryBytes) {}
