/// Turns files into landed and rejected rows, through the door where privacy stands.
/// No table format and no vendor type lives here; it meets engine and lake in spi.
/// Start at `FileLoader`.
@NullMarked
package dev.ade.ingest;

import org.jspecify.annotations.NullMarked;
