package dev.ade.privacy;

import dev.ade.model.AdeException;
import dev.ade.model.Treatment;
import dev.ade.model.Wording;
import dev.ade.spi.Privacy.Sample;

/// Finds early, in the sample, what would fail in the middle of a load.
final class Samples {
    private Samples() {}

    static void check(Place place, Treatment treatment, Sample sample) {
        if (treatment instanceof Treatment.FormatPreserving fpe) {
            long misfits =
                    sample.values().stream()
                            .filter(value -> !FormatPreserver.fits(value, fpe.alphabet()))
                            .count();
            if (misfits > 0) {
                throw AdeException.user(
                        "Cannot treat column '%s' of %s with fpe: %,d of %,d sampled values do not have the %d to %d characters of the alphabet %s that a domain of a million values takes; fewer can be guessed"
                                .formatted(
                                        place.column(),
                                        place.source(),
                                        misfits,
                                        sample.values().size(),
                                        FormatPreserver.lengthMin(fpe.alphabet()),
                                        Ff1.LENGTH_MAX,
                                        Wording.of(fpe.alphabet())),
                        "Use token or pseudonym, or another alphabet");
            }
        }
    }
}
