package dev.ade.model;

import java.util.Locale;

/// The name of a dataset: `namespace.name`, both lower case, as SQL compares them.
///
/// @param namespace the domain that owns the dataset; `ade` is ADE's own
/// @param name the dataset within its domain
public record TableName(String namespace, String name) implements Comparable<TableName> {
    /// Characters either part may have.
    public static final int PART_LENGTH_MAX = 128;

    public TableName {
        requirePart("namespace", namespace);
        requirePart("name", name);
    }

    /// Reads `namespace.name` in any case.
    public static TableName parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            throw AdeException.user(
                    "Cannot read dataset name '%s': it has no domain".formatted(text),
                    "Write it as domain.name, for example flights.airport_d");
        }
        return of(text.substring(0, dot), text.substring(dot + 1));
    }

    /// A name from parts in any case.
    public static TableName of(String namespace, String name) {
        return new TableName(namespace.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
    }

    /// This name as a quoted SQL identifier.
    public String quoted() {
        return Sql.quote(namespace) + "." + Sql.quote(name);
    }

    @Override
    public int compareTo(TableName other) {
        int order = namespace.compareTo(other.namespace);
        return order == 0 ? name.compareTo(other.name) : order;
    }

    /// Written out, as names are looked up so often that what records come with is felt at each start.
    @Override
    public int hashCode() {
        return 31 * namespace.hashCode() + name.hashCode();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TableName that
                && name.equals(that.name)
                && namespace.equals(that.namespace);
    }

    @Override
    public String toString() {
        return namespace + "." + name;
    }

    private static void requirePart(String what, String part) {
        if (!isPart(part)) {
            throw AdeException.user(
                    "Cannot use '%s' as the %s of a dataset: it is not a plain identifier"
                            .formatted(part, what),
                    "Use letters, digits and _, start with a letter, at most %d characters"
                            .formatted(PART_LENGTH_MAX));
        }
    }

    /// As `[a-z_][a-z0-9_$]{0,127}` says; there are too many names to ask a pattern.
    private static boolean isPart(String part) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            boolean isLetter = (c >= 'a' && c <= 'z') || c == '_';
            boolean isLater = (c >= '0' && c <= '9') || c == '$';
            if (!isLetter && (i == 0 || !isLater)) {
                return false;
            }
        }
        return !part.isEmpty() && part.length() <= PART_LENGTH_MAX;
    }
}
