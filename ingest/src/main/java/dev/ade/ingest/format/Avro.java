package dev.ade.ingest.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ade.model.Column;
import dev.ade.model.LoadSpec.Format;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/// Avro's container files. Columns have the types that the file's own schema says.
public record Avro() implements Converter {
    private static final JsonFactory JSON = new JsonFactory();

    private static final byte[] MAGIC = {'O', 'b', 'j', 1};
    private static final int MARK_BYTES = 16;

    @Override
    public Format format() {
        return Format.NDJSON;
    }

    @Override
    public Converted convert(Input input, Path copy) throws IOException {
        GenericDatumReader<GenericRecord> reader = new GenericDatumReader<>();
        byte[] mark = mark(input);
        try (Tail tail = new Tail(input.open());
                DataFileStream<GenericRecord> rows = new DataFileStream<>(tail, reader);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(copy));
                JsonGenerator json = JSON.createGenerator(out)) {
            Schema schema = rows.getSchema();
            if (schema.getType() != Schema.Type.RECORD) {
                throw new NotReadable(
                        "its rows are no records", "Write records: a value alone has no column");
            }
            List<Column> columns = AvroTypes.columns(schema);
            json.setRootValueSeparator(null);
            while (rows.hasNext()) {
                AvroJson.write(json, rows.next());
                json.writeRaw('\n');
            }
            if (!Arrays.equals(tail.last(), mark)) {
                throw new NotReadable(
                        "it ends in the middle of its rows", "Copy or download it again");
            }
            return new Converted(columns, Places.SAME);
        } catch (AvroRuntimeException e) {
            throw new NotReadable(
                    codec(e)
                            ? "it is packed in a way that ADE does not unpack"
                            : "it is no Avro file, or it is damaged",
                    "Write or copy it again, packed with deflate, bzip2 or not at all");
        }
    }

    /// What stands behind the head of a file and behind each of its blocks. The library takes a block without it for
    /// the end of the file.
    private static byte[] mark(Input input) throws IOException {
        byte[] mark = new byte[MARK_BYTES];
        byte[] magic = new byte[MAGIC.length];
        try (InputStream in = input.open()) {
            BinaryDecoder head = DecoderFactory.get().directBinaryDecoder(in, null);
            head.readFixed(magic);
            if (!Arrays.equals(magic, MAGIC)) {
                throw notAvro();
            }
            for (long left = head.readMapStart(); left > 0; left = head.mapNext()) {
                for (long i = 0; i < left; i++) {
                    head.skipString();
                    head.skipBytes();
                }
            }
            head.readFixed(mark);
            return mark;
        } catch (EOFException e) {
            throw notAvro();
        }
    }

    private static NotReadable notAvro() {
        return new NotReadable(
                "it is no Avro file", "Write it as a container file, which begins with its schema");
    }

    /// Remembers the last bytes that were read.
    private static final class Tail extends FilterInputStream {
        private final byte[] last = new byte[MARK_BYTES];

        Tail(InputStream in) {
            super(in);
        }

        byte[] last() {
            return last.clone();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int n = super.read(target, offset, length);
            int kept = Math.min(Math.max(n, 0), last.length);
            System.arraycopy(last, kept, last, 0, last.length - kept);
            System.arraycopy(
                    target, offset + Math.max(n, 0) - kept, last, last.length - kept, kept);
            return n;
        }
    }

    private static boolean codec(AvroRuntimeException e) {
        return String.valueOf(e.getMessage()).contains("codec");
    }
}
