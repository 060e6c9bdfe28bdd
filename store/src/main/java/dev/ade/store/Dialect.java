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
    };

    /// Statements for a new connection.
    abstract List<String> settings();

    /// Begins a transaction that no other writer interrupts.
    abstract String begin();

    static Dialect of(String url) {
        if (url.startsWith("jdbc:sqlite:")) {
            return SQLITE;
        }
        throw AdeException.user(
                "Cannot use the catalog %s: only SQLite is supported so far".formatted(url),
                "Set catalog: jdbc:sqlite:<file> in ade.yml");
    }
}
