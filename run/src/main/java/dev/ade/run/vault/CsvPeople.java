package dev.ade.run.vault;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnmappableCharacterException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// CSV with a header, in UTF-8, quoted as RFC 4180 says.
///
/// @param delimiter where the project says it; else the one that finds a wanted column in the header
record CsvPeople(Optional<String> delimiter) implements People {
    private static final List<String> DELIMITERS = List.of(",", ";", "\t", "|");

    /// Of one row; more is taken for a quote that is never closed.
    private static final int CHARS_MAX = 4_000_000;

    private static final char QUOTE = '"';

    private static final Pattern RETURN_ALONE = Pattern.compile("\r(?!\n)");

    @Override
    public long copyWithout(Wanted wanted, Path original, Path copy)
            throws IOException, Unsearchable {
        try (BufferedReader in = Files.newBufferedReader(original, StandardCharsets.UTF_8);
                Writer out = Files.newBufferedWriter(copy, StandardCharsets.UTF_8)) {
            String header = record(in);
            Optional<String> found = delimiter(header, wanted);
            if (found.isEmpty()) {
                return unnamed(header, in, out, wanted);
            }
            if (RETURN_ALONE.matcher(header).find()) {
                throw new Unsearchable("its lines end by carriage returns alone");
            }
            out.write(header);
            Layout layout = new Layout(found.get(), names(header, found.get()));
            return rows(in, out, layout, wanted);
        } catch (MalformedInputException | UnmappableCharacterException _) {
            throw new Unsearchable("it is not in UTF-8");
        }
    }

    /// A title above the header, another name of the column, or nobody at all.
    private static long unnamed(String header, BufferedReader in, Writer out, Wanted wanted)
            throws IOException, Unsearchable {
        for (String row = header; !row.isEmpty(); row = record(in)) {
            if (wanted.isIn(row) || wanted.isSomewhereIn(row)) {
                throw new Unsearchable("its first line names none of the columns");
            }
            out.write(row);
        }
        return 0;
    }

    private record Layout(String delimiter, List<String> names) {}

    private static long rows(BufferedReader in, Writer out, Layout layout, Wanted wanted)
            throws IOException, Unsearchable {
        long removed = 0;
        for (String row = record(in); !row.isEmpty(); row = record(in)) {
            if (isTheirs(row, layout, wanted)) {
                removed++;
            } else {
                out.write(row);
            }
        }
        return removed;
    }

    private static boolean isTheirs(String row, Layout layout, Wanted wanted) {
        String text = row.replace("\"\"", "\"");
        if (wanted.isNowhereIn(text)) {
            return false;
        }
        List<String> fields = fields(row, layout.delimiter());
        if (fields.size() != layout.names().size()) {
            return wanted.isIn(text);
        }
        for (int i = 0; i < fields.size(); i++) {
            if (wanted.isValue(layout.names().get(i), fields.get(i))) {
                return true;
            }
        }
        return false;
    }

    private Optional<String> delimiter(String header, Wanted wanted) {
        return delimiter.map(List::of).orElse(DELIMITERS).stream()
                .filter(it -> names(header, it).stream().anyMatch(wanted::isColumn))
                .findFirst();
    }

    private static List<String> names(String header, String delimiter) {
        return fields(header.replace("\uFEFF", ""), delimiter);
    }

    /// The next row with its line end; empty at the end of the file.
    private static String record(BufferedReader in) throws IOException, Unsearchable {
        StringBuilder row = new StringBuilder();
        boolean isQuoted = false;
        for (int c = in.read(); c >= 0; c = in.read()) {
            row.append((char) c);
            if (c == QUOTE) {
                isQuoted = !isQuoted;
            } else if (c == '\n' && !isQuoted) {
                return row.toString();
            }
            if (row.length() > CHARS_MAX) {
                throw new Unsearchable("a quote in it is never closed");
            }
        }
        if (isQuoted) {
            throw new Unsearchable("a quote in it is never closed");
        }
        return row.toString();
    }

    private static List<String> fields(String row, String delimiter) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < row.length(); i++) {
            char c = row.charAt(i);
            if (c == QUOTE) {
                boolean isDoubled = isQuoted && i + 1 < row.length() && row.charAt(i + 1) == QUOTE;
                if (isDoubled) {
                    field.append(c);
                    i++;
                } else {
                    isQuoted = !isQuoted;
                }
            } else if (!isQuoted && row.startsWith(delimiter, i)) {
                fields.add(field.toString());
                field.setLength(0);
                i += delimiter.length() - 1;
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
