package dev.ade.privacy.detect;

import java.util.regex.Pattern;

/// Numbers that carry their own proof.
final class Checksums {
    private static final int CARD_DIGITS_MIN = 13;
    private static final int CARD_DIGITS_MAX = 19;
    private static final Pattern IBAN = Pattern.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}");
    private static final Pattern SSN =
            Pattern.compile("(?!000|666|9)\\d{3}-(?!00)\\d{2}-(?!0000)\\d{4}");

    /// First digits that card networks issue: Visa, Mastercard, American Express, Discover, Diners, JCB, UnionPay.
    private static final Pattern ISSUED =
            Pattern.compile(
                    "(4|5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720|3[47]|6011|64[4-9]|65|3[689]|30[0-5]|352[89]|35[3-8]|62).*");

    private Checksums() {}

    /// A payment card: 13 to 19 digits, perhaps in groups, of a known network, with the check digit of
    /// ISO/IEC 7812 (Luhn).
    static boolean isCard(String text) {
        if (text.length() < CARD_DIGITS_MIN
                || text.length() > 2 * CARD_DIGITS_MAX
                || !Character.isDigit(text.charAt(0))) {
            return false;
        }
        String digits = ungrouped(text);
        int length = digits.length();
        return length >= CARD_DIGITS_MIN
                && length <= CARD_DIGITS_MAX
                && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                && ISSUED.matcher(digits).matches()
                && luhn(digits);
    }

    /// An IBAN (ISO 13616): its rearranged digits are 1 modulo 97.
    static boolean isIban(String text) {
        if (text.length() < 15 || text.length() > 50 || !Character.isLetter(text.charAt(1))) {
            return false;
        }
        String iban = ungrouped(text);
        if (!IBAN.matcher(iban).matches()) {
            return false;
        }
        String rearranged = iban.substring(4) + iban.substring(0, 4);
        int rest = 0;
        for (int i = 0; i < rearranged.length(); i++) {
            int value = Character.digit(rearranged.charAt(i), 36);
            rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
        }
        return rest == 1;
    }

    /// A US social security number as it is written, `123-45-6789`, that can have been issued.
    static boolean isSsn(String text) {
        return text.length() == 11 && SSN.matcher(text).matches();
    }

    private static String ungrouped(String text) {
        return text.replace(" ", "").replace("-", "");
    }

    private static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? digit : 2 * digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }
}
