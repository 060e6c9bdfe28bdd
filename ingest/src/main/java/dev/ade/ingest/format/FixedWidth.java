package dev.ade.ingest.format;

import dev.ade.model.AdeException;
import dev.ade.model.LoadSpec.Format;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Text whose columns stand at fixed places of every line. Blanks around a value are no part of it; a value that is all
/// blanks, or that its line is too short for, is missing; an empty line is no row.
///
/// @param fields in the order of their places
/// @param charset of the file
/// @param copied charset of the copy
/// @param skip lines above the first row
/// @param lineCharactersMax of the longest line
public record FixedWidth(
        List<Field> fields, Charset charset, Charset copied, long skip, int lineCharactersMax)
        implements Converter {
    /// @param first place of its first character in a line, from 1
    /// @param last place of its last
    public record Field(String name, int first, int last) {
        public Field {
            if (name.isBlank() || first < 1 || last < first) {
                throw AdeException.user(
                        "Cannot read the field '%s' from %d to %d".formatted(name, first, last),
                        "Give a name, and the places of its first and last character from 1 on, such as order_id: 1-10");
            }
        }
    }

    public FixedWidth {
        fields = fields.stream().sorted(Comparator.comparingInt(Field::first)).toList();
        if (fields.isEmpty()) {
            throw AdeException.user(
                    "Cannot read files of fixed width: their fields are not said",
                    "Add load: {options: {fields: {order_id: 1-10, ordered_at: 11-18, …}}}");
        }
    }

    @Override
    public Format format() {
        return Format.CSV;
    }

    @Override
    public Converted convert(Input input, Path copy) throws IOException {
        Places places = new Places();
        Names.requireDistinct(fields.stream().map(Field::name).toList());
        try (BufferedReader lines = lines(input);
                CsvLines out =
                        new CsvLines(copy, fields.stream().map(Field::name).toList(), copied)) {
            long number = 0;
            for (String line = next(lines, number); line != null; line = next(lines, number)) {
                number++;
                if (number > skip && !line.isBlank()) {
                    places.add(out.line(), number);
                    out.write(values(line));
                }
            }
        }
        return new Converted(List.of(), places);
    }

    private BufferedReader lines(Input input) throws IOException {
        return new BufferedReader(
                new InputStreamReader(
                        input.open(),
                        charset.newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)));
    }

    /// A file without line ends would be one line.
    private @Nullable String next(BufferedReader in, long before) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return unmarked(line, before);
            }
            line.append((char) c);
            if (line.length() > lineCharactersMax) {
                throw new NotReadable(
                        "line %,d is longer than %,d characters"
                                .formatted(before + 1, lineCharactersMax),
                        "Check what the file is, or raise max_line_size in load: options");
            }
        }
        return line.isEmpty() ? null : unmarked(line, before);
    }

    private static String unmarked(StringBuilder line, long before) {
        int end = !line.isEmpty() && line.charAt(line.length() - 1) == '\r' ? 1 : 0;
        int start = before == 0 && !line.isEmpty() && line.charAt(0) == '\uFEFF' ? 1 : 0;
        return line.substring(start, Math.max(start, line.length() - end));
    }

    private List<@Nullable String> values(String line) {
        int[] characters = line.codePoints().toArray();
        List<@Nullable String> values = new ArrayList<>(fields.size());
        for (Field field : fields) {
            int from = Math.min(field.first() - 1, characters.length);
            int to = Math.min(field.last(), characters.length);
            String value = new String(characters, from, to - from).strip();
            values.add(value.isEmpty() ? null : value);
        }
        return values;
    }
}
