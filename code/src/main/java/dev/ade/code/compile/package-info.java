/// Compiles models written in Java, once for each text of theirs, and reads what their classes declare.
/// Nothing here runs code of a model.
/// Start at `JavaModels`.
@NullMarked
package dev.ade.code.compile;

import org.jspecify.annotations.NullMarked;
