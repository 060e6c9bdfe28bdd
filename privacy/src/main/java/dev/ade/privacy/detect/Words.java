package dev.ade.privacy.detect;

import java.util.Locale;
import java.util.regex.Pattern;

/// A column's name as lower-case words joined by `_`: `customerEMail`, `Customer-Email` → `customer_email`.
final class Words {
    private static final Pattern NOT_WORD = Pattern.compile("[^\\p{L}\\p{Nd}]+");
    private static final Pattern HUMP =
            Pattern.compile("(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");
    private static final Pattern E_MAIL = Pattern.compile("(^|_)e_mail");

    private Words() {}

    static String of(String column) {
        String apart = HUMP.matcher(column).replaceAll("_");
        String words = NOT_WORD.matcher(apart).replaceAll("_").toLowerCase(Locale.ROOT);
        return E_MAIL.matcher(strip(words)).replaceAll("$1email");
    }

    private static String strip(String words) {
        int from = words.startsWith("_") ? 1 : 0;
        int to = words.endsWith("_") && words.length() > from ? words.length() - 1 : words.length();
        return words.substring(from, to);
    }
}
