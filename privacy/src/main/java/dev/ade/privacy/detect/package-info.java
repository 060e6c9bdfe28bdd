/// Finds columns that look personal, by their names and a sample of their values.
/// What is done with them is not decided here, and nothing here says a value.
/// Start at `Detector`.
@NullMarked
package dev.ade.privacy.detect;

import org.jspecify.annotations.NullMarked;
