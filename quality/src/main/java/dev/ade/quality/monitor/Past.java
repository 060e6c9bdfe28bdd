package dev.ade.quality.monitor;

import java.util.List;

/// Earlier values that a value is compared with.
///
/// @param kind of days they are from: "Fridays"
record Past(List<Double> values, String kind) {
    Past {
        values = List.copyOf(values);
    }
}
