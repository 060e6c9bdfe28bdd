package dev.ade.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.run.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What lies in the files of another catalog's tables: deletes, old files, and what is not read.
class IcebergFilesTest {
    private static final Schema ORDERS =
            new Schema(
                    NestedField.required(1, "id", Types.IntegerType.get()),
                    NestedField.optional(2, "city", Types.StringType.get()));
    private static final String FIVE =
            "select i::int as id, chr(96 + i::int) as city from range(1, 6) t(i)";
    private static final PartitionSpec PLAIN = PartitionSpec.unpartitioned();

    private final OtherCatalog other;
    private final Lab shop;

    IcebergFilesTest(@TempDir Path folder) {
        this.other = new OtherCatalog(folder.resolve("other"));
        this.shop = new Lab(folder.resolve("shop"), "2126-01-01T00:00:00Z");
        shop.file("shop/sources.yml", other.sources(""));
    }

    @AfterEach
    void stop() {
        other.close();
    }

    private Table table(int version) {
        return other.create(
                "orders", ORDERS, Map.of(TableProperties.FORMAT_VERSION, String.valueOf(version)));
    }

    private List<String> loaded() {
        RunReport report = shop.run();
        assertThat(report.published()).as(report.toString()).hasSize(1);
        return shop.sql("select id, city from sales.orders order by id");
    }

    private String failure() {
        return shop.run().results().getFirst().message();
    }

    private DeleteFile deletes(FileMetadata.Builder builder, Path file) {
        return builder.withPath(file.toString())
                .withFormat("parquet")
                .withFileSizeInBytes(OtherCatalog.size(file))
                .withRecordCount(OtherCatalog.count(file))
                .build();
    }

    private DeleteFile positions(Table table, String select) {
        return deletes(
                FileMetadata.deleteFileBuilder(PLAIN).ofPositionDeletes(),
                other.parquet(table, "file_path: 2147483546, pos: 2147483545", select));
    }

    @Test
    void rows_deleted_by_position_or_value_are_gone() {
        Table table = table(2);
        other.append(table, "select 9 as id, 'z' as city");
        DataFile five = other.file(table, FIVE);
        table.newAppend().appendFile(five).commit();
        table.newRowDelta()
                .addDeletes(
                        positions(
                                table,
                                "select '%s' as file_path, unnest([0::bigint, 3]) as pos"
                                        .formatted(five.location())))
                .commit();
        table.newRowDelta()
                .addDeletes(
                        deletes(
                                FileMetadata.deleteFileBuilder(PLAIN).ofEqualityDeletes(2),
                                other.parquet(
                                        table,
                                        "town: 2",
                                        "select unnest(['b', 'z', null]) as town")))
                .commit();
        other.append(table, "select 7 as id, 'b' as city union all select 8, null");

        assertThat(loaded()).containsExactly("3|c", "5|e", "7|b", "8|null");
    }

    @Test
    void rows_deleted_by_a_bitmap_are_gone() throws IOException {
        Table table = table(3);
        DataFile five = other.file(table, FIVE);
        table.newAppend().appendFile(five).commit();
        BaseDVFileWriter writer =
                new BaseDVFileWriter(
                        OutputFileFactory.builderFor(table, 1, 1).format(FileFormat.PUFFIN).build(),
                        _ -> null);
        try (writer) {
            writer.delete(five.location(), 1, PLAIN, null);
            writer.delete(five.location(), 4, PLAIN, null);
        }
        writer.result().deleteFiles().forEach(it -> table.newRowDelta().addDeletes(it).commit());

        assertThat(loaded()).containsExactly("1|a", "3|c", "4|d");
    }

    @Test
    void rows_deleted_by_a_column_that_is_gone_are_not_guessed() {
        Table table = table(2);
        other.append(table, FIVE);
        table.newRowDelta()
                .addDeletes(
                        deletes(
                                FileMetadata.deleteFileBuilder(PLAIN).ofEqualityDeletes(2),
                                other.parquet(table, "city: 2", "select 'b' as city")))
                .commit();
        table.updateSchema().deleteColumn("city").commit();

        assertThat(failure()).contains("by the values of a column that the table has no more");
    }

    @Test
    void files_that_were_hives_are_read_by_their_names_and_partitions() {
        Table table =
                other.catalog()
                        .createTable(
                                TableIdentifier.of("sales", "orders"),
                                ORDERS,
                                PartitionSpec.builderFor(ORDERS).identity("city").build());
        Path file = other.parquet(table, "", "select unnest([1, 2]) as id");
        DataFile hives =
                DataFiles.builder(table.spec())
                        .withPath("file://" + file)
                        .withPartitionPath("city=O'Hare")
                        .withFileSizeInBytes(OtherCatalog.size(file))
                        .withRecordCount(2)
                        .withFormat("parquet")
                        .build();
        table.newAppend().appendFile(hives).commit();
        assertThat(failure())
                .contains("1.parquet has no field ids, and the table says nothing of names");

        table.updateProperties()
                .set(
                        TableProperties.DEFAULT_NAME_MAPPING,
                        NameMappingParser.toJson(MappingUtil.create(table.schema())))
                .commit();
        assertThat(loaded()).containsExactly("1|O'Hare", "2|O'Hare");
    }

    @Test
    void rows_from_before_a_column_have_its_default() {
        Table table = table(3);
        other.append(table, "select 1 as id, 'Lima' as city");
        table.updateSchema()
                .addColumn("land", Types.StringType.get(), Literal.of("it's PE"))
                .commit();

        shop.run();

        assertThat(shop.sql("select land from sales.orders")).containsExactly("it's PE");
    }

    @Test
    void columns_of_another_ade_are_left_out() {
        Table table =
                other.create(
                        "orders",
                        new Schema(
                                NestedField.optional(1, "id", Types.IntegerType.get()),
                                NestedField.optional(2, "city", Types.StringType.get()),
                                NestedField.optional(3, "_source", Types.StringType.get())),
                        Map.of());
        other.append(table, "select 1 as id, 'Lima' as city, 'of theirs' as _source");

        assertThat(loaded()).containsExactly("1|Lima");
        assertThat(shop.sql("select _source from sales.orders"))
                .singleElement()
                .asString()
                .startsWith("sales.orders of ");
    }

    @Test
    void columns_that_no_dataset_can_have_are_named() {
        Table table =
                other.create(
                        "orders",
                        new Schema(
                                NestedField.optional(1, "id", Types.IntegerType.get()),
                                NestedField.optional(2, "ID", Types.IntegerType.get())),
                        Map.of(TableProperties.FORMAT_VERSION, "3"));
        assertThat(failure())
                .startsWith(
                        "Cannot load sales.orders: it has columns 'id' and 'ID', which have one name");
        table.updateSchema().deleteColumn("ID").addColumn("any", Types.VariantType.get()).commit();
        assertThat(failure())
                .startsWith(
                        "Cannot load sales.orders: column 'any' is of Iceberg's type variant, which ADE has not");
    }

    @Test
    void what_is_no_parquet_file_of_this_machine_is_refused() {
        Table table = table(2);
        append(table, "gs://bucket/1.parquet", "parquet");
        assertThat(failure())
                .startsWith(
                        "Cannot load sales.orders: its files lie at gs://bucket/1.parquet, and only files of this machine and of S3 are read");
        table.newDelete().deleteFile("gs://bucket/1.parquet").commit();

        append(table, "/nowhere/1.orc", "orc");
        assertThat(failure())
                .contains("/nowhere/1.orc is in the format ORC, and only Parquet is read");
        table.newDelete().deleteFile("/nowhere/1.orc").commit();

        String text = shop.root.resolve("ade.yml").toString();
        append(table, text, "parquet");
        assertThat(failure())
                .startsWith("Cannot load sales.orders: its files cannot be read: ")
                .contains("No magic bytes found at end of file '%s'".formatted(text))
                .doesNotContain("select");
    }

    @Test
    void a_file_that_is_missing_is_named() {
        append(table(2), "/nowhere/1.parquet", "parquet");
        assertThat(failure())
                .startsWith("Cannot load sales.orders: its files cannot be read: ")
                .contains("/nowhere/1.parquet");
    }

    private static void append(Table table, String path, String format) {
        table.newAppend()
                .appendFile(
                        DataFiles.builder(PLAIN)
                                .withPath(path)
                                .withFormat(format)
                                .withFileSizeInBytes(10)
                                .withRecordCount(1)
                                .build())
                .commit();
    }
}
