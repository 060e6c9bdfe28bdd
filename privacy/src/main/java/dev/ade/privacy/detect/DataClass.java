package dev.ade.privacy.detect;

import dev.ade.model.Wording;

/// Kinds of personal data that can be detected.
public enum DataClass {
    EMAIL("e-mail addresses"),
    PHONE("phone numbers"),
    NAME("names of people"),
    USERNAME("user names"),
    ADDRESS("postal addresses"),
    BIRTH_DATE("birth dates"),
    NATIONAL_ID("national identity numbers"),
    PASSPORT("passport numbers"),
    LICENCE("driving licence numbers"),
    VEHICLE("number plates"),
    CARD("payment cards"),
    BANK_ACCOUNT("bank accounts"),
    IP("IP addresses"),
    DEVICE("device identifiers");

    private final String plural;

    DataClass(String plural) {
        this.plural = plural;
    }

    /// As projects write it: `email`.
    public String word() {
        return Wording.of(this);
    }

    /// For people: "e-mail addresses".
    public String plural() {
        return plural;
    }
}
