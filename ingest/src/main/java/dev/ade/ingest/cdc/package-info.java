/// Follows the log of changes that a database keeps: first its rows from a snapshot, from then on what is committed.
/// What a change means for a table is told to the stage; what becomes of it is not known here.
/// Start at `CdcConnector`.
@NullMarked
package dev.ade.ingest.cdc;

import org.jspecify.annotations.NullMarked;
