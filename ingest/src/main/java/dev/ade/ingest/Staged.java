package dev.ade.ingest;

import dev.ade.model.Schema;
import java.util.Map;

/// What is known of staged parts, by path.
///
/// @param refused rows that were refused before they were staged
/// @param tables parts that are no files, but in the engine already
record Staged(Map<String, Refused> refused, Map<String, Table> tables) {
    static final Staged NONE = new Staged(Map.of(), Map.of());

    /// @param sql what stands for it behind FROM
    record Table(String sql, Schema schema) {}

    Staged {
        refused = Map.copyOf(refused);
        tables = Map.copyOf(tables);
    }
}
