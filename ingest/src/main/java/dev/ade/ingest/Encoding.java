package dev.ade.ingest;

import dev.ade.model.AdeException;
import dev.ade.model.Sql;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;

/// How the characters of a CSV file are written. The engine reads three; every other charset of one byte a
/// character is read as one of them and put right in the projection, so no copy of the file is made.
///
/// @param engine the engine's name of what it reads the bytes as
/// @param decoded the charset whose decoding to UTF-8 the engine's byte positions count
/// @param meant the charset that the bytes are in
record Encoding(String engine, Charset decoded, Charset meant) {
    private static final int HIGH_CHARACTERS = 128;

    static Encoding of(String name) {
        String key = name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
        return switch (key) {
            case "utf8", "ascii", "usascii" ->
                    new Encoding("utf-8", StandardCharsets.UTF_8, StandardCharsets.UTF_8);
            case "utf16", "utf16le" ->
                    new Encoding("utf-16", StandardCharsets.UTF_16LE, StandardCharsets.UTF_16LE);
            case "latin1", "iso88591" -> singleByte(StandardCharsets.ISO_8859_1);
            default -> singleByte(charset(name));
        };
    }

    /// True where characters have to be put right after reading.
    boolean isTranslated() {
        return engine.equals("latin-1") && !meant.equals(StandardCharsets.ISO_8859_1);
    }

    /// `text`, an expression read as Latin 1, as what it means.
    String translate(String text) {
        if (!isTranslated()) {
            return text;
        }
        byte[] high = new byte[HIGH_CHARACTERS];
        for (int i = 0; i < HIGH_CHARACTERS; i++) {
            high[i] = (byte) (i + HIGH_CHARACTERS);
        }
        return "translate(%s, %s, %s)"
                .formatted(
                        text,
                        Sql.literal(new String(high, StandardCharsets.ISO_8859_1)),
                        Sql.literal(new String(high, meant)));
    }

    /// A name from the header.
    String name(String read) {
        return isTranslated()
                ? new String(read.getBytes(StandardCharsets.ISO_8859_1), meant)
                : read;
    }

    private static Encoding singleByte(Charset meant) {
        return new Encoding("latin-1", StandardCharsets.ISO_8859_1, meant);
    }

    private static Charset charset(String name) {
        Charset charset;
        try {
            charset = Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw unusable(name, "no such encoding is known").causedBy(e);
        }
        byte[] all = new byte[HIGH_CHARACTERS];
        for (int i = 0; i < HIGH_CHARACTERS; i++) {
            all[i] = (byte) i;
        }
        boolean isSingle =
                charset.canEncode()
                        && charset.newEncoder().maxBytesPerChar() == 1f
                        && new String(all, charset)
                                .equals(new String(all, StandardCharsets.US_ASCII));
        if (!isSingle) {
            throw unusable(
                    name, "it has more than one byte a character, or is no superset of ASCII");
        }
        return charset;
    }

    private static AdeException unusable(String name, String reason) {
        return AdeException.user(
                "Cannot read the encoding '%s': %s".formatted(name, reason),
                "Use utf-8, utf-16, latin-1, windows-1252 or another of one byte a character, or convert the file: "
                        + "iconv -f %s -t utf-8".formatted(name.replaceAll("[^A-Za-z0-9_-]", "")));
    }
}
