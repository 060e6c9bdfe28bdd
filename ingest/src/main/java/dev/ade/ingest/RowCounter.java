package dev.ade.ingest;

import dev.ade.spi.Cursor;
import dev.ade.spi.Session;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Counts the rows of files independently of what reads them, on a thread beside it.
final class RowCounter {
    private final Session session;
    private final ReaderOptions options;

    RowCounter(Session session, ReaderOptions options) {
        this.session = session;
        this.options = options;
    }

    /// A count that is under way.
    ///
    /// @param isBroken whether it fails; true before the session is stopped for it
    record Counting(FutureTask<Map<Part, Long>> task, AtomicBoolean isBroken) {}

    /// What the session does meanwhile is stopped where the count fails.
    Counting start(List<Part> parts) {
        AtomicBoolean isBroken = new AtomicBoolean();
        FutureTask<Map<Part, Long>> task =
                new FutureTask<>(() -> {
                    try {
                        return texts(parts);
                    } catch (IOException | RuntimeException e) {
                        isBroken.set(true);
                        session.cancel();
                        throw e;
                    }
                });
        Thread.ofVirtual().name("ade-count").start(task);
        return new Counting(task, isBroken);
    }

    /// Where the count fails, that is why the session's statement did.
    static void requireSound(Counting counting, List<Part> parts) {
        if (counting.isBroken().get()) {
            join(counting.task(), parts);
        }
    }

    /// The count, with that of Parquet files, which are counted by what their footers say.
    Map<Part, Long> finish(Counting counting, List<Part> parts) {
        Map<Part, Long> rows = new HashMap<>(join(counting.task(), parts));
        for (Part part : parts) {
            if (!part.shape().isEmpty() && !LoadSql.hasLines(part.shape().format())) {
                rows.put(part, part.table().map(this::table).orElseGet(() -> footer(part)));
            }
        }
        return rows;
    }

    private Map<Part, Long> texts(List<Part> parts) throws IOException {
        Map<Part, Long> rows = new HashMap<>();
        for (Part part : parts) {
            if (part.shape().isEmpty()) {
                rows.put(part, 0L);
            } else if (LoadSql.hasLines(part.shape().format())) {
                rows.put(part, text(part));
            }
        }
        return rows;
    }

    private long text(Part part) throws IOException {
        Shape shape = part.shape();
        try (InputStream in = open(part, options)) {
            return switch (shape.format()) {
                case CSV -> CsvScanner.count(in, shape.dialect(), shape.columns().size());
                case JSON -> JsonScanner.walk(in, (_, _) -> {});
                case NDJSON -> JsonScanner.countLines(in);
                case PARQUET, AUTO, XLSX, FIXED, XML, AVRO, ORC -> throw Shape.unread();
            };
        } catch (IOException | RuntimeException e) {
            throw Broken.file(part.origin(), e);
        }
    }

    static InputStream open(Part part, ReaderOptions options) throws IOException {
        boolean isCsv = part.shape().format() == dev.ade.model.LoadSpec.Format.CSV;
        return Contents.open(
                part.path(),
                isCsv ? options.encoding().charset() : StandardCharsets.UTF_8,
                part.origin(),
                options);
    }

    private static Map<Part, Long> join(FutureTask<Map<Part, Long>> task, List<Part> parts) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw Broken.file(parts.getFirst().origin(), cause instanceof Exception one ? one : e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw dev.ade.model.AdeException.cancelled("Stopped while rows were counted")
                    .causedBy(e);
        }
    }

    private long footer(Part part) {
        return number(
                "SELECT sum(num_rows)::BIGINT FROM parquet_file_metadata(%s)"
                        .formatted(Scans.path(part.path())));
    }

    private long table(String table) {
        return number("SELECT count(*) FROM " + table);
    }

    private long number(String sql) {
        try (Cursor cursor = session.query(sql)) {
            @Nullable Object rows = cursor.all(1).getFirst().getFirst();
            return rows instanceof Number number ? number.longValue() : 0;
        }
    }
}
