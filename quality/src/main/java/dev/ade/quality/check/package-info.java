/// Runs checks as SQL with dbt's meaning, several in one scan where that is possible.
/// Nothing here knows what a failed check leads to.
/// Start at `SqlChecker`.
@NullMarked
package dev.ade.quality.check;

import org.jspecify.annotations.NullMarked;
