package dev.ade.model;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The name of a library in Maven repositories, with one version of it: `group:artifact:version`, or
/// `group:artifact:version:classifier`. Ranges and snapshots are none, as they mean something else tomorrow.
public record MavenCoordinate(
        String group, String artifact, String version, Optional<String> classifier) {
    private static final int LENGTH_MAX = 200;

    /// Nothing that leaves a folder, an XML element or a command line.
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+-]*");

    private static final List<String> MOVING = List.of("LATEST", "RELEASE");
    private static final String EXAMPLE =
            "Write group:artifact:version, as org.postgresql:postgresql:42.7.13";

    public MavenCoordinate {
        List<String> parts = List.of(group, artifact, version, classifier.orElse("any"));
        String text = String.join(":", classifier.isPresent() ? parts : parts.subList(0, 3));
        if (isMoving(version)) {
            throw AdeException.user(
                    "Cannot use library %s: '%s' is not one version".formatted(text, version),
                    "Name the version that you mean; a range or snapshot would be something else tomorrow");
        }
        for (String part : parts) {
            if (part.length() > LENGTH_MAX
                    || part.contains("..")
                    || !PART.matcher(part).matches()) {
                throw wrong(text);
            }
        }
    }

    private static boolean isMoving(String version) {
        return MOVING.contains(version)
                || version.endsWith("-SNAPSHOT")
                || version.endsWith("+")
                || version.matches("[\\[(].*");
    }

    /// @throws AdeException USER where it is none
    public static MavenCoordinate of(String text) {
        String[] parts = text.strip().split(":", -1);
        return switch (parts.length) {
            case 3 -> new MavenCoordinate(parts[0], parts[1], parts[2], Optional.empty());
            case 4 -> new MavenCoordinate(parts[0], parts[1], parts[2], Optional.of(parts[3]));
            default -> throw wrong(text);
        };
    }

    private static AdeException wrong(String text) {
        return AdeException.user(
                "Cannot use library '%s': it is no Maven coordinate".formatted(text), EXAMPLE);
    }

    @Override
    public String toString() {
        return group + ":" + artifact + ":" + version + classifier.map(it -> ":" + it).orElse("");
    }
}
