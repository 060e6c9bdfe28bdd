/// Loads what a user's own Java class reads. Only the way from its rows to a stage lives here; how it is compiled, and
/// what becomes of staged rows, does not.
/// Start at `JavaConnector`.
@NullMarked
package dev.ade.code.source;

import org.jspecify.annotations.NullMarked;
