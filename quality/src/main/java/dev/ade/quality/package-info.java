/// Profiles what was written and checks what must hold.
/// Nothing here decides what is published; it only tells.
/// Start at `SketchProfiler` and `SqlChecker`.
@NullMarked
package dev.ade.quality;

import org.jspecify.annotations.NullMarked;
