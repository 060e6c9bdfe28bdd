/// Decides what is personal and how it is treated, and makes the functions that treat it.
/// Engines and tables are unknown here; keys never leave this package.
/// Start at `KeyedPrivacy`.
@NullMarked
package dev.ade.privacy;

import org.jspecify.annotations.NullMarked;
