package dev.ade.ingest.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ade.model.Column;
import dev.ade.model.LoadSpec.Format;
import io.trino.memory.context.AggregatedMemoryContext;
import io.trino.orc.FileOrcDataSource;
import io.trino.orc.OrcColumn;
import io.trino.orc.OrcDataSource;
import io.trino.orc.OrcPredicate;
import io.trino.orc.OrcReader;
import io.trino.orc.OrcReaderOptions;
import io.trino.orc.OrcRecordReader;
import io.trino.orc.metadata.OrcType.OrcTypeKind;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.type.Type;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.joda.time.DateTimeZone;
import org.jspecify.annotations.Nullable;

/// ORC, as Hive and Spark write it. Columns have the types that the file's own footer says.
public record Orc() implements Converter {
    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public Format format() {
        return Format.NDJSON;
    }

    /// The footer is at the end, so the file is copied where it can be read from anywhere.
    @Override
    public Converted convert(Input input, Path copy) throws IOException {
        Path file = copy.resolveSibling(copy.getFileName() + ".orc");
        try (InputStream in = input.open()) {
            Files.copy(in, file);
            return read(file, copy);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static Converted read(Path file, Path copy) throws IOException {
        OrcReaderOptions options = new OrcReaderOptions();
        try (OrcDataSource source = new FileOrcDataSource(file.toFile(), options);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(copy));
                JsonGenerator json = JSON.createGenerator(out)) {
            OrcReader reader =
                    sound(() -> OrcReader.createOrcReader(source, options))
                            .orElseThrow(Orc::damaged);
            OrcColumn root = reader.getRootColumn();
            if (root.getColumnType().getOrcTypeKind() != OrcTypeKind.STRUCT) {
                throw new NotReadable(
                        "its rows are no structs", "Write structs: a value alone has no column");
            }
            json.setRootValueSeparator(null);
            List<Column> columns = sound(() -> OrcTypes.columns(root));
            write(reader, root.getNestedColumns(), json);
            return new Converted(columns, Places.SAME);
        }
    }

    private static void write(OrcReader reader, List<OrcColumn> columns, JsonGenerator json)
            throws IOException {
        List<Type> types = sound(() -> columns.stream().map(OrcTypes::read).toList());
        try (OrcRecordReader rows = sound(() -> rows(reader, columns, types))) {
            for (SourcePage page = sound(rows::nextPage);
                    page != null;
                    page = sound(rows::nextPage)) {
                writePage(page, columns, types, json);
            }
        }
    }

    private static void writePage(
            SourcePage page, List<OrcColumn> columns, List<Type> types, JsonGenerator json)
            throws IOException {
        for (int i = 0; i < page.getPositionCount(); i++) {
            int row = i;
            writeRow(json, columns, sound(() -> values(page, types, row)));
        }
    }

    private static OrcRecordReader rows(OrcReader reader, List<OrcColumn> columns, List<Type> types)
            throws IOException {
        return reader.createRecordReader(
                columns,
                types,
                false,
                OrcPredicate.TRUE,
                DateTimeZone.UTC,
                AggregatedMemoryContext.newSimpleAggregatedMemoryContext(),
                OrcReader.INITIAL_BATCH_SIZE,
                IllegalStateException::new);
    }

    private static @Nullable Object[] values(SourcePage page, List<Type> types, int row) {
        @Nullable Object[] values = new Object[types.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = types.get(i).getObjectValue(page.getBlock(i), row);
        }
        return values;
    }

    private static void writeRow(
            JsonGenerator json, List<OrcColumn> columns, @Nullable Object[] values)
            throws IOException {
        json.writeStartObject();
        for (int i = 0; i < values.length; i++) {
            json.writeFieldName(columns.get(i).getColumnName());
            OrcJson.write(json, columns.get(i), values[i]);
        }
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private interface Reading<T extends @Nullable Object> {
        T get() throws IOException;
    }

    /// Of a file that is damaged the library throws whatever it stumbles over.
    private static <T extends @Nullable Object> T sound(Reading<T> reading) {
        try {
            return reading.get();
        } catch (NotReadable e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw damaged();
        }
    }

    private static NotReadable damaged() {
        return new NotReadable(
                "it is no ORC file, or it is damaged", "Write, copy or download it again");
    }
}
