package dev.ade.ingest;

import dev.ade.model.Intervals;
import dev.ade.spi.WrittenFile;
import java.util.List;
import java.util.Map;

/// What came through the door.
///
/// @param read rows of each file, counted beside the engine
/// @param landed good rows of each file
/// @param rejections rows that stay out
/// @param hours event time of good rows by batch; empty where the dataset has none
/// @param beyond good rows whose event time is in no interval
/// @param written files of good rows; empty where they are staged for a merge
record Passage(
        Map<Part, Long> read,
        Map<Part, Long> landed,
        Rejections rejections,
        Map<String, Intervals> hours,
        long beyond,
        List<WrittenFile> written) {}
