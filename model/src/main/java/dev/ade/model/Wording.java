package dev.ade.model;

import java.util.Locale;

/// Numbers and constants as people read and write them.
public final class Wording {
    private Wording() {}

    /// `1 row`, `1,204 rows`.
    public static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? noun : plural(noun));
    }

    private static String plural(String noun) {
        return noun.endsWith("sis") ? noun.substring(0, noun.length() - 2) + "es" : noun + "s";
    }

    /// The constant as projects, reports and ADE's own datasets spell it: `partly_published`.
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
