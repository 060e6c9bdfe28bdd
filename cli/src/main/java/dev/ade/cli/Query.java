package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.app.Ade.ReadPoint;
import dev.ade.cli.console.ResultFormat;
import dev.ade.cli.console.RowWriter;
import dev.ade.cli.console.RowWriter.Cut;
import dev.ade.cli.console.Screen;
import dev.ade.model.AdeException;
import dev.ade.model.Wording;
import dev.ade.spi.Cursor;
import dev.ade.spi.Session;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks a project and writes down the answer.
record Query(Shell shell, Ade ade, ReadPoint at) {
    private static final long ROWS_BETWEEN_CHECKS = 4_096;

    /// Prints the rows of `statement`.
    void print(String statement, ResultFormat format) {
        if (format == ResultFormat.PARQUET) {
            throw AdeException.user(
                    "Cannot print Parquet: it is not text", "Write it to a file with -o FILE");
        }
        show(statement, format.writer(shell.out(), shell.screen()), Long.MAX_VALUE);
    }

    /// Writes rows to `shell.out()`, at most so many; stops when nobody reads them any more (`| head`).
    void show(String statement, RowWriter writer, long rowsMax) {
        stream(statement, writer, rowsMax, shell.out());
    }

    /// Writes the rows of `statement` to a file, which is there whole or not at all.
    void save(String statement, ResultFormat format, Path file) {
        long rows =
                switch (format) {
                    case CSV -> export(statement, file, Session.ExportFormat.CSV);
                    case NDJSON -> export(statement, file, Session.ExportFormat.NDJSON);
                    case PARQUET -> export(statement, file, Session.ExportFormat.PARQUET);
                    case TABLE, JSON, MARKDOWN -> write(statement, file, format);
                };
        shell.err().printf("%s written to %s%n", Wording.count(rows, "row"), file);
    }

    private long export(String statement, Path file, Session.ExportFormat format) {
        Path target = file.toAbsolutePath();
        return ade.export(statement, at, target, format, Map.of());
    }

    private long write(String statement, Path file, ResultFormat format) {
        Path draft = file.resolveSibling(file.getFileName() + ".part");
        try {
            long rows;
            try (PrintStream out =
                    new PrintStream(Files.newOutputStream(draft), false, StandardCharsets.UTF_8)) {
                rows = stream(statement, format.writer(out, Screen.PLAIN), Long.MAX_VALUE, out);
                if (out.checkError()) {
                    throw new IOException("the disk may be full");
                }
            }
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
            return rows;
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot write %s: %s".formatted(file, e.getMessage()),
                            "Check the folder and its free space")
                    .causedBy(e);
        }
    }

    private long stream(String statement, RowWriter writer, long rowsMax, PrintStream out) {
        try (Cursor cursor = ade.sql(statement, at)) {
            writer.begin(cursor.schema());
            long rows = 0;
            List<@Nullable Object> row = cursor.next();
            while (row != null && rows < rowsMax && !isBroken(rows, out)) {
                writer.row(row);
                rows++;
                row = cursor.next();
            }
            writer.end(rows, row != null || cursor.isCut() ? Cut.CUT : Cut.WHOLE);
            return rows;
        }
    }

    private static boolean isBroken(long rows, PrintStream out) {
        return rows % ROWS_BETWEEN_CHECKS == 0 && rows > 0 && out.checkError();
    }
}
