/// Runs models written in Java: rows of Arrow batches become records and records become batches.
/// Nothing here knows an engine or a project.
/// Start at `RunningModel`.
@NullMarked
package dev.ade.code.run;

import org.jspecify.annotations.NullMarked;
