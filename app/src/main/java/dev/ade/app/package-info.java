/// Wires the stages together: the one place that sees all.
/// No logic of its own beyond construction.
/// Start at `Ade`.
@NullMarked
package dev.ade.app;

import org.jspecify.annotations.NullMarked;
