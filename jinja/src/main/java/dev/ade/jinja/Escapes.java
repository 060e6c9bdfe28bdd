package dev.ade.jinja;

/// The escape sequences of a string literal, as Python reads them.
final class Escapes {
    private final String text;
    private final StringBuilder out = new StringBuilder();
    private int position;

    private Escapes(String text) {
        this.text = text;
    }

    static String decode(String text) {
        return text.indexOf('\\') < 0 ? text : new Escapes(text).decode();
    }

    private String decode() {
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == '\\' && position < text.length()) {
                escape(text.charAt(position++));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private void escape(char c) {
        switch (c) {
            case '\n' -> {}
            case '\\', '\'', '"' -> out.append(c);
            case 'a' -> out.append('\u0007');
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 't' -> out.append('\t');
            case 'v' -> out.append('\u000b');
            case 'x' -> code(2);
            case 'u' -> code(4);
            case 'U' -> code(8);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> octal();
            default -> out.append('\\').append(c);
        }
    }

    private void code(int digits) {
        int end = position + digits;
        try {
            int value = Integer.parseInt(text, position, Math.min(end, text.length()), 16);
            if (end > text.length() || !Character.isValidCodePoint(value)) {
                throw new NumberFormatException();
            }
            out.appendCodePoint(value);
            position = end;
        } catch (NumberFormatException | IndexOutOfBoundsException _) {
            throw new Problem("an escape of a character needs " + digits + " hexadecimal digits");
        }
    }

    private void octal() {
        int value = 0;
        position--;
        for (int i = 0; i < 3 && position < text.length(); i++) {
            int digit = Character.digit(text.charAt(position), 8);
            if (digit < 0) {
                break;
            }
            value = value * 8 + digit;
            position++;
        }
        out.appendCodePoint(value);
    }
}
