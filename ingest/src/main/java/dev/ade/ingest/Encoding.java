package dev.ade.ingest;

import dev.ade.model.AdeException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;

/// How the characters of a CSV file are written. The engine reads UTF-8 and Latin 1 itself; files in any other
/// charset are read through a copy in UTF-8.
///
/// @param charset the charset that the bytes are in
record Encoding(Charset charset) {
    static final Encoding UTF_8 = new Encoding(StandardCharsets.UTF_8);

    static Encoding of(String name) {
        String key = name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
        return switch (key) {
            case "utf8", "ascii", "usascii" -> UTF_8;
            case "utf16" -> new Encoding(StandardCharsets.UTF_16LE);
            case "latin1", "iso88591" -> new Encoding(StandardCharsets.ISO_8859_1);
            default -> new Encoding(charset(name));
        };
    }

    /// What a text says of itself, by a byte order mark of another encoding than UTF-8.
    static Optional<String> ofMark(byte[] head) {
        if (head.length < 2) {
            return Optional.empty();
        }
        return switch ((head[0] & 0xff) << 8 | (head[1] & 0xff)) {
            case 0xfffe -> Optional.of("utf-16");
            case 0xfeff -> Optional.of("utf-16be");
            default -> Optional.empty();
        };
    }

    /// True where a copy in UTF-8 is to be read.
    boolean isCopied() {
        return !charset.equals(StandardCharsets.UTF_8)
                && !charset.equals(StandardCharsets.ISO_8859_1);
    }

    /// What the engine reads copies in.
    Charset copied() {
        return isCopied() ? StandardCharsets.UTF_8 : charset;
    }

    /// The engine's name of what it reads.
    String engine() {
        return charset.equals(StandardCharsets.ISO_8859_1) ? "latin-1" : "utf-8";
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw AdeException.user(
                            "Cannot read the encoding '%s': no such encoding is known"
                                    .formatted(name),
                            "Use utf-8, utf-16, latin-1, windows-1252 or another that Java knows")
                    .causedBy(e);
        }
    }
}
