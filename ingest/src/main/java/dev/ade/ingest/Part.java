package dev.ade.ingest;

import dev.ade.ingest.format.Places;
import dev.ade.spi.Loader.Item;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A file being loaded.
///
/// @param path what is read: the file, or a copy of it
/// @param sequence its place in the order of files
/// @param places where the rows of what is read stood in the file
/// @param table where its rows are in the engine already: what stands for them behind FROM
record Part(
        Item item, Path path, Shape shape, int sequence, Places places, Optional<String> table) {
    /// Files larger than this get data files of their own, so that a changed one is replaced without
    /// rewriting others.
    static final long ALONE_BYTES = 32L << 20;

    /// Bytes and files of small files that are written together.
    static final long TOGETHER_BYTES = 256L << 20;

    static final int TOGETHER_FILES = 500;

    /// The same, with one shape for all that one statement can read: their samples may suggest other types for a column,
    /// and a row is to be looked for as it was read.
    static List<Part> alike(List<Part> parts) {
        Map<List<Object>, Shape> first = new HashMap<>();
        return parts.stream()
                .map(part -> part.shaped(first.computeIfAbsent(part.shape.key(), _ -> part.shape)))
                .toList();
    }

    /// Parts that one statement can read, in order.
    static List<List<Part>> byShape(List<Part> parts) {
        Map<List<Object>, List<Part>> groups = new LinkedHashMap<>();
        for (Part part : parts) {
            if (!part.shape.isEmpty()) {
                groups.computeIfAbsent(
                                List.of(part.shape.key(), part.table.isPresent()),
                                _ -> new ArrayList<>())
                        .add(part);
            }
        }
        return List.copyOf(groups.values());
    }

    /// Parts that one statement reads and writes.
    static List<List<Part>> chunks(List<Part> parts) {
        List<List<Part>> chunks = new ArrayList<>();
        for (List<Part> group : byShape(parts)) {
            List<Part> together = new ArrayList<>();
            long bytes = 0;
            for (Part part : group) {
                // What is in the engine was read by one reading, which is replaced as one.
                long size = part.table.isPresent() ? 0 : part.item.bytes();
                if (size > ALONE_BYTES) {
                    chunks.add(List.of(part));
                    continue;
                }
                if (bytes + size > TOGETHER_BYTES || together.size() == TOGETHER_FILES) {
                    chunks.add(together);
                    together = new ArrayList<>();
                    bytes = 0;
                }
                together.add(part);
                bytes += size;
            }
            if (!together.isEmpty()) {
                chunks.add(together);
            }
        }
        return chunks;
    }

    static List<Path> paths(List<Part> parts) {
        return parts.stream().map(Part::path).toList();
    }

    Part shaped(Shape other) {
        return new Part(item, path, other, sequence, places, table);
    }

    String origin() {
        return item.origin();
    }

    String batch() {
        return item.id().hex();
    }
}
