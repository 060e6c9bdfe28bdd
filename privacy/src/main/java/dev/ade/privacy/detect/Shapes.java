package dev.ade.privacy.detect;

import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import dev.ade.spi.Privacy.Sample;
import java.util.List;

/// Whether a column can hold at all what its name says: `ip` of innings pitched, `emails` that counts them and
/// `card_number` of a deck cannot.
final class Shapes {
    /// With fewer values their form says nothing.
    private static final int VALUES_MIN = 10;

    /// The share of values that must have the form at least.
    private static final double SHARE_MIN = 0.1;

    private Shapes() {}

    static boolean fit(DataClass dataClass, Sample sample) {
        if (!fits(dataClass, sample.type())) {
            return false;
        }
        List<String> values = sample.values().stream().filter(value -> !value.isBlank()).toList();
        return sample.type().isNested()
                || values.size() < VALUES_MIN
                || values.stream().filter(value -> fits(dataClass, value)).count()
                        >= SHARE_MIN * values.size();
    }

    private static boolean fits(DataClass dataClass, Type type) {
        if (type.isNested() || type == Simple.VARCHAR) {
            return true;
        }
        return switch (dataClass) {
            case EMAIL, NAME, USERNAME, ADDRESS, IP, VEHICLE -> false;
            case PHONE, NATIONAL_ID, PASSPORT, LICENCE, CARD, BANK_ACCOUNT, DEVICE ->
                    type.isNumeric();
            case BIRTH_DATE -> type.isTemporal();
        };
    }

    private static boolean fits(DataClass dataClass, String value) {
        return switch (dataClass) {
            case EMAIL -> value.indexOf('@') >= 0;
            case IP -> value.indexOf('.') > 0 || value.indexOf(':') >= 0;
            case NAME, USERNAME, ADDRESS -> value.chars().anyMatch(Character::isLetter);
            case PHONE -> digits(value) >= 6;
            case BIRTH_DATE, VEHICLE, PASSPORT, LICENCE -> digits(value) > 0;
            case CARD -> digits(value) >= 12 || (digits(value) == value.length() && isCode(value));
            case NATIONAL_ID, BANK_ACCOUNT, DEVICE -> digits(value) >= 4;
        };
    }

    /// A card's verification code has 3 or 4 digits.
    private static boolean isCode(String value) {
        return value.length() == 3 || value.length() == 4;
    }

    private static long digits(String value) {
        return value.chars().filter(Character::isDigit).count();
    }
}
