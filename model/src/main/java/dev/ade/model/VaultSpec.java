package dev.ade.model;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;

/// How long the raw input of a source is kept in the vault.
///
/// @param keep from the load on
/// @param location where it is declared
public record VaultSpec(Period keep, Location location) {
    public VaultSpec {
        if (keep.isNegative() || keep.isZero()) {
            throw AdeException.user(
                            "Cannot keep originals for %s: that is no time".formatted(keep),
                            "Write vault: {keep: 7 years}, or days, weeks or months")
                    .at(location);
        }
    }

    /// When something that was put in at an instant has been kept long enough.
    public static Instant until(Instant keptAt, Period keep) {
        return keptAt.atZone(ZoneOffset.UTC).plus(keep).toInstant();
    }

    /// A period as projects write it: `7 years`.
    public static String text(Period keep) {
        if (keep.getYears() > 0) {
            return Wording.count(keep.getYears(), "year");
        }
        return keep.getMonths() > 0
                ? Wording.count(keep.getMonths(), "month")
                : Wording.count(keep.getDays(), "day");
    }
}
