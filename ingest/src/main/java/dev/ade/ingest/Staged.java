package dev.ade.ingest;

import dev.ade.model.Schema;
import dev.ade.spi.Session;
import java.nio.file.Path;
import java.util.Map;

/// What is known of staged parts, by path.
///
/// @param refused rows that were refused before they were staged
/// @param tables parts that are no files, but in the engine already
record Staged(Map<String, Refused> refused, Map<String, Table> tables) {
    static final Staged NONE = new Staged(Map.of(), Map.of());

    /// @param sql what stands for it behind FROM
    record Table(String sql, Schema schema) {}

    /// Rows of a part that is in the engine, in their order, into a file.
    ///
    /// @param table what stands for it behind FROM
    static void write(String table, Path file, Session session) {
        session.export(
                "select * from " + table,
                file.toString(),
                Session.ExportFormat.PARQUET,
                Map.of("preserve_order", "true"));
    }

    Staged {
        refused = Map.copyOf(refused);
        tables = Map.copyOf(tables);
    }
}
