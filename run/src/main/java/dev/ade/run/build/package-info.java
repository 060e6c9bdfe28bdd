/// How each kind of model is kept: the SQL around the model's own query, and the change to its table.
/// Nothing here decides whether something is built, or publishes it.
/// Start at `Builder`.
@NullMarked
package dev.ade.run.build;

import org.jspecify.annotations.NullMarked;
