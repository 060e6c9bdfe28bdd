/// Parses commands, calls Ade, renders what comes back.
/// It decides nothing.
/// Start at `Main`.
@NullMarked
package dev.ade.cli;

import org.jspecify.annotations.NullMarked;
