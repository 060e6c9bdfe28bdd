/// Writes what runs, checks and tables are like into files of dbt's published schemas, for tools that read dbt's.
/// Nothing here decides anything, and a file that cannot be written is no reason for a run to fail.
/// Start at `Artifacts`.
@NullMarked
package dev.ade.run.artifacts;

import org.jspecify.annotations.NullMarked;
