/// Reads DuckDB's bound plan of a query and says what each column of its result follows from.
/// No SQL text is interpreted here, and nothing is executed: the inputs are empty tables of the right columns.
/// Start at `LineageReader`.
@NullMarked
package dev.ade.duck.lineage;

import org.jspecify.annotations.NullMarked;
