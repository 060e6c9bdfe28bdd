package dev.ade.ingest;

import dev.ade.model.Fingerprint;
import dev.ade.spi.Correction;
import dev.ade.spi.Corrections;
import dev.ade.spi.Loader.Item;
import dev.ade.spi.RawFile;
import dev.ade.spi.RawRow;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Takes lines out of files of newline-delimited JSON as they stand there.
///
/// @param corrections that are read in the place of what stands in the files
record RawLines(ReaderOptions options, Corrections corrections) {
    private static final int END = -1;

    /// @param lines of the rows
    RawFile of(Item item, Set<Long> lines) {
        Map<Long, String> texts = new TreeMap<>();
        try (InputStream in =
                new BufferedInputStream(
                        Contents.unpacked(Path.of(item.path()), item.origin(), options), 1 << 16)) {
            read(in, lines, texts);
        } catch (IOException e) {
            throw Broken.file(item.origin(), e);
        }
        Map<Long, String> corrected = corrected(item.id());
        List<RawRow> rows = new ArrayList<>();
        texts.forEach((line, text) ->
                rows.add(new JsonLine(item.origin(), line, corrected.getOrDefault(line, text))));
        return new RawFile(item.id(), item.origin(), List.of(JsonLine.COLUMN), rows);
    }

    /// A line ends with `\n`, `\r\n` or `\r`.
    private static void read(InputStream in, Set<Long> lines, Map<Long, String> texts)
            throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        long line = 1;
        int before = END;
        for (int b = in.read(); b != END; b = in.read()) {
            boolean isSecond = b == '\n' && before == '\r';
            if (b == '\r' || (b == '\n' && !isSecond)) {
                take(line, lines, text, texts);
                text.reset();
                line++;
            } else if (!isSecond && lines.contains(line) && text.size() <= RawRows.ROW_BYTES_MAX) {
                text.write(b);
            }
            before = b;
        }
        take(line, lines, text, texts);
    }

    private static void take(
            long line, Set<Long> lines, ByteArrayOutputStream text, Map<Long, String> texts) {
        if (lines.contains(line) && text.size() <= RawRows.ROW_BYTES_MAX) {
            texts.put(line, text.toString(StandardCharsets.UTF_8));
        }
    }

    private Map<Long, String> corrected(Fingerprint batch) {
        Map<Long, String> corrected = new HashMap<>();
        for (Correction correction : corrections.of(batch)) {
            corrected.put(correction.line(), correction.text());
        }
        return corrected;
    }
}
