/// Decides what has to happen (Planner), says so (Plan) and does it (Runner).
/// It knows only spi and model; implementations are handed in by app.
/// Start at `Planner`.
@NullMarked
package dev.ade.run;

import org.jspecify.annotations.NullMarked;
