package dev.ade.privacy.detect;

import static dev.ade.privacy.detect.NameHint.Strength.BESIDE_OTHERS;
import static dev.ade.privacy.detect.NameHint.Strength.DECIDES;
import static dev.ade.privacy.detect.NameHint.Strength.OF_THE_ROW;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the name of a column says about what it holds.
///
/// @param words the name's words joined by `_`, as a whole
record NameHint(DataClass dataClass, Strength strength, Pattern words) {
    enum Strength {
        /// The name alone decides, and says that each row is about a person.
        OF_THE_ROW,
        /// The name alone decides.
        DECIDES,
        /// The name decides where other columns say that each row is about a person.
        BESIDE_OTHERS
    }

    private static final String PERSON =
            "(customer|client|user|patient|employee|person|contact|guest|passenger|member|student|teacher|doctor"
                    + "|driver|owner|tenant|borrower|card_?holder|account_holder|beneficiary|recipient|sender|buyer"
                    + "|payer|payee|subscriber|applicant|candidate|holder|spouse|father|mother"
                    + "|cardholder|emergency_contact|reporter|requester|caller|attendee|visitor|staff|manager)";
    private static final String ROLE =
            "(customer|client|user|patient|employee|person|contact|guest|passenger|member|billing|shipping|mailing"
                    + "|delivery|home|private|personal|work|primary|secondary|alternate|alternative|recovery|sender"
                    + "|recipient|from|to|cc|bcc|reply_to|buyer|owner|applicant|emergency_contact|parent|student)";
    private static final String ANYONE = "(" + PERSON + "|" + ROLE + ")";
    private static final String NUMBER = "(_?(no|nr|num|number))?";

    /// In the order they are asked: the first that matches counts.
    private static final List<NameHint> ALL =
            List.of(
                    hint(DataClass.EMAIL, OF_THE_ROW, "emails?(_?addr(ess)?(es)?)?(_?\\d)?"),
                    hint(
                            DataClass.EMAIL,
                            DECIDES,
                            "(\\w+_)?emails?(_?addr(ess)?(es)?)?(_?\\d)?|(\\w+_)?mail_addr(ess)?"),
                    hint(
                            DataClass.IP,
                            DECIDES,
                            "((client|remote|source|src|user|visitor|login|last|signup|peer|customer)_)?ip(_?v[46])?(_?addr(ess)?)?"),
                    hint(
                            DataClass.DEVICE,
                            DECIDES,
                            "(\\w+_)?(imei|idfa|gaid|mac_addr(ess)?|advertising_id)"),
                    hint(
                            DataClass.PHONE,
                            OF_THE_ROW,
                            "(tele)?phone"
                                    + NUMBER
                                    + "(_?\\d)?|mobile_?(phone)?_?(no|nr|num|number)|mobile_?phone|cell_?phone"
                                    + NUMBER),
                    hint(
                            DataClass.PHONE,
                            DECIDES,
                            "("
                                    + ROLE
                                    + "_)?((tele)?phone|mobile_?phone|cell_?phone|msisdn|fax_?(no|nr|num|number)|tel_?(no|nr|num|number))"
                                    + NUMBER
                                    + "(_?\\d)?"),
                    hint(
                            DataClass.PHONE,
                            BESIDE_OTHERS,
                            "mobile|cell|tel|fax|(home|work|day|evening)_tel"),
                    hint(
                            DataClass.USERNAME,
                            DECIDES,
                            "(\\w+_)?(user_?name|login_name|screen_name)"),
                    hint(
                            DataClass.NAME,
                            OF_THE_ROW,
                            "("
                                    + ANYONE
                                    + "_)?(first|last|family|given|maiden|middle|full|fore|sur)_?names?(_?\\d)?"),
                    hint(
                            DataClass.NAME,
                            OF_THE_ROW,
                            "[fl]name|fullname|vorname|nachname|pr[eé]nom|apellidos?"),
                    hint(DataClass.NAME, OF_THE_ROW, "(\\w+_)?" + PERSON + "_names?"),
                    hint(DataClass.NAME, BESIDE_OTHERS, "name|display_?name|nick_?name|contact"),
                    hint(
                            DataClass.ADDRESS,
                            DECIDES,
                            "("
                                    + ROLE
                                    + "_)?(street_|postal_|residential_|residence_)?addr(ess)?(_?line)?(_?\\d)?"),
                    hint(
                            DataClass.ADDRESS,
                            DECIDES,
                            "(\\w+_)?street_?addr(ess)?(_?\\d)?|(" + ROLE + "_)street"),
                    hint(
                            DataClass.ADDRESS,
                            BESIDE_OTHERS,
                            "street(_?(name|line|no|number))?(_?\\d)?|house_?(no|number)"),
                    hint(
                            DataClass.BIRTH_DATE,
                            OF_THE_ROW,
                            "(\\w+_)?(birth_?date|date_?of_?birth|birth_?day|dob)"),
                    hint(DataClass.BIRTH_DATE, BESIDE_OTHERS, "born(_on)?"),
                    hint(
                            DataClass.NATIONAL_ID,
                            OF_THE_ROW,
                            "(\\w+_)?(ssn|social_security("
                                    + NUMBER
                                    + ")|national_(id|identity|insurance)(_?(no|nr|num|number))?"
                                    + "|nhs_(no|number)|aadhaa?r"
                                    + NUMBER
                                    + "|personnummer|codice_fiscale|pesel|curp|bsn)"),
                    hint(
                            DataClass.NATIONAL_ID,
                            BESIDE_OTHERS,
                            "tax_?(id|no|number)|(id|identity)_card" + NUMBER),
                    hint(DataClass.PASSPORT, OF_THE_ROW, "(\\w+_)?passport(_id)?" + NUMBER),
                    hint(
                            DataClass.LICENCE,
                            OF_THE_ROW,
                            "(\\w+_)?driv(er|ers|ing)_licen[cs]e(_id)?" + NUMBER),
                    hint(
                            DataClass.VEHICLE,
                            DECIDES,
                            "(\\w+_)?(licen[cs]e_plate|number_plate|plate_number)" + NUMBER),
                    hint(
                            DataClass.CARD,
                            DECIDES,
                            "(\\w+_)?((credit|debit|payment|bank)_?card"
                                    + NUMBER
                                    + "|card_?(no|nr|num|number)|cc_?(no|nr|num|number)|cvv2?|cvc2?)"),
                    hint(
                            DataClass.BANK_ACCOUNT,
                            DECIDES,
                            "(\\w+_)?(iban|bank_account" + NUMBER + ")"),
                    hint(
                            DataClass.BANK_ACCOUNT,
                            BESIDE_OTHERS,
                            "(account|acct)_?(no|nr|num|number)"));

    /// Names that only sound personal: what follows is about the thing, or whose it is.
    private static final Pattern NOT_OF_PEOPLE =
            Pattern.compile(
                    "(\\w+_)?(store|shop|company|office|business|venue|airport|station|site|web|url|memory|contract"
                            + "|wallet|hotel|restaurant|branch|warehouse|school|hospital|facility|product|brand"
                            + "|support|vendor|merchant)_(addr(ess)?|(tele)?phone|name)(_\\w+)?"
                            + "|(is|has|num|count|n|total)_\\w+");

    /// The first hint for a column.
    static Optional<NameHint> of(String column) {
        String words = Words.of(column);
        return NOT_OF_PEOPLE.matcher(words).matches()
                ? Optional.empty()
                : ALL.stream().filter(hint -> hint.words.matcher(words).matches()).findFirst();
    }

    private static NameHint hint(DataClass dataClass, Strength strength, String words) {
        return new NameHint(
                dataClass, strength, Pattern.compile(words, Pattern.UNICODE_CHARACTER_CLASS));
    }
}
