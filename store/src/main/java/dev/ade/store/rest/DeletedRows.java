package dev.ade.store.rest;

import dev.ade.model.Column;
import dev.ade.model.Schema;
import dev.ade.model.Sql;
import dev.ade.model.Type.Simple;
import dev.ade.spi.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.SeekableInputStream;

/// Positions of rows of data files that are deleted: in delete files, or in a bitmap of the file's own.
final class DeletedRows {
    private static final Schema POSITIONS = Schema.of(new Column("pos", Simple.BIGINT));

    private final EngineFiles files;
    private final FileIO io;
    private final Session session;
    private int tables;

    DeletedRows(EngineFiles files, FileIO io, Session session) {
        this.files = files;
        this.io = io;
        this.session = session;
    }

    /// A query of positions, from 0 on, in a column `pos`.
    ///
    /// @param deletes that apply to the file, by position
    String select(DataFile file, List<DeleteFile> deletes) {
        return deletes.stream()
                .map(delete -> select(file, delete))
                .collect(Collectors.joining(" union all "));
    }

    private String select(DataFile file, DeleteFile delete) {
        return delete.format() == FileFormat.PUFFIN
                ? "select pos from " + staged(file, bitmap(delete))
                : "select pos from read_parquet(%s) where file_path = %s"
                        .formatted(files.name(delete), Sql.literal(file.location()));
    }

    private String staged(DataFile file, PositionDeleteIndex bitmap) {
        String table = "deleted_" + ++tables;
        Iterable<List<Long>> positions =
                () ->
                        LongStream.range(0, file.recordCount())
                                .filter(bitmap::isDeleted)
                                .mapToObj(List::of)
                                .iterator();
        session.stage(table, POSITIONS, positions);
        return table;
    }

    private PositionDeleteIndex bitmap(DeleteFile delete) {
        long bytes = Objects.requireNonNull(delete.contentSizeInBytes());
        try (SeekableInputStream in = io.newInputFile(delete.location()).newStream()) {
            in.seek(Objects.requireNonNull(delete.contentOffset()));
            byte[] content = in.readNBytes(Math.toIntExact(bytes));
            return PositionDeleteIndex.deserialize(content, delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
