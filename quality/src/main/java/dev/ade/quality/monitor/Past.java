package dev.ade.quality.monitor;

import java.util.List;

/// Earlier values that a value is compared with.
///
/// @param chance by how much such values differ though nothing changed, because they are of so many rows and no more
/// @param kind of day they are from: "Friday"
record Past(List<Double> values, double chance, String kind) {
    Past {
        values = List.copyOf(values);
    }
}
