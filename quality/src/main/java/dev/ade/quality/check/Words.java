package dev.ade.quality.check;

import java.util.Locale;

/// Numbers as people read them.
final class Words {
    private Words() {}

    /// "1 row", "1,204 rows".
    static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }
}
