package dev.ade.privacy.detect;

/// A column that looks personal.
///
/// @param evidence why, in words, without values
public record Finding(DataClass dataClass, String evidence) {}
