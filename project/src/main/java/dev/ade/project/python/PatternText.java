package dev.ade.project.python;

/// A pattern of Python, said as Java reads it.
///
/// What one of them takes as it is and the other as a sign is escaped: a brace that begins no repetition, brackets and
/// ampersands in sets, blanks in sets of verbose patterns. Groups are named with `?P<` and may have underscores.
final class PatternText {
    private final String python;
    private final boolean isVerbose;
    private final StringBuilder java = new StringBuilder();
    private int at;

    private PatternText(String python, boolean isVerbose) {
        this.python = python;
        this.isVerbose = isVerbose || python.matches("(?s)\\(\\?[a-zA-Z]*x[a-zA-Z]*\\).*");
    }

    /// @param isVerbose whether a flag says so; the pattern itself may, too
    static String of(String python, boolean isVerbose) {
        PatternText text = new PatternText(python, isVerbose);
        while (text.at < python.length()) {
            text.step();
        }
        return text.java.toString();
    }

    /// A group's name for Java, which takes letters and digits alone; `z` begins what stands for something else.
    static String group(String name) {
        return name.replace("z", "zz").replace("_", "zu");
    }

    /// What Python calls a group.
    static String named(String group) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < group.length(); i++) {
            boolean isOther = group.charAt(i) == 'z';
            i += isOther ? 1 : 0;
            name.append(isOther && group.charAt(i) == 'u' ? '_' : group.charAt(i));
        }
        return name.toString();
    }

    private void step() {
        char sign = python.charAt(at);
        switch (sign) {
            case '\\' -> escape();
            case '[' -> set();
            case '{' -> brace();
            case '(' -> open();
            case '#' -> comment();
            default -> take(1);
        }
    }

    private void take(int count) {
        int end = Math.min(python.length(), at + count);
        java.append(python, at, end);
        at = end;
    }

    private void escape() {
        if (python.startsWith("\\Z", at)) {
            java.append("\\z");
            at += 2;
        } else {
            take(2);
        }
    }

    /// Nothing in a comment means anything.
    private void comment() {
        int end = isVerbose ? python.indexOf('\n', at) : at + 1;
        take((end < 0 ? python.length() : end) - at);
    }

    private void brace() {
        int end = at + 1;
        while (end < python.length()
                && (Character.isDigit(python.charAt(end)) || python.charAt(end) == ',')) {
            end++;
        }
        String inside = python.substring(at + 1, end);
        boolean isRepetition =
                end < python.length()
                        && python.charAt(end) == '}'
                        && !inside.isEmpty()
                        && inside.indexOf(',') == inside.lastIndexOf(',');
        if (isRepetition) {
            java.append('{').append(inside.startsWith(",") ? "0" : "").append(inside).append('}');
            at = end + 1;
        } else {
            java.append("\\{");
            at++;
        }
    }

    private void open() {
        if (python.startsWith("(?P<", at) || python.startsWith("(?P=", at)) {
            boolean isReference = python.charAt(at + 3) == '=';
            int end = python.indexOf(isReference ? ')' : '>', at);
            String name = group(python.substring(at + 4, end < 0 ? python.length() : end));
            java.append(isReference ? "\\k<" : "(?<").append(name).append('>');
            at = end < 0 ? python.length() : end + 1;
        } else {
            take(1);
        }
    }

    private void set() {
        take(1);
        if (at < python.length() && python.charAt(at) == '^') {
            take(1);
        }
        boolean isFirst = true;
        while (at < python.length() && (isFirst || python.charAt(at) != ']')) {
            char sign = python.charAt(at);
            boolean isBlank = isVerbose && (Character.isWhitespace(sign) || sign == '#');
            if (sign == '\\') {
                take(2);
            } else {
                java.append(isBlank || "[]&".indexOf(sign) >= 0 ? "\\" : "").append(sign);
                at++;
            }
            isFirst = false;
        }
        take(1);
    }
}
