package dev.ade.model;

/// Quoting: the one place where names and values become SQL text.
public final class Sql {
    private Sql() {}

    /// `name` as a quoted identifier.
    public static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /// `text` as a string literal. Values of users are bound instead wherever a statement can bind.
    public static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}
