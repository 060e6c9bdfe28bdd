package dev.ade.privacy;

import dev.ade.model.AdeException;
import dev.ade.model.PrivacyPolicy;
import dev.ade.model.PrivacySpec;
import dev.ade.model.TableName;
import dev.ade.model.Treatment;
import dev.ade.spi.Privacy.Decision;
import dev.ade.spi.Privacy.Ground;
import dev.ade.spi.Privacy.Sample;
import java.util.Optional;
import java.util.function.Supplier;

/// Decides about the columns of one source.
record Decider(TableName source, PrivacyPolicy undeclared) {
    static final String NONE = "none";
    static final String PERSONAL = "personal";

    Decision decide(Sample sample, Optional<PrivacySpec> spec) {
        return spec.filter(said -> said.dataClass().isPresent() || said.treatment().isPresent())
                .map(said -> declared(sample, said))
                .orElseGet(() -> undeclared(sample));
    }

    private Decision declared(Sample sample, PrivacySpec spec) {
        Place place = new Place(source, sample.column());
        String dataClass =
                spec.dataClass()
                        .orElse(
                                spec.treatment()
                                                .filter(Treatment.Keep.class::isInstance)
                                                .isPresent()
                                        ? NONE
                                        : PERSONAL);
        Treatment treatment = spec.treatment().orElseGet(() -> ofClass(place, sample, dataClass));
        Treatments.check(place, treatment, sample.type());
        Samples.check(place, treatment, sample);
        return new Decision(
                sample.column(), dataClass, treatment, Ground.DECLARED, "declared in the project");
    }

    private Treatment ofClass(Place place, Sample sample, String dataClass) {
        return dataClass.equals(NONE)
                ? new Treatment.Keep()
                : byPolicy(
                        sample,
                        () ->
                                AdeException.user(
                                        "Cannot load column '%s' of %s: it is declared as %s, but not what to do with it, and the project refuses to guess"
                                                .formatted(place.column(), source, dataClass),
                                        advice(sample.column(), dataClass)));
    }

    private Treatment byPolicy(Sample sample, Supplier<AdeException> refusal) {
        return switch (undeclared) {
            case PSEUDONYM ->
                    sample.type().isNested()
                            ? new Treatment.Drop()
                            : new Treatment.Pseudonym(Treatment.DEFAULT_REALM);
            case DROP -> new Treatment.Drop();
            case REFUSE -> throw refusal.get();
        };
    }

    private static String advice(String column, String dataClass) {
        return "Add to its columns in sources.yml: - {name: %s, privacy: {class: %s, treat: pseudonym}}, or privacy: keep where it is not personal"
                .formatted(column, dataClass);
    }

    private Decision undeclared(Sample sample) {
        return new Decision(
                sample.column(),
                NONE,
                new Treatment.Keep(),
                Ground.NOT_PERSONAL,
                "nothing looks personal");
    }
}
