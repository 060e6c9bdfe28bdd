/// What a project says now beside what it said when its datasets were published.
/// Nothing here changes anything, and nothing here decides what has to run.
/// Start at `Declarer`, which puts down what is said.
@NullMarked
package dev.ade.run.compare;

import org.jspecify.annotations.NullMarked;
