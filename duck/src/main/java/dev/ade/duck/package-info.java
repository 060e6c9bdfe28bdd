/// Executes SQL on DuckDB: scans planned elsewhere, results written as Parquet files.
/// Tables and commits are unknown here; only this package may import org.duckdb.
/// Start at `DuckEngine`.
@NullMarked
package dev.ade.duck;

import org.jspecify.annotations.NullMarked;
