/// What the columns of a project's datasets follow from, across models and back to the sources.
/// Nothing is executed and no data is read here: queries are bound to the columns of their inputs.
/// Start at `ProjectLineage`.
@NullMarked
package dev.ade.run.lineage;

import org.jspecify.annotations.NullMarked;
