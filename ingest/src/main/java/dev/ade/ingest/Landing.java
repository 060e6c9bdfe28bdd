package dev.ade.ingest;

import dev.ade.model.AdeException;
import dev.ade.model.Intervals;
import dev.ade.model.LoadSpec.Format;
import dev.ade.model.SourceTable;
import dev.ade.spi.Cursor;
import dev.ade.spi.FileTarget;
import dev.ade.spi.Session;
import dev.ade.spi.Watcher;
import dev.ade.spi.WrittenFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Takes files through the door: reads, types, obfuscates, validates and writes them in one statement a
/// chunk, then accounts for every row. Only where rows are missing does it look for them, file by file.
final class Landing {
    /// Where good rows of a merge wait: treated, in memory, spilled by the engine where they are many.
    static final String STAGE = "ade_incoming";

    private final SourceTable source;
    private final Desk desk;
    private final Session session;
    private final ReaderOptions options;
    private final List<LandingColumn> columns;
    private final List<String> refused;
    private final Map<String, Refused> outside;
    private final Map<Part, Long> read = new HashMap<>();
    private final Map<Part, Long> landed = new HashMap<>();
    private final Map<String, Intervals> hours = new HashMap<>();
    private long beyond;
    private final List<WrittenFile> written = new ArrayList<>();
    private final Rejections rejections = new Rejections();
    private LoadSql sql;
    private boolean isGuarded;
    private boolean isStaged;
    private int scans;

    Landing(
            SourceTable source,
            Desk desk,
            ReaderOptions options,
            List<LandingColumn> columns,
            Outside outside) {
        this.source = source;
        this.desk = desk;
        this.session = desk.session();
        this.options = options;
        this.columns = List.copyOf(columns);
        this.refused = outside.columns();
        this.outside = outside.rows();
        this.sql = new LoadSql(columns, refused, options, desk.now(), LoadSql.Guard.NONE);
    }

    /// What does not get as far as a file's rows.
    ///
    /// @param columns that the policy for undeclared columns keeps out
    /// @param rows that were refused before they were staged, by path of the part
    record Outside(List<String> columns, Map<String, Refused> rows) {
        Outside {
            columns = List.copyOf(columns);
            rows = Map.copyOf(rows);
        }
    }

    /// Does something with the SQL of good rows, and gives the SQL that reads them back.
    private interface Sink {
        String take(Chunk chunk, LoadSql.Reading reading, Optional<Scans.Rejects> rejects);
    }

    private record Chunk(List<Part> parts) {
        Format format() {
            return parts.getFirst().shape().format();
        }
    }

    /// Good rows straight into data files.
    ///
    /// @param target a folder of its own for each write
    /// @param watcher sees what is written
    Passage write(List<Part> parts, Supplier<FileTarget> target, Watcher watcher) {
        return pass(
                parts,
                Part.chunks(parts),
                (chunk, reading, rejects) -> {
                    String rows = sql.rows(chunk.parts(), reading, rejects);
                    return keep(session.write(rows, target.get(), watcher));
                });
    }

    /// Good rows into `STAGE`, numbered in file and line order, and keys of changes that are rejected.
    Passage stage(List<Part> parts) {
        session.execute("DROP TABLE IF EXISTS " + STAGE);
        return pass(parts, Part.byShape(parts), this::stageChunk);
    }

    private Passage pass(List<Part> parts, List<List<Part>> chunks, Sink sink) {
        parts.forEach(part -> {
            read.put(part, 0L);
            landed.put(part, 0L);
        });
        for (List<Part> chunk : chunks) {
            land(new Chunk(chunk), sink);
            desk.progress().rows(landed.values().stream().mapToLong(Long::longValue).sum());
        }
        parts.forEach(this::refuse);
        return new Passage(read, landed, rejections, hours, beyond, written);
    }

    /// What stayed out before there was a file.
    private void refuse(Part part) {
        Refused rows = refused(part);
        rows.rejections(part).forEach(rejections::add);
        read.merge(part, (long) rows.rows().size(), Long::sum);
    }

    private Refused refused(Part part) {
        return outside.getOrDefault(part.item().path(), Refused.NONE);
    }

    private void land(Chunk chunk, Sink sink) {
        RowCounter counter = new RowCounter(session, options);
        RowCounter.Counting counting = counter.start(chunk.parts());
        Optional<Scans.Rejects> rejects = rejects(chunk);
        LoadSql.Reading reading = LoadSql.Reading.WHOLE;
        String rows;
        try {
            rows = sink.take(chunk, reading, rejects);
        } catch (AdeException e) {
            RowCounter.requireSound(counting, chunk.parts());
            rejects.ifPresent(tables -> CsvErrors.drop(session, tables));
            reading = lessStrict(chunk, e);
            rejects = rejects(chunk);
            rows = again(chunk, reading, rejects, sink, counting);
        }
        CsvErrors errors = errors(chunk, rejects, counting);
        Map<Part, Long> there = counter.finish(counting, chunk.parts());
        count(chunk, rows);
        for (Part part : chunk.parts()) {
            long rowsRead = there.getOrDefault(part, 0L);
            read.put(part, rowsRead);
            account(part, rowsRead, errors);
        }
    }

    private CsvErrors errors(
            Chunk chunk, Optional<Scans.Rejects> rejects, RowCounter.Counting counting) {
        try {
            return rejects.map(tables -> CsvErrors.take(session, tables)).orElse(CsvErrors.NONE);
        } catch (AdeException e) {
            RowCounter.requireSound(counting, chunk.parts());
            throw e;
        }
    }

    private String again(
            Chunk chunk,
            LoadSql.Reading reading,
            Optional<Scans.Rejects> rejects,
            Sink sink,
            RowCounter.Counting counting) {
        try {
            return sink.take(chunk, reading, rejects);
        } catch (AdeException e) {
            RowCounter.requireSound(counting, chunk.parts());
            rejects.ifPresent(tables -> CsvErrors.drop(session, tables));
            throw Broken.file(culprit(chunk, e), e);
        }
    }

    /// How to read a chunk whose first reading failed: NDJSON line by line, and values that privacy
    /// cannot treat row by row.
    private LoadSql.Reading lessStrict(Chunk chunk, AdeException e) {
        boolean isMalformed = chunk.format() == Format.NDJSON && Broken.isMalformedJson(e);
        boolean canGuard =
                !isGuarded
                        && columns.stream()
                                .anyMatch(column -> !column.projection().functions().isEmpty());
        if (Broken.isFinal(e) || !(isMalformed || canGuard)) {
            throw Broken.file(culprit(chunk, e), e);
        }
        if (canGuard) {
            guard();
        }
        return isMalformed ? LoadSql.Reading.LINES : LoadSql.Reading.WHOLE;
    }

    private void guard() {
        List<LandingColumn> guarded = columns.stream().map(LandingColumn::guarded).toList();
        Door.register(session, guarded);
        sql = new LoadSql(guarded, refused, options, desk.now(), LoadSql.Guard.ROWS);
        isGuarded = true;
    }

    /// The file that an error is about, where it says so.
    private static String culprit(Chunk chunk, Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            for (Part part : chunk.parts()) {
                if (message.contains(part.path().toString())) {
                    return part.origin();
                }
            }
        }
        Part first = chunk.parts().getFirst();
        return chunk.parts().size() == 1
                ? first.origin()
                : "one of %,d files from %s on".formatted(chunk.parts().size(), first.origin());
    }

    private Optional<Scans.Rejects> rejects(Chunk chunk) {
        if (chunk.format() != Format.CSV) {
            return Optional.empty();
        }
        scans++;
        return Optional.of(new Scans.Rejects("ade_errors_" + scans, "ade_scans_" + scans));
    }

    /// @return what reads them
    private String keep(List<WrittenFile> files) {
        written.addAll(files);
        if (files.isEmpty()) {
            return "";
        }
        String paths =
                files.stream()
                        .map(file -> Scans.path(file.path()))
                        .collect(Collectors.joining(", "));
        return "read_parquet([%s])".formatted(paths);
    }

    private String stageChunk(
            Chunk chunk, LoadSql.Reading reading, Optional<Scans.Rejects> rejects) {
        String rows = sql.orderedRows(chunk.parts(), reading, rejects);
        session.execute(
                (isStaged ? "INSERT INTO " + STAGE + " " : "CREATE TEMP TABLE " + STAGE + " AS ")
                        + rows);
        isStaged = true;
        String sequences =
                chunk.parts().stream()
                        .map(part -> String.valueOf(part.sequence()))
                        .collect(Collectors.joining(", "));
        return "(SELECT * FROM %s WHERE ade_sequence IN (%s) AND %s)"
                .formatted(STAGE, sequences, ChangeSql.LANDS);
    }

    /// Good rows and event times by batch, from what was written.
    private void count(Chunk chunk, String rows) {
        if (rows.isEmpty()) {
            return;
        }
        Map<String, Part> byBatch = new HashMap<>();
        chunk.parts().forEach(part -> byBatch.put(part.batch(), part));
        String counts = "SELECT \"_batch_id\", count(*) FROM %s GROUP BY 1".formatted(rows);
        try (Cursor cursor = session.query(counts)) {
            for (List<@Nullable Object> row = cursor.next(); row != null; row = cursor.next()) {
                Part part = byBatch.get(String.valueOf(row.get(0)));
                if (part != null && row.get(1) instanceof Number number) {
                    landed.put(part, number.longValue());
                }
            }
        }
        source.eventTime()
                .map(column -> EventHours.of(session, rows, column))
                .ifPresent(some -> {
                    hours.putAll(some.byBatch());
                    beyond += some.beyond();
                });
    }

    private void account(Part part, long rowsRead, CsvErrors errors) {
        long missing = rowsRead - landed.getOrDefault(part, 0L);
        if (missing > 0) {
            find(part, missing, errors);
        }
        long rejected = rejections.rows(part);
        if (missing != rejected) {
            throw AdeException.data(
                            "Cannot account for %s: it has %,d rows, %,d landed and %,d were rejected"
                                    .formatted(
                                            part.origin(),
                                            rowsRead,
                                            landed.getOrDefault(part, 0L),
                                            rejected),
                            "Nothing was loaded. Check delim, quote, escape and new_line in load: options, and that quotes match")
                    .at(source.location());
        }
    }

    private void find(Part part, long missing, CsvErrors errors) {
        switch (part.shape().format()) {
            case CSV -> findCsv(part, missing, errors);
            case JSON -> findJson(part);
            case NDJSON ->
                    broken(part, LoadSql.Reading.LINES)
                            .forEach((row, all) -> reject(Rejection.Row.at(part, row), all));
            case PARQUET ->
                    broken(part, LoadSql.Reading.WHOLE)
                            .forEach((row, all) ->
                                    reject(Rejection.Row.at(part, refused(part).number(row)), all));
            case AUTO, XLSX, FIXED, XML, AVRO, ORC -> throw Shape.unread();
        }
    }

    private void findCsv(Part part, long missing, CsvErrors errors) {
        var ofFile = errors.of(part);
        Map<Long, List<CsvErrors.Fault>> broken =
                missing > ofFile.size() ? broken(part, LoadSql.Reading.WHOLE) : Map.of();
        CsvPlaces.Wanted wanted =
                new CsvPlaces.Wanted(
                        ofFile, broken.keySet().stream().sorted().toList(), options.lineBytesMax());
        try {
            CsvPlaces.Found found = CsvPlaces.find(part, options, wanted);
            found.errors().forEach((line, all) -> reject(Rejection.Row.at(part, line), all));
            found.ordinals()
                    .forEach((row, line) ->
                            reject(
                                    Rejection.Row.at(part, line),
                                    broken.getOrDefault(row, List.of())));
            found.tooLong()
                    .forEach(line ->
                            rejections.add(
                                    new Rejection(
                                            Rejection.Row.at(part, line),
                                            "",
                                            "a line",
                                            CsvErrors.TOO_LONG)));
        } catch (IOException e) {
            throw Broken.file(part.origin(), e);
        }
    }

    private void findJson(Part part) {
        Map<Long, List<CsvErrors.Fault>> broken = broken(part, LoadSql.Reading.WHOLE);
        try (InputStream in = RowCounter.open(part, options)) {
            JsonScanner.walk(
                    in,
                    (index, line) -> {
                        List<CsvErrors.Fault> all = broken.get(index + 1);
                        if (all != null) {
                            reject(new Rejection.Row(part, index, part.places().of(line)), all);
                        }
                    });
        } catch (IOException e) {
            throw Broken.file(part.origin(), e);
        }
    }

    private void reject(Rejection.Row row, List<CsvErrors.Fault> errors) {
        for (CsvErrors.Fault error : errors) {
            boolean isWhole = error.column().isEmpty() || error.value() == null;
            String valueClass =
                    isWhole && error.column().isEmpty()
                            ? "a line"
                            : desk.privacy().valueClass(error.value());
            rejections.add(new Rejection(row, error.column(), valueClass, error.reason()));
        }
    }

    /// Rows that break a check, by their number among those the reader gives.
    private Map<Long, List<CsvErrors.Fault>> broken(Part part, LoadSql.Reading reading) {
        List<RowCheck> checks = sql.checks(part.shape(), reading);
        Map<Long, List<CsvErrors.Fault>> broken = new HashMap<>();
        if (checks.isEmpty()) {
            return broken;
        }
        String select = sql.broken(part, reading);
        try (Cursor cursor = session.query(select)) {
            for (List<@Nullable Object> row = cursor.next(); row != null; row = cursor.next()) {
                broken.put(
                        ((Number) java.util.Objects.requireNonNull(row.getFirst())).longValue(),
                        errors(row, checks));
                if (broken.size() > Rejections.ROWS_MAX) {
                    break;
                }
            }
        } catch (AdeException e) {
            throw Broken.file(part.origin(), e);
        }
        return broken;
    }

    private static List<CsvErrors.Fault> errors(List<@Nullable Object> row, List<RowCheck> checks) {
        List<CsvErrors.Fault> errors = new ArrayList<>();
        for (int i = 0; i < checks.size(); i++) {
            if (Boolean.TRUE.equals(row.get(1 + 2 * i))) {
                RowCheck check = checks.get(i);
                Object value = row.get(2 + 2 * i);
                errors.add(
                        new CsvErrors.Fault(
                                check.column(),
                                value == null ? null : value.toString(),
                                check.reason()));
            }
        }
        return errors;
    }
}
