package dev.ade.ingest;

import dev.ade.ingest.Inspector.Facts;
import dev.ade.ingest.Inspector.FileTimes;
import dev.ade.ingest.Inspector.Proposal;
import dev.ade.model.LoadSpec.Format;
import dev.ade.model.Wording;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Answers to what an engineer asks of a source before loading it.
final class InspectionNotes {
    private final List<FoundFile> found;
    private final List<Part> parts;
    private final Instant now;

    InspectionNotes(List<FoundFile> found, List<Part> parts, Instant now) {
        this.found = List.copyOf(found);
        this.parts = List.copyOf(parts);
        this.now = now;
    }

    List<String> notes(Facts facts, Proposal proposal, List<FileTimes> times) {
        List<String> notes = new ArrayList<>();
        notes.add("Persisted as " + persisted());
        notes.add(sizes(facts));
        notes.add(duplicates(facts, proposal));
        proposal.eventTime()
                .ifPresentOrElse(
                        column -> notes.add(late(column, times)),
                        () ->
                                notes.add(
                                        "Event time: no date or timestamp column is there throughout"));
        notes.add(freshness(times));
        return notes;
    }

    private String persisted() {
        String formats =
                found.stream()
                        .map(file -> word(file.format()) + packing(file))
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", "));
        String dialects =
                parts.stream()
                        .filter(part ->
                                part.shape().format() == Format.CSV && !part.shape().isEmpty())
                        .map(part -> words(part.shape().dialect()))
                        .distinct()
                        .collect(Collectors.joining("; or "));
        return "%s of %s%s"
                .formatted(
                        Wording.count(found.size(), "file"),
                        formats,
                        dialects.isEmpty() ? "" : ": " + dialects);
    }

    private static String packing(FoundFile file) {
        return switch (Compression.of(file.path().toString())) {
            case NONE -> "";
            case GZIP -> " (gzip)";
            case ZSTD -> " (zstd)";
        };
    }

    private static String words(Dialect dialect) {
        String delimiter =
                switch (dialect.delimiter()) {
                    case "," -> "commas";
                    case ";" -> "semicolons";
                    case "\t" -> "tabs";
                    case "|" -> "bars";
                    default -> "'" + dialect.delimiter() + "'";
                };
        return "separated by %s, %s"
                .formatted(
                        delimiter,
                        dialect.header() == Dialect.Header.PRESENT
                                ? "with a header"
                                : "without a header");
    }

    private String sizes(Facts facts) {
        long bytes = found.stream().mapToLong(FoundFile::bytes).sum();
        long sampled = parts.stream().mapToLong(part -> part.item().bytes()).sum();
        String files =
                found.size() == 1
                        ? size(bytes)
                        : "%s to %s a file, %s in all"
                                .formatted(
                                        size(
                                                found.stream()
                                                        .mapToLong(FoundFile::bytes)
                                                        .min()
                                                        .orElse(0)),
                                        size(
                                                found.stream()
                                                        .mapToLong(FoundFile::bytes)
                                                        .max()
                                                        .orElse(0)),
                                        size(bytes));
        return "Size: %s; %s looked at in %s of %s"
                .formatted(
                        files,
                        Wording.count(facts.rows(), "row"),
                        Wording.count(parts.size(), "file"),
                        size(sampled));
    }

    private static String duplicates(Facts facts, Proposal proposal) {
        String rows =
                facts.duplicates() == 0
                        ? "no two rows are equal"
                        : Wording.count(facts.duplicates(), "row")
                                + " of "
                                + Wording.count(facts.rows(), "row")
                                + " equal another";
        return "Duplicates: %s; %s"
                .formatted(
                        rows,
                        proposal.key()
                                .map(key ->
                                        "'%s' is different in every row, so it may be the key: load: {mode: merge, key: %s}"
                                                .formatted(key, Yaml.scalar(key)))
                                .orElse("no column is different in every row"));
    }

    private static String late(String column, List<FileTimes> times) {
        long rows = times.stream().mapToLong(FileTimes::rows).sum();
        long late = times.stream().mapToLong(FileTimes::late).sum();
        if (times.size() < 2) {
            return "Event time: '%s'; whether values come late shows once there are two files"
                    .formatted(column);
        }
        return "Event time: '%s'; %s"
                .formatted(
                        column,
                        late == 0
                                ? "no file has values from before the end of an earlier one"
                                : String.format(
                                        Locale.ROOT,
                                        "%s (%.2g%%) are late: an earlier file already had later ones",
                                        Wording.count(late, "row"),
                                        100.0 * late / rows));
    }

    private String freshness(List<FileTimes> times) {
        Instant file =
                found.stream()
                        .map(FoundFile::modifiedAt)
                        .max(Comparator.naturalOrder())
                        .orElse(now);
        String values =
                times.stream()
                        .map(FileTimes::last)
                        .max(Comparator.naturalOrder())
                        .map(last -> "; its newest event time is " + last)
                        .orElse("");
        return "Freshness: the newest file changed %s ago%s"
                .formatted(age(Duration.between(file, now)), values);
    }

    private static String age(Duration age) {
        if (age.toDays() > 0) {
            return Wording.count(age.toDays(), "day");
        }
        return age.toHours() > 0
                ? Wording.count(age.toHours(), "hour")
                : Wording.count(Math.max(0, age.toMinutes()), "minute");
    }

    private static String size(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 1_000 && unit < 3) {
            value /= 1_000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %cB", value, "kMGT".charAt(unit));
    }

    private static String word(Format format) {
        return format == Format.PARQUET ? "Parquet" : format.name();
    }
}
