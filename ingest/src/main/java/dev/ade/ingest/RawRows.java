package dev.ade.ingest;

import dev.ade.ingest.format.CorrectedLines;
import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Fingerprint;
import dev.ade.model.LoadSpec.Format;
import dev.ade.model.Wording;
import dev.ade.spi.Corrections;
import dev.ade.spi.Loader.Inbox;
import dev.ade.spi.Loader.Item;
import dev.ade.spi.RawFile;
import dev.ade.spi.RawRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Takes rows out of CSV files as they stand there.
final class RawRows {
    /// A row that is longer has swallowed others.
    static final long ROW_BYTES_MAX = 16L << 20;

    /// What stands for bytes that are not in the encoding of a file.
    static final char UNREADABLE = '\uFFFD';

    private final ReaderOptions options;
    private final Corrections corrections;

    /// @param corrections that are read in the place of what stands in the files
    RawRows(ReaderOptions options, Corrections corrections) {
        this.options = options;
        this.corrections = corrections;
    }

    /// Files of batches, whether loaded or not.
    static List<Item> items(Inbox inbox, Map<Fingerprint, ?> batches) {
        Set<Fingerprint> seen = new HashSet<>();
        return Stream.of(inbox.fresh(), inbox.changed(), inbox.unchanged())
                .flatMap(List::stream)
                .filter(item -> batches.containsKey(item.id()))
                .filter(item -> seen.add(item.id()))
                .toList();
    }

    /// Whether a file has the content that it is known by.
    static boolean isSame(Item item) {
        try {
            return Contents.hash(Path.of(item.path())).equals(item.id());
        } catch (IOException e) {
            throw Broken.file(item.origin(), e);
        }
    }

    /// @throws AdeException USER where a file of a format has no rows that can be taken out of it
    static void requireRows(Item item, Format format) {
        if (format != Format.CSV && format != Format.NDJSON) {
            throw AdeException.user(
                    "Cannot take rows out of %s: that is done with CSV and NDJSON only, it is %s"
                            .formatted(item.origin(), Wording.of(format)),
                    "Correct the file and ade run: its rows are replaced");
        }
    }

    /// @param lines that the rows begin on
    RawFile of(Part part, Set<Long> lines) {
        try {
            List<String> columns = part.shape().columns().stream().map(Column::name).toList();
            return new RawFile(
                    part.item().id(), part.origin(), columns, rows(part, columns, lines));
        } catch (IOException e) {
            throw Broken.file(part.origin(), e);
        }
    }

    private record Place(long start, long line, long bytes) {}

    private List<RawRow> rows(Part part, List<String> columns, Set<Long> lines) throws IOException {
        List<RawRow> rows = new ArrayList<>();
        Map<Long, Long> corrected = new HashMap<>();
        corrections.of(part.item().id()).forEach(it -> corrected.put(it.line(), it.lines()));
        long position = 0;
        List<Place> places = places(part, lines);
        try (InputStream in = RowCounter.open(part, options)) {
            for (Place place : places) {
                in.skipNBytes(place.start() - position);
                byte[] bytes = in.readNBytes(Math.toIntExact(place.bytes()));
                position = place.start() + place.bytes();
                String text = new String(bytes, StandardCharsets.UTF_8);
                long inFile =
                        corrected.getOrDefault(place.line(), CorrectedLines.lineEnds(text) + 1);
                CsvFields.of(text, part.shape().dialect())
                        .map(fields ->
                                new CsvRow(
                                        part.origin(),
                                        place.line(),
                                        inFile,
                                        columns,
                                        fields,
                                        options.encoding().charset()))
                        .ifPresent(rows::add);
            }
        }
        return rows;
    }

    private List<Place> places(Part part, Set<Long> lines) throws IOException {
        List<Place> places = new ArrayList<>();
        try (InputStream in = RowCounter.open(part, options)) {
            CsvScanner.walk(
                    in,
                    part.shape().dialect(),
                    part.shape().columns().size(),
                    (_, start, row, bytes) -> {
                        long line = part.places().of(row);
                        if (lines.contains(line) && bytes <= ROW_BYTES_MAX) {
                            places.add(new Place(start, line, bytes));
                        }
                    });
        }
        return places;
    }
}
