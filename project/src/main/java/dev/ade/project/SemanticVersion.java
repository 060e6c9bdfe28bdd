package dev.ade.project;

import dev.ade.model.AdeException;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A version as semver.org orders them.
///
/// @param numbers major, minor and patch
/// @param prerelease the parts behind the dash; none for a release
public record SemanticVersion(List<BigInteger> numbers, List<String> prerelease)
        implements Comparable<SemanticVersion> {
    private static final Pattern TEXT =
            Pattern.compile(
                    "v?(\\d{1,9})(?:\\.(\\d{1,9}))?(?:\\.(\\d{1,9}))?(?:-?([0-9A-Za-z][0-9A-Za-z.-]*))?(?:\\+[0-9A-Za-z.-]+)?");

    public SemanticVersion {
        numbers = List.copyOf(numbers);
        prerelease = List.copyOf(prerelease);
    }

    /// Numbers that are left out are 0.
    ///
    /// @throws AdeException USER where it is none
    public static SemanticVersion parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw AdeException.user(
                    "Cannot read version '%s'".formatted(text), "Write it as 1.2.3 or 1.2.3-rc1");
        }
        String prerelease = matcher.group(4);
        return new SemanticVersion(
                List.of(number(matcher, 1), number(matcher, 2), number(matcher, 3)),
                prerelease == null ? List.of() : List.of(prerelease.split("\\.", -1)));
    }

    private static BigInteger number(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? BigInteger.ZERO : new BigInteger(digits);
    }

    public boolean isRelease() {
        return prerelease.isEmpty();
    }

    @Override
    public int compareTo(SemanticVersion other) {
        for (int i = 0; i < numbers.size(); i++) {
            int order = numbers.get(i).compareTo(other.numbers.get(i));
            if (order != 0) {
                return order;
            }
        }
        if (isRelease() || other.isRelease()) {
            return Boolean.compare(isRelease(), other.isRelease());
        }
        for (int i = 0; i < Math.min(prerelease.size(), other.prerelease.size()); i++) {
            int order = order(prerelease.get(i), other.prerelease.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(prerelease.size(), other.prerelease.size());
    }

    /// Numbers by their size and before words, words by their letters.
    private static int order(String one, String other) {
        boolean isNumber = one.matches("\\d+");
        boolean isOtherNumber = other.matches("\\d+");
        if (isNumber && isOtherNumber) {
            return new BigInteger(one).compareTo(new BigInteger(other));
        }
        return isNumber == isOtherNumber ? one.compareTo(other) : isNumber ? -1 : 1;
    }

    @Override
    public String toString() {
        String plain = numbers.get(0) + "." + numbers.get(1) + "." + numbers.get(2);
        return isRelease() ? plain : plain + "-" + String.join(".", prerelease);
    }
}
