package dev.ade.store;

import dev.ade.model.AdeException;
import java.util.List;

/// What differs between the databases that a catalog can live in.
enum Dialect {
    SQLITE {
        @Override
        List<String> settings() {
            return List.of(
                    "PRAGMA busy_timeout = 10000",
                    "PRAGMA journal_mode = WAL",
                    "PRAGMA synchronous = FULL",
                    // Keys that are deleted must be gone.
                    "PRAGMA secure_delete = ON",
                    "PRAGMA foreign_keys = ON");
        }

        @Override
        String begin() {
            return "BEGIN IMMEDIATE";
        }

        @Override
        boolean emptyLog(Catalog catalog) {
            long[] busy = {0};
            catalog.query("PRAGMA wal_checkpoint(TRUNCATE)", result -> busy[0] = result.getLong(1));
            return busy[0] == 0;
        }
    };

    /// Statements for a new connection.
    abstract List<String> settings();

    /// Begins a transaction that no other writer interrupts.
    abstract String begin();

    /// Takes out of the database's own log what was deleted before.
    ///
    /// @return false where another process reads the log at the moment: it is there still
    abstract boolean emptyLog(Catalog catalog);

    static Dialect of(String url) {
        if (url.startsWith("jdbc:sqlite:")) {
            return SQLITE;
        }
        throw AdeException.user(
                "Cannot use the catalog %s: only SQLite is supported so far".formatted(url),
                "Set catalog: jdbc:sqlite:<file> in ade.yml");
    }
}
