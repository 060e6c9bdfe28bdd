package dev.ade.store;

import java.util.List;

/// The catalog's schema, as the changes that lead to it. A change that has been released is never edited.
final class Migrations {
    private static final String POINTER_COLUMNS =
            """
            namespace VARCHAR(128) NOT NULL,
            name VARCHAR(128) NOT NULL,
            kind VARCHAR(16) NOT NULL,
            location TEXT NOT NULL,
            view_sql TEXT NOT NULL,
            columns TEXT NOT NULL,
            version CHAR(32) NOT NULL,
            definition CHAR(32) NOT NULL,
            snapshot_id BIGINT NOT NULL,
            row_count BIGINT NOT NULL,
            byte_count BIGINT NOT NULL,
            file_count BIGINT NOT NULL,
            run_id BIGINT NOT NULL,
            published_at BIGINT NOT NULL,
            properties TEXT NOT NULL,
            """;

    /// Each is one transaction; times are microseconds since 1970.
    static final List<List<String>> ALL =
            List.of(
                    List.of(
                            "CREATE TABLE environment (name VARCHAR(64) PRIMARY KEY, created_at BIGINT NOT NULL)",
                            """
                            CREATE TABLE run (
                              run_id BIGINT PRIMARY KEY,
                              environment VARCHAR(64) NOT NULL,
                              state VARCHAR(24) NOT NULL,
                              started_at BIGINT NOT NULL,
                              ended_at BIGINT,
                              command TEXT NOT NULL,
                              user_name TEXT NOT NULL,
                              message TEXT NOT NULL,
                              host TEXT NOT NULL,
                              process_id BIGINT NOT NULL,
                              process_started_at BIGINT NOT NULL)\
                            """,
                            "CREATE TABLE pointer (environment VARCHAR(64) NOT NULL, "
                                    + POINTER_COLUMNS
                                    + "PRIMARY KEY (environment, namespace, name))",
                            "CREATE TABLE publication (environment VARCHAR(64) NOT NULL, "
                                    + POINTER_COLUMNS
                                    + "is_dropped INTEGER NOT NULL,"
                                    + " PRIMARY KEY (environment, namespace, name, published_at, run_id))",
                            "CREATE TABLE overlay (draft_id BIGINT NOT NULL, "
                                    + POINTER_COLUMNS
                                    + "change VARCHAR(16) NOT NULL,"
                                    + " PRIMARY KEY (draft_id, namespace, name))",
                            """
                            CREATE TABLE batch (
                              environment VARCHAR(64) NOT NULL,
                              namespace VARCHAR(128) NOT NULL,
                              name VARCHAR(128) NOT NULL,
                              batch_id CHAR(32) NOT NULL,
                              origin TEXT NOT NULL,
                              byte_count BIGINT NOT NULL,
                              modified_at BIGINT NOT NULL,
                              contract CHAR(32) NOT NULL,
                              loaded_at BIGINT NOT NULL,
                              rows_read BIGINT NOT NULL,
                              rows_landed BIGINT NOT NULL,
                              rows_rejected BIGINT NOT NULL,
                              event_times TEXT NOT NULL,
                              PRIMARY KEY (environment, namespace, name, origin, batch_id))\
                            """,
                            """
                            CREATE TABLE filled (
                              environment VARCHAR(64) NOT NULL,
                              namespace VARCHAR(128) NOT NULL,
                              name VARCHAR(128) NOT NULL,
                              interval_from VARCHAR(32) NOT NULL,
                              interval_to VARCHAR(32) NOT NULL,
                              version CHAR(32) NOT NULL,
                              row_count BIGINT NOT NULL,
                              PRIMARY KEY (environment, namespace, name, interval_from))\
                            """),
                    // By content, so that pointers of any environment and age may share one.
                    List.of(
                            """
                            CREATE TABLE declaration (
                              declaration_id CHAR(32) PRIMARY KEY,
                              queries TEXT NOT NULL,
                              facts TEXT NOT NULL)\
                            """));

    private Migrations() {}
}
