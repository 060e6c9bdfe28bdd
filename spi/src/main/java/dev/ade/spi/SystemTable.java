package dev.ade.spi;

import static dev.ade.model.Type.Simple.BIGINT;
import static dev.ade.model.Type.Simple.BLOB;
import static dev.ade.model.Type.Simple.DOUBLE;
import static dev.ade.model.Type.Simple.TIMESTAMPTZ;
import static dev.ade.model.Type.Simple.VARCHAR;

import dev.ade.model.Column;
import dev.ade.model.Schema;
import dev.ade.model.TableName;
import dev.ade.model.Type;

/// What ADE tells about itself, as datasets in the namespace `ade`. Append-only; columns are only ever added.
public enum SystemTable {
    /// One row an ended run.
    RUNS(
            column("run_id", BIGINT),
            column("environment", VARCHAR),
            column("state", VARCHAR),
            column("started_at", TIMESTAMPTZ),
            column("ended_at", TIMESTAMPTZ),
            column("command", VARCHAR),
            column("user_name", VARCHAR),
            column("message", VARCHAR)),
    /// One row a step of a run.
    STEPS(
            column("run_id", BIGINT),
            column("dataset", VARCHAR),
            column("kind", VARCHAR),
            column("state", VARCHAR),
            column("reason", VARCHAR),
            column("started_at", TIMESTAMPTZ),
            column("ended_at", TIMESTAMPTZ),
            column("rows_read", BIGINT),
            column("rows_written", BIGINT),
            column("rows_rejected", BIGINT),
            column("intervals", VARCHAR),
            column("version", VARCHAR),
            column("message", VARCHAR)),
    /// One row a check of a run.
    CHECKS(
            column("run_id", BIGINT),
            column("dataset", VARCHAR),
            column("check_name", VARCHAR),
            column("severity", VARCHAR),
            column("outcome", VARCHAR),
            column("failures", BIGINT),
            column("message", VARCHAR),
            column("observed", DOUBLE),
            column("expected_min", DOUBLE),
            column("expected_max", DOUBLE),
            column("checked_at", TIMESTAMPTZ)),
    /// One row a column of a dataset (`interval_from` and `interval_to` NULL), or of one of its intervals; rows with `column_name`
    /// NULL are about the dataset itself.
    PROFILES(
            column("run_id", BIGINT),
            column("dataset", VARCHAR),
            column("version", VARCHAR),
            column("interval_from", TIMESTAMPTZ),
            column("interval_to", TIMESTAMPTZ),
            column("profiled_at", TIMESTAMPTZ),
            column("column_name", VARCHAR),
            column("column_type", VARCHAR),
            column("rows", BIGINT),
            column("nulls", BIGINT),
            column("distinct_values", DOUBLE),
            column("min_value", VARCHAR),
            column("max_value", VARCHAR),
            column("mean", DOUBLE),
            column("deviation", DOUBLE),
            column("quantiles", new Type.ListOf(DOUBLE)),
            column("frequent_values", new Type.ListOf(VARCHAR)),
            column("frequent_counts", new Type.ListOf(BIGINT)),
            column("lengths", new Type.ListOf(DOUBLE)),
            column("histogram", new Type.ListOf(BIGINT)),
            column("sketch", BLOB)),
    /// One row a value that kept a row out.
    REJECTED(
            column("run_id", BIGINT),
            column("dataset", VARCHAR),
            column("batch_id", VARCHAR),
            column("source", VARCHAR),
            column("line", BIGINT),
            column("column_name", VARCHAR),
            column("value_class", VARCHAR),
            column("reason", VARCHAR),
            column("rejected_at", TIMESTAMPTZ)),
    /// Failing rows of checks that store them.
    FAILURES(
            column("run_id", BIGINT),
            column("dataset", VARCHAR),
            column("check_name", VARCHAR),
            column("failing_row", VARCHAR),
            column("checked_at", TIMESTAMPTZ)),
    /// What columns follow from: one row a column and input, in the run that changed it. Rows with `column_name` NULL
    /// are about which rows the dataset has; with `input_column` NULL and role `unknown` only the dataset is known.
    LINEAGE(
            column("run_id", BIGINT),
            column("dataset", VARCHAR),
            column("column_name", VARCHAR),
            column("expression", VARCHAR),
            column("input_dataset", VARCHAR),
            column("input_column", VARCHAR),
            column("input_path", VARCHAR),
            column("role", VARCHAR)),
    /// One row a person's key and column that held it, of people who were forgotten; written where it was asked for.
    /// Rows with `dataset` NULL are about the whole certificate.
    FORGOTTEN(
            column("run_id", BIGINT),
            column("certificate", VARCHAR),
            column("forgotten_at", TIMESTAMPTZ),
            column("user_name", VARCHAR),
            column("source", VARCHAR),
            column("key_column", VARCHAR),
            column("key_mark", VARCHAR),
            column("environment", VARCHAR),
            column("dataset", VARCHAR),
            column("column_name", VARCHAR),
            column("rows_removed", BIGINT),
            column("snapshots_removed", BIGINT),
            column("files_removed", BIGINT),
            column("files_scanned", BIGINT),
            column("rows_left", BIGINT)),
    /// One row a dataset whose rows were older than it keeps, in the run that removed them.
    RETAINED(
            column("run_id", BIGINT),
            column("dataset", VARCHAR),
            column("column_name", VARCHAR),
            column("keep", VARCHAR),
            column("kept_from", TIMESTAMPTZ),
            column("rows_removed", BIGINT),
            column("retained_at", TIMESTAMPTZ)),
    /// One row an original that somebody read from the vault, or took rejected rows out of.
    VAULT_READS(
            column("run_id", BIGINT),
            column("read_at", TIMESTAMPTZ),
            column("user_name", VARCHAR),
            column("dataset", VARCHAR),
            column("batch_id", VARCHAR),
            column("source", VARCHAR),
            column("reason", VARCHAR));

    private final Schema schema;

    SystemTable(Column... columns) {
        this.schema = Schema.of(columns);
    }

    /// `ade.runs` and so on.
    public TableName table() {
        return TableName.of("ade", name());
    }

    public Schema schema() {
        return schema;
    }

    private static Column column(String name, Type type) {
        return new Column(name, type);
    }
}
