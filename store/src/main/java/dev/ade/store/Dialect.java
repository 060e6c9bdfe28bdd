package dev.ade.store;

import dev.ade.model.AdeException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Access access(String url) {
            Path file = Path.of(url.substring(SQLITE_URL.length())).toAbsolutePath();
            boolean mayWrite =
                    !Files.exists(file)
                            || (Files.isWritable(file)
                                    && Files.isWritable(file.resolveSibling("")));
            if (mayWrite) {
                return new Access(url, settings());
            }
            // Without a log beside it nothing is to be locked, for which files would have to be
            // made.
            Path log = file.resolveSibling(file.getFileName() + "-wal");
            String how = Files.exists(log) ? "mode=ro" : "immutable=1";
            return new Access(
                    SQLITE_URL + "file:" + file.toUri().getRawPath() + "?" + how,
                    List.of("PRAGMA busy_timeout = 10000", "PRAGMA query_only = ON"));
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

    private static final String SQLITE_URL = "jdbc:sqlite:";

    /// What is on the disk when a statement outside of a transaction returns.
    enum Force {
        ALL,
        /// Some time later: then what comes first is there first.
        ORDER
    }

    /// Says it of all statements from then on.
    abstract String force(Force what);

    /// Statements for a new connection that may write.
    abstract List<String> settings();

    /// How to connect to a catalog, which can be read where it cannot be written: on a disk or in a folder that is read-only.
    abstract Access access(String url);

    /// @param settings statements for a new connection
    record Access(String url, List<String> settings) {}

    /// Begins a transaction that no other writer interrupts.
    abstract String begin();

    /// Takes out of the database's own log what was deleted before.
    ///
    /// @return false where another process reads the log at the moment: it is there still
    abstract boolean emptyLog(Catalog catalog);

    static Dialect of(String url) {
        if (url.startsWith(SQLITE_URL)) {
            return SQLITE;
        }
        throw AdeException.user(
                "Cannot use the catalog %s: only SQLite is supported so far".formatted(url),
                "Set catalog: jdbc:sqlite:<file> in ade.yml");
    }
}
