/// Reads APIs that answer with JSON over HTTP, declared in `load: {rest: …}`. Only what asks an API and finds rows in its
/// answers lives here; what becomes of the rows does not.
/// Start at `RestConnector`.
@NullMarked
package dev.ade.ingest.rest;

import org.jspecify.annotations.NullMarked;
