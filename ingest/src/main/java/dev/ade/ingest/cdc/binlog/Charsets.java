package dev.ade.ingest.cdc.binlog;

import dev.ade.ingest.jdbc.MariaDatabase;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Optional;

/// Reads texts of the log. What the bytes of small character sets mean the server itself is asked, as Java's are not all
/// the same.
interface Charsets {
    int BYTES = 256;

    /// Reads one text.
    String text(byte[] bytes);

    /// Empty for one that cannot be read.
    ///
    /// @param name the server's
    static Optional<Charsets> of(MariaDatabase.Session session, String name) throws SQLException {
        return switch (name) {
            case "utf8", "utf8mb3", "utf8mb4" -> plain(StandardCharsets.UTF_8);
            case "ucs2", "utf16" -> plain(StandardCharsets.UTF_16BE);
            case "utf16le" -> plain(StandardCharsets.UTF_16LE);
            case "utf32" -> plain(Charset.forName("UTF-32BE"));
            default -> small(session, name);
        };
    }

    private static Optional<Charsets> plain(Charset charset) {
        return Optional.of(bytes -> new String(bytes, charset));
    }

    private static Optional<Charsets> small(MariaDatabase.Session session, String name)
            throws SQLException {
        boolean isSmall =
                name.matches("[a-z0-9_]+")
                        && !session.row(
                                        "select 1 from information_schema.character_sets where character_set_name = ? and maxlen = 1",
                                        name)
                                .isEmpty();
        if (!isSmall) {
            return Optional.empty();
        }
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < BYTES; i++) {
            all.append("%02x".formatted(i));
        }
        String letters =
                session.row("select convert(_%s x'%s' using utf8mb4)".formatted(name, all))
                        .getFirst()
                        .orElseThrow();
        return Optional.of(bytes -> {
            char[] text = new char[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                text[i] = letters.charAt(bytes[i] & (BYTES - 1));
            }
            return new String(text);
        });
    }
}
