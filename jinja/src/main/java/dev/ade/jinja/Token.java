package dev.ade.jinja;

/// A piece of a template.
///
/// @param text as the parser needs it: unescaped for a string, without underscores for a number
/// @param start offset of its first character in the source, `end` that after its last
record Token(Kind kind, String text, int start, int end) {
    enum Kind {
        TEXT,
        OUTPUT_BEGIN,
        OUTPUT_END,
        BLOCK_BEGIN,
        BLOCK_END,
        NAME,
        STRING,
        INTEGER,
        FLOAT,
        OPERATOR,
        END
    }

    boolean is(Kind wanted, String value) {
        return kind == wanted && text.equals(value);
    }

    String describe() {
        return switch (kind) {
            case TEXT -> "text";
            case OUTPUT_BEGIN -> "'{{'";
            case OUTPUT_END -> "'}}'";
            case BLOCK_BEGIN -> "'{%'";
            case BLOCK_END -> "'%}'";
            case STRING -> "a string";
            case NAME, INTEGER, FLOAT, OPERATOR -> "'" + text + "'";
            case END -> "the end";
        };
    }
}
