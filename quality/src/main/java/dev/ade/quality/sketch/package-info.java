/// Mergeable summaries of a column's values, and their stored form.
/// Nothing here reads data: what an engine has reduced comes in, estimates go out.
/// Start at `ColumnSketch`.
@NullMarked
package dev.ade.quality.sketch;

import org.jspecify.annotations.NullMarked;
