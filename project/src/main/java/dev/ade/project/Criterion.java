package dev.ade.project;

import dev.ade.model.AdeException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One selector: `+tag:daily`, `2+orders+1`, `@source:shop`.
///
/// @param method how nodes are found; empty where the value tells
/// @param above steps up that belong to it; `below` steps down
/// @param isClosed whether all that is needed for what is below belongs to it: `@`
record Criterion(Optional<String> method, String value, int above, int below, boolean isClosed) {
    static final int ALL_STEPS = 1_000_000;

    private static final Pattern TEXT =
            Pattern.compile("(@)?(?:(\\d*)(\\+))?(?:([\\w.]+):)?([^@+].*?)(?:(\\+)(\\d*))?");

    static Criterion parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        boolean hasBoth = matcher.matches() && matcher.group(1) != null && matcher.group(3) != null;
        if (!matcher.matches() || hasBoth || matcher.group(5).endsWith("+")) {
            throw AdeException.user(
                    "Cannot read selector '%s'".formatted(text),
                    "Write a name, path or tag:…, with + for what is above or below");
        }
        return new Criterion(
                Optional.ofNullable(matcher.group(4)),
                matcher.group(5),
                matcher.group(3) == null ? 0 : steps(matcher.group(2)),
                matcher.group(6) == null ? 0 : steps(matcher.group(7)),
                matcher.group(1) != null);
    }

    private static int steps(String digits) {
        return digits.isEmpty()
                ? ALL_STEPS
                : Integer.parseInt(digits.substring(0, Math.min(6, digits.length())));
    }

    /// As dbt tells them apart: a path has a slash, a file an extension of its own.
    String methodOrGuess() {
        return method.orElseGet(() ->
                value.contains("/")
                        ? "path"
                        : value.matches(".*\\.(sql|csv|ya?ml)") ? "file" : "fqn");
    }
}
