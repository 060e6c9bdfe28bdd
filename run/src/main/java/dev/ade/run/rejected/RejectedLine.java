package dev.ade.run.rejected;

/// A rejected row about which something is left to be done.
///
/// @param origin the file
/// @param reason everything that is wrong with it, with the column it is about; never a value
record RejectedLine(RejectedPlace place, String origin, String reason) {}
