/// Reads what Singer taps print: programs of others, each of which knows one system. Only the protocol and the process
/// live here; what becomes of its rows does not.
/// Start at `SingerConnector`.
@NullMarked
package dev.ade.ingest.singer;

import org.jspecify.annotations.NullMarked;
