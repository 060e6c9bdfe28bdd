package dev.ade.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The fields of one record of a CSV file, as they are written there.
record CsvFields(List<String> written, Dialect dialect) {
    CsvFields {
        written = List.copyOf(written);
    }

    /// Empty where a quote is still open at the end of the record.
    static Optional<CsvFields> of(String record, Dialect dialect) {
        List<String> written = new ArrayList<>();
        int begin = 0;
        int at = 0;
        while (at <= record.length()) {
            boolean isEnd = at == record.length();
            if (isEnd || record.startsWith(dialect.delimiter(), at)) {
                written.add(record.substring(begin, at));
                begin = isEnd ? at : at + dialect.delimiter().length();
                at = isEnd ? at + 1 : begin;
            } else if (at == begin && isQuote(record, at, dialect)) {
                at = behindQuotes(record, at, dialect);
                if (at < 0) {
                    return Optional.empty();
                }
            } else {
                at++;
            }
        }
        return Optional.of(new CsvFields(written, dialect));
    }

    private static boolean isQuote(String text, int at, Dialect dialect) {
        return !dialect.quote().isEmpty() && text.startsWith(dialect.quote(), at);
    }

    /// Where a quoted text that begins at `from` ends; -1 where it does not.
    private static int behindQuotes(String record, int from, Dialect dialect) {
        for (int at = from + 1; at < record.length(); at++) {
            boolean isLast = at + 1 == record.length();
            if (!isLast && isEscape(record, at, dialect) && isEscaped(record, at + 1, dialect)) {
                at++;
            } else if (isQuote(record, at, dialect)) {
                return at + 1;
            }
        }
        return -1;
    }

    private static boolean isEscape(String text, int at, Dialect dialect) {
        return !dialect.escape().isEmpty() && text.startsWith(dialect.escape(), at);
    }

    /// Of what stands behind an escape only a quote, and the escape itself, are meant by it.
    private static boolean isEscaped(String text, int at, Dialect dialect) {
        return isQuote(text, at, dialect) || isEscape(text, at, dialect);
    }

    int size() {
        return written.size();
    }

    /// What a field says.
    String text(int field) {
        String raw = written.get(field);
        if (!isQuote(raw, 0, dialect)) {
            return raw;
        }
        StringBuilder text = new StringBuilder();
        int end = behindQuotes(raw, 0, dialect);
        for (int at = 1; at < end - 1; at++) {
            boolean isPair =
                    at + 1 < end - 1
                            && isEscape(raw, at, dialect)
                            && isEscaped(raw, at + 1, dialect);
            at += isPair ? 1 : 0;
            text.append(raw.charAt(at));
        }
        return text.append(raw, end, raw.length()).toString();
    }

    /// The fields from one on, as they are written.
    String from(int field) {
        return field >= size()
                ? ""
                : String.join(dialect.delimiter(), written.subList(field, size()));
    }
}
