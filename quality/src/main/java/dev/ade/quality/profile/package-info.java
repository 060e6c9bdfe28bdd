/// Profiles Parquet files in one pass of the engine.
/// The engine reduces, `sketch` merges; no row of data is looked at in Java.
/// Start at `SketchProfiler`.
@NullMarked
package dev.ade.quality.profile;

import org.jspecify.annotations.NullMarked;
