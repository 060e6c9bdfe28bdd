package dev.ade.spi;

import dev.ade.model.Fingerprint;
import dev.ade.model.TableName;
import dev.ade.model.Treatment;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A value that must not land again in a column of a source, because the person behind it was forgotten.
///
/// @param source `ANY_SOURCE` where it must land in no column of a kind, whatever source brings it
/// @param column of the source; or the kind
/// @param mark the value as the pseudonym of a realm of its own (`REALM`), whatever the column is treated by
public record Suppression(TableName source, String column, String mark) {
    /// No column can be of this realm by accident: its marks join with nothing.
    public static final String REALM = "ade forgotten";

    /// Sources that are declared later, too.
    public static final TableName ANY_SOURCE = TableName.of("ade", "forgotten");

    private static final Set<String> NO_CLASS = Set.of("", "none", "personal");

    /// Columns of one kind hold one value alike: they have the same treatment and realm and the same class, or the same
    /// name where no class says more than that they are personal. Kept columns are of no kind, as nothing says which
    /// others mean the same.
    public static Optional<String> kind(String column, String dataClass, Treatment treatment) {
        return switch (treatment) {
            case Treatment.Pseudonym _, Treatment.Token _, Treatment.FormatPreserving _ ->
                    Optional.of(
                            NO_CLASS.contains(dataClass)
                                    ? kind(treatment, "name", column.toLowerCase(Locale.ROOT))
                                    : kind(treatment, "class", dataClass));
            case Treatment.Keep _, Treatment.Drop _, Treatment.Mask _, Treatment.Generalise _ ->
                    Optional.empty();
        };
    }

    private static String kind(Treatment treatment, String what, String said) {
        return Fingerprint.of(treatment, what, said).hex();
    }

    /// What `ade.rejected` says of a row that was kept out because of one.
    public static final String REASON = "the person was forgotten";
}
