package dev.ade.privacy.detect;

import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import dev.ade.privacy.detect.NameHint.Strength;
import dev.ade.spi.Privacy.Sample;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Looks at all columns of a source together: `name` is of a person beside `email`, and of anything else beside
/// `latitude`.
///
/// Thresholds are chosen so that a column of personal data is rarely missed and plain facts (ids, amounts, times,
/// coordinates, codes, versions) are left alone; whoever knows better declares the column.
public final class Detector {
    private static final Set<DataClass> OF_PEOPLE =
            Set.of(
                    DataClass.EMAIL,
                    DataClass.PHONE,
                    DataClass.NAME,
                    DataClass.BIRTH_DATE,
                    DataClass.NATIONAL_ID,
                    DataClass.PASSPORT,
                    DataClass.LICENCE);

    private Detector() {}

    /// Findings by column; what looks like nothing personal has none.
    ///
    /// @param declaredClasses data classes that the project declares for columns of the same source
    public static Map<String, Finding> find(List<Sample> samples, Set<String> declaredClasses) {
        Map<String, NameHint> hints = new HashMap<>();
        for (Sample sample : samples) {
            NameHint.of(sample.column())
                    .filter(hint -> Shapes.fit(hint.dataClass(), sample))
                    .ifPresent(hint -> hints.put(sample.column(), hint));
        }
        boolean rowsAreOfPeople =
                hints.values().stream().anyMatch(hint -> hint.strength() == Strength.OF_THE_ROW)
                        || OF_PEOPLE.stream()
                                .anyMatch(each -> declaredClasses.contains(each.word()));
        Map<String, Finding> findings = new HashMap<>();
        for (Sample sample : samples) {
            Optional<NameHint> hint =
                    Optional.ofNullable(hints.get(sample.column()))
                            .filter(each ->
                                    rowsAreOfPeople || each.strength() != Strength.BESIDE_OTHERS);
            finding(sample, hint).ifPresent(each -> findings.put(sample.column(), each));
        }
        return findings;
    }

    private static Optional<Finding> finding(Sample sample, Optional<NameHint> hint) {
        Optional<Finding> values = byValues(sample);
        DataClass dataClass =
                hint.map(NameHint::dataClass).or(() -> values.map(Finding::dataClass)).orElse(null);
        if (dataClass == null) {
            return Optional.empty();
        }
        String evidence =
                Stream.concat(
                                hint.map(Detector::words).stream(),
                                values.map(Finding::evidence).stream())
                        .collect(Collectors.joining("; "));
        return Optional.of(new Finding(dataClass, evidence));
    }

    private static String words(NameHint hint) {
        return switch (hint.strength()) {
            case OF_THE_ROW, DECIDES -> "column name";
            case BESIDE_OTHERS -> "column name, beside other personal columns";
        };
    }

    private static Optional<Finding> byValues(Sample sample) {
        List<String> values = texts(sample);
        return values.isEmpty()
                ? Optional.empty()
                : Arrays.stream(ValueSign.values())
                        .filter(sign -> isLookedAt(sign, sample.type()))
                        .flatMap(sign -> share(sign, values).stream())
                        .findFirst();
    }

    private static Optional<Finding> share(ValueSign sign, List<String> values) {
        long count = values.stream().filter(sign::matches).count();
        boolean found =
                count >= sign.shareMin() * values.size()
                        && count > 0
                        && (sign != ValueSign.PHONE || areIssued(values));
        return found
                ? Optional.of(
                        new Finding(
                                sign.dataClass(),
                                "%s of %,d values %s %s"
                                        .formatted(
                                                percent(count, values.size()),
                                                values.size(),
                                                sign.verb(),
                                                sign.dataClass().plural())))
                : Optional.empty();
    }

    private static boolean areIssued(List<String> values) {
        List<String> some =
                values.stream()
                        .filter(PhoneNumbers::looksLike)
                        .limit(PhoneNumbers.PARSED_MAX)
                        .toList();
        return some.stream().filter(PhoneNumbers::isValid).count()
                >= ValueSign.PHONE.shareMin() * some.size();
    }

    private static List<String> texts(Sample sample) {
        return sample.values().stream()
                .map(value ->
                        value.length() > ValueSign.LENGTH_MAX
                                ? value.substring(0, ValueSign.LENGTH_MAX)
                                : value)
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private static boolean isLookedAt(ValueSign sign, Type type) {
        return switch (type) {
            case Simple simple ->
                    simple == Simple.VARCHAR || (simple == Simple.BIGINT && sign == ValueSign.CARD);
            case Type.Decimal decimal -> decimal.scale() == 0 && sign == ValueSign.CARD;
            case Type.ListOf _, Type.Struct _, Type.MapOf _ -> sign == ValueSign.EMAIL;
        };
    }

    private static String percent(long count, int of) {
        long percent = Math.round(100.0 * count / of);
        return percent == 0 ? "under 1%" : percent + "%";
    }
}
