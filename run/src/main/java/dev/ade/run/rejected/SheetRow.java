package dev.ade.run.rejected;

import dev.ade.model.Fingerprint;
import java.util.List;

/// A row of a sheet as somebody gave it back.
///
/// @param at line of the sheet that it begins on, for messages
/// @param origin the file it is of
/// @param values in the order of the sheet's columns
record SheetRow(long at, String origin, long line, Fingerprint batch, List<String> values) {
    SheetRow {
        values = List.copyOf(values);
    }

    RejectedPlace place() {
        return new RejectedPlace(batch, line);
    }

    /// Values are nobody's business but those who gave them.
    @Override
    public String toString() {
        return "line " + line + " of " + origin;
    }
}
