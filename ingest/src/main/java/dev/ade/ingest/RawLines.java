package dev.ade.ingest;

import dev.ade.model.Fingerprint;
import dev.ade.spi.Correction;
import dev.ade.spi.Corrections;
import dev.ade.spi.Loader.Item;
import dev.ade.spi.RawFile;
import dev.ade.spi.RawRow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes lines out of files of newline-delimited JSON as they stand there.
///
/// @param corrections that are read in the place of what stands in the files
record RawLines(Corrections corrections) {
    /// @param lines of the rows
    RawFile of(Item item, Set<Long> lines) {
        Map<Long, String> corrected = corrected(item.id());
        List<RawRow> rows = new ArrayList<>();
        try (BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(
                                Contents.unpacked(Path.of(item.path())), StandardCharsets.UTF_8))) {
            long line = 1;
            for (String text = in.readLine(); text != null; text = in.readLine()) {
                if (lines.contains(line)) {
                    rows.add(new JsonLine(item.origin(), line, corrected.getOrDefault(line, text)));
                }
                line++;
            }
        } catch (IOException e) {
            throw Broken.file(item.origin(), e);
        }
        return new RawFile(item.id(), item.origin(), List.of(JsonLine.COLUMN), rows);
    }

    private Map<Long, String> corrected(Fingerprint batch) {
        Map<Long, String> corrected = new HashMap<>();
        for (Correction correction : corrections.of(batch)) {
            corrected.put(correction.line(), correction.text());
        }
        return corrected;
    }
}
