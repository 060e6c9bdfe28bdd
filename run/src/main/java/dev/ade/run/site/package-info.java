/// A project's documentation as one HTML page: what its manifest and catalog say, and a program that shows it.
/// The page loads nothing from anywhere and runs no other script than its own; nothing here opens data.
/// Start at `Site`.
@NullMarked
package dev.ade.run.site;

import org.jspecify.annotations.NullMarked;
