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
                    force(Force.ALL),
                    // Keys that are deleted must be gone.
                    "PRAGMA secure_delete = ON",
                    "PRAGMA foreign_keys = ON");
        }

        @Override
        String begin() {
            return "BEGIN IMMEDIATE";
        }

        @Override
        String force(Force what) {
            return "PRAGMA synchronous = " + (what == Force.ALL ? "FULL" : "NORMAL");
        }

        @Override
        boolean emptyLog(Catalog catalog) {
            long[] busy = {0};
            catalog.query("PRAGMA wal_checkpoint(TRUNCATE)", result -> busy[0] = result.getLong(1));
            return busy[0] == 0;
        }
    };

    /// What is on the disk when a statement outside of a transaction returns.
    enum Force {
        ALL,
        /// Some time later: then what comes first is there first.
        ORDER
    }

    /// Says it of all statements from then on.
    abstract String force(Force what);

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
