package dev.ade.privacy.detect;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.List;
import java.util.regex.Pattern;

/// Phone numbers as people write them. Plain digits are none: they are ids, amounts and times far more often; nor are dates.
final class PhoneNumbers {
    /// Values of a column that are parsed.
    static final int PARSED_MAX = 200;

    private static final Pattern INTERNATIONAL =
            Pattern.compile("(\\+|00)[1-9][0-9 ().\\-/]{5,22}");
    private static final Pattern AMERICAN =
            Pattern.compile(
                    "(1[-. ])?(\\([2-9]\\d{2}\\) ?|[2-9]\\d{2}[-. ])[2-9]\\d{2}[-. ]\\d{4}");
    private static final Pattern NATIONAL =
            Pattern.compile("\\(?0\\d{1,4}\\)?[ \\-/.][0-9 \\-/.]{4,14}");
    private static final Pattern DECIMAL = Pattern.compile("[+]?\\d+\\.\\d+");

    /// Day and month in either order; days before the tenth begin as numbers within a country do.
    private static final Pattern DATE =
            Pattern.compile("[0-3]?\\d([./-])[0-3]?\\d\\1(\\d{2}|\\d{4})");

    private static final List<String> ZERO_REGIONS =
            List.of("GB", "DE", "FR", "IT", "NL", "AU", "CH", "AT", "BE", "SE");

    private PhoneNumbers() {}

    /// Whether `text` has the form of a phone number; cheap.
    static boolean looksLike(String text) {
        return text.length() >= 7
                && text.length() <= 25
                && "+(0123456789".indexOf(text.charAt(0)) >= 0
                && !DECIMAL.matcher(text).matches()
                && !DATE.matcher(text).matches()
                && (INTERNATIONAL.matcher(text).matches()
                        || AMERICAN.matcher(text).matches()
                        || NATIONAL.matcher(text).matches());
    }

    /// Whether it is one that some country issues; slow.
    static boolean isValid(String text) {
        if (!looksLike(text)) {
            return false;
        }
        if (text.startsWith("+") || text.startsWith("00")) {
            String plus = text.startsWith("00") ? "+" + text.substring(2) : text;
            return isValid(plus, "ZZ");
        }
        boolean hasTrunkZero = text.startsWith("0") || text.startsWith("(0");
        return hasTrunkZero
                ? ZERO_REGIONS.stream().anyMatch(region -> isValid(text, region))
                : isValid(text, "US");
    }

    private static boolean isValid(String text, String region) {
        PhoneNumberUtil util = PhoneNumberUtil.getInstance();
        try {
            return util.isValidNumber(util.parse(text, region));
        } catch (NumberParseException _) {
            return false;
        }
    }
}
