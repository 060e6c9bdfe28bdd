package dev.ade.ingest;

import dev.ade.model.Schema;
import dev.ade.spi.Session;
import java.nio.file.Path;
import java.util.Map;

/// What is known of staged parts, by path.
///
/// @param refused rows that were refused before they were staged
/// @param tables parts that are no files, but in the engine already
/// @param rest what becomes of rows of before that a merge brings no other of
record Staged(Map<String, Refused> refused, Map<String, Table> tables, Rest rest) {
    static final Staged NONE = new Staged(Map.of(), Map.of(), Rest.STAYS);

    enum Rest {
        STAYS,
        /// Somebody wants what the source has now, and all of it came.
        GOES
    }

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

    Staged leaving(Rest other) {
        return new Staged(refused, tables, other);
    }

    Staged {
        refused = Map.copyOf(refused);
        tables = Map.copyOf(tables);
    }
}
