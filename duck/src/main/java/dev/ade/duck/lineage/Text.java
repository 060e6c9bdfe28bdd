package dev.ade.duck.lineage;

import java.util.regex.Pattern;

/// An expression for people, cut where it grows long.
///
/// @param isAtom whether it can stand beside an operator without parentheses
record Text(String text, boolean isAtom) {
    static final int LENGTH_MAX = 400;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String UNION = " | ";

    Text {
        if (text.length() > LENGTH_MAX) {
            text = text.substring(0, LENGTH_MAX - 1) + "…";
        }
    }

    static Text atom(String text) {
        return new Text(text, true);
    }

    static Text compound(String text) {
        return new Text(text, false);
    }

    /// An identifier, quoted only where it must be.
    static String name(String name) {
        return PLAIN.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    /// This as an operand.
    String inside() {
        return isAtom ? text : "(" + text + ")";
    }

    Text or(Text other) {
        boolean isKnown = text.equals(other.text) || text.endsWith(UNION + other.text);
        return isKnown ? this : compound(text + UNION + other.text);
    }
}
