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

    private static final String LEDGER_OF =
            "'m:' || environment || ':' || namespace || '.' || name";

    /// Ledgers become things of their own that pointers share, so that an environment is made without copying
    /// them and history keeps them; environments know what they were made from.
    private static final List<String> ENVIRONMENTS =
            List.of(
                    "CREATE TABLE ledger (ledger_id TEXT PRIMARY KEY, coding VARCHAR(8) NOT NULL, content BLOB"
                            + " NOT NULL)",
                    """
                    INSERT INTO ledger
                    SELECT 'm:' || environment || ':' || namespace || '.' || name, 'text',
                      CAST(group_concat(line, char(10)) AS BLOB)
                    FROM (
                      SELECT environment, namespace, name, 'f' || char(9) || interval_from || char(9)
                        || interval_to || char(9) || version || char(9) || row_count AS line
                      FROM filled
                      UNION ALL
                      SELECT environment, namespace, name, 'b' || char(9) || batch_id || char(9)
                        || replace(replace(replace(replace(origin, '\\', '\\\\'), char(9), '\\t'),
                          char(10), '\\n'), char(13), '\\r')
                        || char(9) || byte_count || char(9) || modified_at || char(9) || contract || char(9)
                        || loaded_at || char(9) || rows_read || char(9) || rows_landed || char(9)
                        || rows_rejected || char(9) || event_times
                      FROM batch)
                    GROUP BY environment, namespace, name\
                    """,
                    "ALTER TABLE pointer ADD COLUMN ledger TEXT NOT NULL DEFAULT ''",
                    "ALTER TABLE publication ADD COLUMN ledger TEXT NOT NULL DEFAULT ''",
                    "ALTER TABLE overlay ADD COLUMN ledger TEXT NOT NULL DEFAULT ''",
                    "UPDATE pointer SET ledger = %1$s WHERE %1$s IN (SELECT ledger_id FROM ledger)"
                            .formatted(LEDGER_OF),
                    // The ledgers of earlier publications were overwritten: going back to them is
                    // refused.
                    """
                    UPDATE publication SET ledger = CASE WHEN EXISTS (
                        SELECT 1 FROM pointer p WHERE p.environment = publication.environment
                          AND p.namespace = publication.namespace AND p.name = publication.name
                          AND p.published_at = publication.published_at)
                      THEN %1$s ELSE '?' END
                    WHERE %1$s IN (SELECT ledger_id FROM ledger)\
                    """
                            .formatted(LEDGER_OF),
                    "DROP TABLE batch",
                    "DROP TABLE filled",
                    "ALTER TABLE run ADD COLUMN published_at BIGINT",
                    """
                    UPDATE run SET published_at = (SELECT max(p.published_at) FROM publication p
                      WHERE p.environment = run.environment AND p.run_id = run.run_id)
                    WHERE state IN ('published', 'partly_published')\
                    """,
                    "ALTER TABLE environment ADD COLUMN origin VARCHAR(64)",
                    "ALTER TABLE environment ADD COLUMN first_run BIGINT NOT NULL DEFAULT 0",
                    """
                    INSERT INTO environment (name, created_at)
                    SELECT environment, min(started_at) FROM run GROUP BY environment\
                    """,
                    """
                    CREATE TABLE basis (
                      environment VARCHAR(64) NOT NULL,
                      namespace VARCHAR(128) NOT NULL,
                      name VARCHAR(128) NOT NULL,
                      version CHAR(32) NOT NULL,
                      definition CHAR(32) NOT NULL,
                      properties TEXT NOT NULL,
                      PRIMARY KEY (environment, namespace, name))\
                    """,
                    // When a dataset was first published, once its first publications are
                    // forgotten.
                    """
                    CREATE TABLE beginning (
                      environment VARCHAR(64) NOT NULL,
                      namespace VARCHAR(128) NOT NULL,
                      name VARCHAR(128) NOT NULL,
                      published_at BIGINT NOT NULL,
                      PRIMARY KEY (environment, namespace, name))\
                    """,
                    // What was forgotten before this was kept is not known, so it is taken for
                    // forgotten.
                    """
                    INSERT INTO beginning
                    SELECT environment, namespace, name, 0 FROM publication
                    GROUP BY environment, namespace, name\
                    """);

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
                            """),
                    ENVIRONMENTS,
                    // What must not land again, for all environments.
                    List.of(
                            """
                            CREATE TABLE suppression (
                              namespace VARCHAR(128) NOT NULL,
                              name VARCHAR(128) NOT NULL,
                              column_name VARCHAR(256) NOT NULL,
                              mark CHAR(36) NOT NULL,
                              added_at BIGINT NOT NULL,
                              PRIMARY KEY (namespace, name, column_name, mark))\
                            """),
                    // Originals of all environments. Without a data key nobody can read one.
                    List.of(
                            """
                            CREATE TABLE vault (
                              namespace VARCHAR(128) NOT NULL,
                              name VARCHAR(128) NOT NULL,
                              batch_id CHAR(32) NOT NULL,
                              origin TEXT NOT NULL,
                              run_id BIGINT NOT NULL,
                              kept_at BIGINT NOT NULL,
                              keep VARCHAR(32) NOT NULL,
                              file VARCHAR(64) NOT NULL,
                              data_key TEXT,
                              byte_count BIGINT NOT NULL,
                              stored_bytes BIGINT NOT NULL,
                              ended_at BIGINT,
                              reason TEXT,
                              PRIMARY KEY (namespace, name, batch_id))\
                            """),
                    // Rows of files that people corrected, for all environments.
                    List.of(
                            """
                            CREATE TABLE correction (
                              namespace VARCHAR(128) NOT NULL,
                              name VARCHAR(128) NOT NULL,
                              batch_id CHAR(32) NOT NULL,
                              version CHAR(32) NOT NULL,
                              origin TEXT NOT NULL,
                              corrected_at BIGINT NOT NULL,
                              row_count BIGINT NOT NULL,
                              file VARCHAR(64) NOT NULL,
                              data_key TEXT NOT NULL,
                              byte_count BIGINT NOT NULL,
                              stored_bytes BIGINT NOT NULL,
                              PRIMARY KEY (namespace, name, batch_id))\
                            """),
                    // What somebody corrects in a file comes on top of what was corrected in it
                    // before.
                    List.of(
                            """
                            CREATE TABLE corrected_file (
                              namespace VARCHAR(128) NOT NULL,
                              name VARCHAR(128) NOT NULL,
                              batch_id CHAR(32) NOT NULL,
                              version CHAR(32) NOT NULL,
                              place BIGINT NOT NULL,
                              origin TEXT NOT NULL,
                              corrected_at BIGINT NOT NULL,
                              corrected_by TEXT NOT NULL,
                              row_count BIGINT NOT NULL,
                              file VARCHAR(64) NOT NULL,
                              data_key TEXT NOT NULL,
                              byte_count BIGINT NOT NULL,
                              stored_bytes BIGINT NOT NULL,
                              PRIMARY KEY (namespace, name, batch_id, version))\
                            """,
                            """
                            INSERT INTO corrected_file
                            SELECT namespace, name, batch_id, version, 1, origin, corrected_at, '', row_count, file,
                              data_key, byte_count, stored_bytes
                            FROM correction\
                            """,
                            "DROP TABLE correction"));

    private Migrations() {}
}
