package dev.ade.privacy;

import dev.ade.model.AdeException;
import dev.ade.model.PrivacyPolicy;
import dev.ade.model.PrivacySpec;
import dev.ade.model.TableName;
import dev.ade.model.Treatment;
import dev.ade.model.Type;
import dev.ade.privacy.detect.Detector;
import dev.ade.privacy.detect.Finding;
import dev.ade.spi.Privacy.Decision;
import dev.ade.spi.Privacy.Ground;
import dev.ade.spi.Privacy.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Decides about the columns of one source: what the project declares, else what is detected.
final class Decider {
    static final String NONE = "none";

    /// What is treated without anybody saying what it is.
    static final String PERSONAL = "personal";

    private final TableName source;
    private final PrivacyPolicy policy;
    private final Map<String, PrivacySpec> declared;

    /// Columns that the policy refuses, all to be said at once.
    private final List<Refused> refused = new ArrayList<>();

    /// @param declared by column in lower case
    Decider(TableName source, PrivacyPolicy policy, Map<String, PrivacySpec> declared) {
        this.source = source;
        this.policy = policy;
        this.declared = declared;
    }

    private record Refused(String column, String dataClass, String evidence) {
        String words() {
            return "'%s' looks like %s (%s)".formatted(column, dataClass, evidence);
        }

        String yaml() {
            return "- {name: %s, privacy: {class: %s, treat: pseudonym}}"
                    .formatted(column, dataClass);
        }
    }

    List<Decision> decide(List<Sample> samples) {
        Map<String, Finding> findings =
                Detector.find(
                        samples,
                        declared.values().stream()
                                .flatMap(spec -> spec.dataClass().stream())
                                .collect(Collectors.toSet()));
        List<Decision> decisions =
                samples.stream()
                        .map(sample -> decide(sample, findings.get(sample.column())))
                        .toList();
        if (!refused.isEmpty()) {
            throw refusal();
        }
        return decisions;
    }

    private Decision decide(Sample sample, @Nullable Finding finding) {
        PrivacySpec spec = declared.get(sample.column().toLowerCase(Locale.ROOT));
        if (spec != null && (spec.dataClass().isPresent() || spec.treatment().isPresent())) {
            return declared(sample, spec, Optional.ofNullable(finding));
        }
        return finding == null ? plain(sample) : detected(sample, finding);
    }

    private Decision declared(Sample sample, PrivacySpec spec, Optional<Finding> finding) {
        String dataClass =
                spec.dataClass()
                        .or(() -> finding.map(found -> found.dataClass().word()))
                        .orElseGet(() -> isKept(spec) ? NONE : PERSONAL);
        String evidence =
                "declared in the project"
                        + finding.map(found -> "; " + found.evidence()).orElse("");
        Treatment treatment =
                spec.treatment()
                        .orElseGet(() ->
                                dataClass.equals(NONE)
                                        ? new Treatment.Keep()
                                        : byPolicy(sample, dataClass, "declared without treat:"));
        Place place = new Place(source, sample.column());
        Treatments.check(place, treatment, sample.type());
        Samples.check(place, treatment, sample);
        return new Decision(sample.column(), dataClass, treatment, Ground.DECLARED, evidence);
    }

    private Decision detected(Sample sample, Finding finding) {
        String dataClass = finding.dataClass().word();
        boolean isKept = policy == PrivacyPolicy.KEEP;
        return new Decision(
                sample.column(),
                dataClass,
                byPolicy(sample, dataClass, finding.evidence()),
                isKept ? Ground.KEPT : Ground.DETECTED,
                isKept
                        ? "the project says undeclared: keep; " + finding.evidence()
                        : finding.evidence());
    }

    private static Decision plain(Sample sample) {
        return new Decision(
                sample.column(),
                NONE,
                new Treatment.Keep(),
                Ground.NOT_PERSONAL,
                sample.values().isEmpty()
                        ? "its name does not look personal, and there were no values to look at"
                        : "neither its name nor %,d values look personal"
                                .formatted(sample.values().size()));
    }

    private Treatment byPolicy(Sample sample, String dataClass, String evidence) {
        return switch (policy) {
            case PSEUDONYM -> pseudonymOrDrop(sample.type());
            case DROP -> new Treatment.Drop();
            case KEEP -> new Treatment.Keep();
            case REFUSE -> {
                refused.add(new Refused(sample.column(), dataClass, evidence));
                yield new Treatment.Drop();
            }
        };
    }

    /// Nested values have no single text to make a pseudonym of.
    private static Treatment pseudonymOrDrop(Type type) {
        return type.isNested()
                ? new Treatment.Drop()
                : new Treatment.Pseudonym(Treatment.DEFAULT_REALM);
    }

    private static boolean isKept(PrivacySpec spec) {
        return spec.treatment().filter(Treatment.Keep.class::isInstance).isPresent();
    }

    private AdeException refusal() {
        String name = source.toString();
        return AdeException.user(
                "Cannot load %s: nobody said what to do with personal data, and the project refuses to guess: %s"
                        .formatted(
                                name,
                                refused.stream()
                                        .map(Refused::words)
                                        .collect(Collectors.joining(", "))),
                "Add to the columns of %s in sources.yml (privacy: keep where it is not personal):\n%s"
                        .formatted(
                                name,
                                refused.stream()
                                        .map(each -> "    " + each.yaml())
                                        .collect(Collectors.joining("\n"))));
    }
}
