package dev.ade.run;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What a step would take, as far as that can be told before it runs.
///
/// @param rows that it would read; empty where that shows only once its inputs are there
/// @param bytes that they have stored, or outside
/// @param seconds by what earlier runs took; empty where there were none to go by
public record Estimate(OptionalLong rows, OptionalLong bytes, OptionalDouble seconds) {
    static final Estimate UNKNOWN =
            new Estimate(OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.empty());
}
