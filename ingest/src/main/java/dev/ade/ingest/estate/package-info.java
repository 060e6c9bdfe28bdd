/// Datasets of other ADE projects as sources: what they published is read where it lies, and only when it is another.
/// Nothing here opens a project; that is handed in. Start at `EstateConnector`.
@NullMarked
package dev.ade.ingest.estate;

import org.jspecify.annotations.NullMarked;
