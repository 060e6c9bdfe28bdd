/// What people see: tables, progress, figures in words, machine-readable output.
/// Knows what a terminal can show, and no command.
/// Start at `Screen`.
@NullMarked
package dev.ade.cli.console;

import org.jspecify.annotations.NullMarked;
