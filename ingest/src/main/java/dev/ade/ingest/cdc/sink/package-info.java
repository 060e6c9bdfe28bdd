/// What becomes of the changes of a table, whichever database's log they come from: parts of a stage, as the table is or
/// as its history. Positions in logs and places up to which a run reads them are here, too.
/// Start at `Sink`.
@NullMarked
package dev.ade.ingest.cdc.sink;

import org.jspecify.annotations.NullMarked;
