package dev.ade.ingest;

import dev.ade.model.AdeException;
import java.util.Optional;

/// How a CSV file is written.
///
/// @param delimiter 1 to 4 bytes
/// @param quote one character, or empty where nothing is quoted
/// @param escape what stands before a quote inside quotes; mostly the quote itself
/// @param header whether the first record names the columns
/// @param skip lines above the first record
/// @param comment one character that starts lines to leave out, or empty
/// @param newLine as DuckDB names it (`\n`, `\r\n`, `\r`), or empty where it is to be found out
record Dialect(
        String delimiter,
        String quote,
        String escape,
        Header header,
        long skip,
        String comment,
        String newLine) {
    enum Header {
        PRESENT,
        ABSENT
    }

    /// What most files are.
    static final Dialect PLAIN = new Dialect(",", "\"", "\"", Header.PRESENT, 0, "", "");

    Dialect {
        if (delimiter.isEmpty() || delimiter.length() > 4) {
            throw AdeException.user(
                    "Cannot read CSV with the delimiter '%s': it has %d characters"
                            .formatted(delimiter, delimiter.length()),
                    "Use 1 to 4 characters, such as delim: \";\"");
        }
        requireOne("quote", quote);
        requireOne("escape", escape);
        requireOne("comment", comment);
        if (skip < 0) {
            throw AdeException.user("Cannot skip %d lines".formatted(skip), "Use 0 or more");
        }
    }

    /// A value as this dialect writes it, quoted where it has to be; empty where it cannot be written.
    Optional<String> written(String value) {
        boolean isPlain =
                !value.contains(delimiter)
                        && !value.contains("\n")
                        && !value.contains("\r")
                        && (quote.isEmpty() || !value.contains(quote))
                        && (comment.isEmpty() || !value.startsWith(comment));
        if (isPlain) {
            return Optional.of(value);
        }
        if (quote.isEmpty() || (escape.isEmpty() && value.contains(quote))) {
            return Optional.empty();
        }
        String escaped = escape.isEmpty() ? value : value.replace(escape, escape + escape);
        return Optional.of(
                quote
                        + (escape.equals(quote) ? escaped : escaped.replace(quote, escape + quote))
                        + quote);
    }

    private static void requireOne(String what, String text) {
        if (text.length() > 1) {
            throw AdeException.user(
                    "Cannot read CSV with the %s '%s': it has %d characters"
                            .formatted(what, text, text.length()),
                    "Use one character, or \"\" for none");
        }
    }
}
