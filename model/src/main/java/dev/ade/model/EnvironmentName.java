package dev.ade.model;

import java.util.regex.Pattern;

/// The name of an environment: a named set of pointers to datasets.
public record EnvironmentName(String name) {
    private static final Pattern PLAIN = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

    public static final EnvironmentName PROD = new EnvironmentName("prod");

    public EnvironmentName {
        if (!PLAIN.matcher(name).matches()) {
            throw AdeException.user(
                    "Cannot use '%s' as the name of an environment".formatted(name),
                    "Use lower-case letters, digits, - and _, start with a letter, at most 63 characters");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
