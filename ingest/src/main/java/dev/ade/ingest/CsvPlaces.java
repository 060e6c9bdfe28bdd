package dev.ade.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// Finds the physical lines of rows that stay out, in one walk over the file. Only done where there are some.
final class CsvPlaces implements CsvScanner.Listener {
    /// @param bytesMax rows longer than this are left out by the reader without a word
    record Wanted(
            SortedMap<Long, List<CsvErrors.Fault>> errors, List<Long> ordinals, long bytesMax) {}

    /// @param errors with the line of their row
    /// @param ordinals lines of rows by their number among those that the reader gave
    /// @param tooLong lines of rows that are too long
    record Found(
            Map<Long, List<CsvErrors.Fault>> errors,
            Map<Long, Long> ordinals,
            List<Long> tooLong) {}

    private final Wanted wanted;
    private final List<Map.Entry<Long, List<CsvErrors.Fault>>> errors;
    private final Found found;
    private int nextError;
    private int nextOrdinal;
    private long given;
    private long line;
    private long length;
    private boolean isThere;

    private CsvPlaces(Wanted wanted) {
        this.wanted = wanted;
        this.errors = List.copyOf(wanted.errors.entrySet());
        this.found =
                new Found(
                        new java.util.LinkedHashMap<>(),
                        new java.util.HashMap<>(),
                        new ArrayList<>());
    }

    static Found find(Part part, ReaderOptions options, Wanted wanted) throws IOException {
        CsvPlaces places = new CsvPlaces(wanted);
        try (InputStream in = RowCounter.open(part, options)) {
            CsvScanner.walk(in, part.shape().dialect(), part.shape().columns().size(), places);
        }
        places.settle(Long.MAX_VALUE);
        return places.found;
    }

    @Override
    public void record(long index, long start, long startLine, long bytes) {
        settle(start);
        isThere = true;
        line = startLine;
        length = bytes;
    }

    /// Says what became of the last record: positions of errors lie at its first byte or one after it, so those
    /// below the start of the next belong to it.
    private void settle(long nextStart) {
        if (!isThere) {
            return;
        }
        List<CsvErrors.Fault> own = new ArrayList<>();
        while (nextError < errors.size() && errors.get(nextError).getKey() < nextStart) {
            own.addAll(errors.get(nextError).getValue());
            nextError++;
        }
        if (!own.isEmpty()) {
            found.errors.put(line, own);
        } else if (length > wanted.bytesMax) {
            found.tooLong.add(line);
        } else {
            given++;
            while (nextOrdinal < wanted.ordinals.size()
                    && wanted.ordinals.get(nextOrdinal) == given) {
                found.ordinals.put(given, line);
                nextOrdinal++;
            }
        }
        isThere = false;
    }
}
