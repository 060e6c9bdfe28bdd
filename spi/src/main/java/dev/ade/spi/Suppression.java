package dev.ade.spi;

import dev.ade.model.TableName;

/// A value that must not land again in a column of a source, because the person behind it was forgotten.
///
/// @param column of the source
/// @param mark the value as the pseudonym of a realm of its own (`REALM`), whatever the column is treated by
public record Suppression(TableName source, String column, String mark) {
    /// No column can be of this realm by accident: its marks join with nothing.
    public static final String REALM = "ade forgotten";

    /// What `ade.rejected` says of a row that was kept out because of one.
    public static final String REASON = "the person was forgotten";
}
