package dev.ade.project;

import dev.ade.model.AdeException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Versions that somebody can do with: all of the bounds hold.
public record VersionRange(List<Bound> bounds) {
    private static final Pattern BOUND =
            Pattern.compile("\\s*(>=|<=|>|<|==?)?\\s*([^\\s<>=,]+)\\s*");

    /// @param sign `=`, `>`, `>=`, `<` or `<=`
    public record Bound(String sign, SemanticVersion version) {
        boolean holds(SemanticVersion candidate) {
            int order = candidate.compareTo(version);
            return switch (sign) {
                case ">" -> order > 0;
                case ">=" -> order >= 0;
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                default -> order == 0;
            };
        }

        @Override
        public String toString() {
            return sign + version;
        }
    }

    public VersionRange {
        bounds = List.copyOf(bounds);
    }

    /// @param texts as dbt writes them: `1.1.0`, or `>=1.0.0` and `<2.0.0`, also in one text with a comma between
    /// @throws AdeException USER where one cannot be read
    public static VersionRange parse(List<String> texts) {
        List<Bound> bounds = new ArrayList<>();
        for (String text : texts) {
            for (String part : text.split(",", -1)) {
                Matcher matcher = BOUND.matcher(part);
                if (!matcher.matches()) {
                    throw AdeException.user(
                            "Cannot read version '%s'".formatted(part),
                            "Write 1.1.0, or [\">=1.0.0\", \"<2.0.0\"]");
                }
                String sign = matcher.group(1);
                bounds.add(
                        new Bound(
                                sign == null || sign.equals("==") ? "=" : sign,
                                SemanticVersion.parse(matcher.group(2))));
            }
        }
        return new VersionRange(bounds);
    }

    public boolean holds(SemanticVersion version) {
        return bounds.stream().allMatch(bound -> bound.holds(version));
    }

    /// Whether it names a version that is no release, so that such a one is meant.
    public boolean meansPrereleases() {
        return bounds.stream()
                .anyMatch(bound -> bound.sign().equals("=") && !bound.version().isRelease());
    }

    @Override
    public String toString() {
        return bounds.isEmpty()
                ? "any"
                : bounds.stream().map(Bound::toString).collect(Collectors.joining(", "));
    }
}
