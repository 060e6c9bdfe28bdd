/// Forgetting people: finding every row that holds one by lineage and pseudonym, removing the rows, the history and
/// the files that hold them, and proving it.
/// Also what goes by the age of rows: retention, and the archive.
/// Nothing here knows how tables or keys are stored, and no value of a key is written or said anywhere.
/// Start at `Forgetter`.
@NullMarked
package dev.ade.run.forget;

import org.jspecify.annotations.NullMarked;
