import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.TimeZone;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hive.common.type.HiveDecimal;
import org.apache.hadoop.hive.ql.exec.vector.BytesColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.DecimalColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.DoubleColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.ListColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.LongColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.MapColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.StructColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.TimestampColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.VectorizedRowBatch;
import org.apache.orc.CompressionKind;
import org.apache.orc.OrcFile;
import org.apache.orc.TypeDescription;
import org.apache.orc.Writer;

/// Wrote the files beside it, with Apache ORC 2.3.0 and Hadoop 3.4.3, which ADE does without: a file for each way to pack,
/// one by somebody in New York, one without rows, and one whose rows are no structs.
public class Write {
    static final String ROWS =
            "struct<id:bigint,small:smallint,tiny:tinyint,ok:boolean,rate:double,part:float,name:string,code:char(4),"
                    + "amount:decimal(30,10),day:date,local:timestamp,made:timestamp with local time zone,raw:binary,"
                    + "tags:array<string>,extra:map<int,string>,who:struct<city:string,no:int>>";

    public static void main(String[] args) throws Exception {
        for (CompressionKind kind : new CompressionKind[] {CompressionKind.NONE, CompressionKind.ZLIB, CompressionKind.SNAPPY, CompressionKind.LZ4, CompressionKind.ZSTD}) {
            write(kind.name().toLowerCase() + ".orc", kind, 3);
        }
        write("empty.orc", CompressionKind.ZLIB, 0);
        TypeDescription number = TypeDescription.createLong();
        try (Writer writer = OrcFile.createWriter(new Path("number.orc"), OrcFile.writerOptions(new Configuration()).setSchema(number))) {
            VectorizedRowBatch batch = number.createRowBatch();
            batch.size = 1;
            writer.addRowBatch(batch);
        }
        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
        write("new-york.orc", CompressionKind.ZLIB, 3);
    }

    static void write(String file, CompressionKind kind, int rows) throws Exception {
        TypeDescription schema = TypeDescription.fromString(ROWS);
        try (Writer writer = OrcFile.createWriter(new Path(file), OrcFile.writerOptions(new Configuration()).setSchema(schema).compress(kind))) {
            VectorizedRowBatch batch = schema.createRowBatch();
            for (int i = 0; i < rows; i++) {
                batch.size++;
                ((LongColumnVector) batch.cols[0]).vector[i] = i == 0 ? Long.MAX_VALUE : i;
                if (i == 2) {
                    for (int c = 1; c < batch.cols.length; c++) {
                        batch.cols[c].noNulls = false;
                        batch.cols[c].isNull[i] = true;
                    }
                    continue;
                }
                ((LongColumnVector) batch.cols[1]).vector[i] = -300;
                ((LongColumnVector) batch.cols[2]).vector[i] = -3;
                ((LongColumnVector) batch.cols[3]).vector[i] = i;
                ((DoubleColumnVector) batch.cols[4]).vector[i] = i == 0 ? 0.1 : Double.POSITIVE_INFINITY;
                ((DoubleColumnVector) batch.cols[5]).vector[i] = 0.1f;
                set(batch.cols[6], i, i == 0 ? "Zoë \"Z\"" : " blanks ");
                set(batch.cols[7], i, "ab");
                ((DecimalColumnVector) batch.cols[8]).set(i, HiveDecimal.create("-12345678901234567890.0123456789"));
                ((LongColumnVector) batch.cols[9]).vector[i] = LocalDate.of(i == 0 ? 1969 : 2026, 12, 31).toEpochDay();
                Timestamp time = Timestamp.valueOf(i == 0 ? "1969-12-30 23:59:59.999999" : "2026-07-02 03:04:05.123456");
                ((TimestampColumnVector) batch.cols[10]).set(i, time);
                ((TimestampColumnVector) batch.cols[11]).set(i, Timestamp.from(java.time.Instant.parse("2026-07-02T03:04:05.123456Z")));
                ((BytesColumnVector) batch.cols[12]).setVal(i, new byte[] {0, 65, (byte) 0xFF});
                ListColumnVector tags = (ListColumnVector) batch.cols[13];
                tags.offsets[i] = tags.childCount;
                tags.lengths[i] = 2;
                set(tags.child, tags.childCount++, "a");
                set(tags.child, tags.childCount++, "it's");
                MapColumnVector extra = (MapColumnVector) batch.cols[14];
                extra.offsets[i] = extra.childCount;
                extra.lengths[i] = 1;
                ((LongColumnVector) extra.keys).vector[extra.childCount] = 7;
                set(extra.values, extra.childCount++, "seven");
                StructColumnVector who = (StructColumnVector) batch.cols[15];
                set(who.fields[0], i, "Lima");
                ((LongColumnVector) who.fields[1]).vector[i] = 5;
            }
            writer.addRowBatch(batch);
        }
    }

    static void set(org.apache.hadoop.hive.ql.exec.vector.ColumnVector column, int row, String text) {
        ((BytesColumnVector) column).setVal(row, text.getBytes(StandardCharsets.UTF_8));
    }
}
