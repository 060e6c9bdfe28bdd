package dev.ade.run.rejected;

import dev.ade.model.Fingerprint;

/// A rejected row about which something is left to be done.
///
/// @param origin the file
/// @param line that it begins on, from 1
/// @param reason everything that is wrong with it, with the column it is about; never a value
public record RejectedLine(Fingerprint batch, String origin, long line, String reason) {}
