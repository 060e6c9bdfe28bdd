package dev.ade.run.rejected;

import dev.ade.model.Fingerprint;

/// Where a row stands: the content of a file, and the line in it that the row begins on, from 1.
record RejectedPlace(Fingerprint batch, long line) {}
