package dev.ade.privacy.detect;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What values look like, and the share of a sample that makes a column personal.
enum ValueSign {
    /// Nothing else has this form, so few are enough, also within longer text.
    EMAIL(DataClass.EMAIL, "contain", 0.01, ValueSign::hasEmail),
    /// One text in a hundred would pass the checksum by chance.
    IBAN(DataClass.BANK_ACCOUNT, "look like", 0.2, Checksums::isIban),
    /// One number in ten passes the checksum by chance.
    CARD(DataClass.CARD, "look like", 0.5, Checksums::isCard),
    SSN(DataClass.NATIONAL_ID, "look like", 0.5, Checksums::isSsn),
    IP(DataClass.IP, "look like", 0.5, Addresses::isPersonal),
    PHONE(DataClass.PHONE, "look like", 0.5, PhoneNumbers::looksLike);

    /// Characters of a value that are looked at.
    static final int LENGTH_MAX = 2_000;

    /// Not what OData says of a member beside it: `price@odata.type`.
    private static final Pattern EMAIL_FORM =
            Pattern.compile(
                    "[\\p{L}\\p{N}._%+'-]{1,64}@(?!odata\\.(type|bind|etag|count|context|media|\\p{L}+Link))([\\p{L}\\p{N}-]{1,63}\\.){1,8}\\p{L}{2,24}(?![:/\\p{L}\\p{N}])");

    private final DataClass dataClass;
    private final String verb;
    private final double shareMin;
    private final Predicate<String> test;

    ValueSign(DataClass dataClass, String verb, double shareMin, Predicate<String> test) {
        this.dataClass = dataClass;
        this.verb = verb;
        this.shareMin = shareMin;
        this.test = test;
    }

    DataClass dataClass() {
        return dataClass;
    }

    /// "look like", "contain".
    String verb() {
        return verb;
    }

    double shareMin() {
        return shareMin;
    }

    boolean matches(String value) {
        return test.test(value);
    }

    private static boolean hasEmail(String text) {
        return text.indexOf('@') > 0 && EMAIL_FORM.matcher(text).find();
    }
}
