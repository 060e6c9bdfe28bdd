/// Profiles rows while they are written: `Watch` sees them in columns, `Seen` reduces a column, `sketch` merges.
/// Start at `SketchProfiler`.
@NullMarked
package dev.ade.quality.profile;

import org.jspecify.annotations.NullMarked;
