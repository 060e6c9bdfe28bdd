/// Compares a dataset with its own past, as `ade.profiles` tells it.
/// Nothing here reads the dataset itself.
/// Start at `Monitors`, whose arithmetic is in `Baseline`.
@NullMarked
package dev.ade.quality.monitor;

import org.jspecify.annotations.NullMarked;
