/// Rows in columns: values are put into Arrow's memory as they come, a batch at a time, and go to the engine as they are.
/// Nothing here knows where rows come from or go to. Start with `RowBatch`.
@NullMarked
package dev.ade.ingest.columns;

import org.jspecify.annotations.NullMarked;
