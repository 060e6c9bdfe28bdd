package dev.ade.ingest;

/// Something that must hold of every row that lands.
///
/// @param column whose value breaks it; empty where it is the whole row
/// @param condition SQL that is TRUE of good rows
/// @param value SQL of the value that breaks it, as text
/// @param reason what is wrong, without the value
record RowCheck(String column, String condition, String value, String reason) {
    static final String KEY = "the key is NULL";

    /// "not an integer".
    static String notA(String type) {
        return ("aeiou".indexOf(type.charAt(0)) >= 0 ? "not an " : "not a ") + type;
    }
}
