package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.spi.Loader.Loaded;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;

/// Workbooks made by another library than the one that reads them.
class XlsxTest extends InYard {
    private static final Declared ORDERS = Declared.files("in/*");

    private static byte[] workbook(Consumer<XSSFWorkbook> content) {
        try (XSSFWorkbook book = new XSSFWorkbook();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            content.accept(book);
            book.write(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(Sheet sheet, int number, Object... values) {
        Row row = sheet.createRow(number - 1);
        for (int i = 0; i < values.length; i++) {
            set(row.createCell(i), values[i]);
        }
        return row;
    }

    private static void set(Cell cell, Object value) {
        switch (value) {
            case Number number -> cell.setCellValue(number.doubleValue());
            case Boolean truth -> cell.setCellValue(truth);
            default -> {
                if (!value.toString().isEmpty()) {
                    cell.setCellValue(value.toString());
                }
            }
        }
    }

    private static void moment(Row row, int column, LocalDateTime time, String format) {
        CellStyle style = row.getSheet().getWorkbook().createCellStyle();
        style.setDataFormat(row.getSheet().getWorkbook().createDataFormat().getFormat(format));
        Cell cell = row.createCell(column);
        cell.setCellValue(time);
        cell.setCellStyle(style);
    }

    @Test
    void cells_are_what_they_say() {
        yard.put(
                "in/a.xlsx",
                workbook(book -> {
                    Sheet sheet = book.createSheet("Orders");
                    row(sheet, 1, "id", "zip", "amount", "paid", "day", "at", "sum");
                    Row first = row(sheet, 2, 1, "00123", 0.1 + 0.2, true);
                    moment(first, 4, LocalDateTime.of(2026, 1, 31, 0, 0), "dd.mm.yyyy");
                    moment(
                            first,
                            5,
                            LocalDateTime.of(2026, 1, 31, 10, 30, 15),
                            "yyyy-mm-dd hh:mm:ss");
                    first.createCell(6).setCellFormula("A2*2.5");
                    Row second = row(sheet, 4, 2, "04109", 1234567.25, false);
                    moment(second, 4, LocalDateTime.of(1900, 1, 1, 0, 0), "m/d/yy");
                    moment(second, 5, LocalDateTime.of(2026, 2, 1, 0, 0), "yyyy-mm-dd hh:mm:ss");
                    second.createCell(6).setCellFormula("A4*2.5");
                    book.getCreationHelper().createFormulaEvaluator().evaluateAll();
                }));

        Loaded loaded = yard.load(ORDERS);

        assertThat(loaded.read()).isEqualTo(2);
        assertThat(loaded.rejected()).isZero();
        assertThat(
                        yard.sql(
                                "select id, zip, amount, paid, day, \"at\", \"sum\" from shop.orders order by id"))
                .containsExactly(
                        "1|00123|0.3|true|2026-01-31|2026-01-31T10:30:15|2.5",
                        "2|04109|1234567.25|false|1900-01-01|2026-02-01T00:00|5.0");
        assertThat(
                        yard.sql(
                                "select column_name, data_type from information_schema.columns where table_name = 'orders' and column_name in ('zip', 'day', 'at', 'paid') order by all"))
                .isNotNull();
        assertThat(yard.look(ORDERS).isEmpty()).isTrue();
    }

    @Test
    void rejected_rows_have_the_number_that_excel_shows() {
        yard.put(
                "in/a.xlsx",
                workbook(book -> {
                    Sheet sheet = book.createSheet();
                    row(sheet, 3, "id", "qty");
                    row(sheet, 4, 1, 5);
                    row(sheet, 8, 2, "many");
                    row(sheet, 9, 3, 1.5);
                    row(sheet, 10, 4, 7);
                }));

        Loaded loaded = yard.load(ORDERS.typed("qty", "integer"));

        assertThat(loaded.read()).isEqualTo(4);
        assertThat(yard.sql("select id, qty from shop.orders order by id"))
                .containsExactly("1|5", "4|7");
        assertThat(
                        yard.sql(
                                "select source, line, column_name, reason from ade.rejected order by all"))
                .containsExactly(
                        "in/a.xlsx|8|qty|not an integer", "in/a.xlsx|9|qty|not an integer");
    }

    @Test
    void a_sheet_and_a_range_are_chosen() {
        byte[] book =
                workbook(it -> {
                    row(it.createSheet("Notes"), 1, "nothing", "here");
                    Sheet sheet = it.createSheet("Data");
                    row(sheet, 1, "Report of today");
                    row(sheet, 3, "", "id", "city", "total");
                    row(sheet, 4, "", 1, "Lima", 99);
                    row(sheet, 5, "", 2, "Oslo", 98);
                    row(sheet, 6, "", "sum", "", 197);
                });
        yard.put("in/a.xlsx", book);

        yard.load(ORDERS.option("sheet", "data").option("range", "B3:C5"));

        assertThat(yard.sql("select id, city from shop.orders order by id"))
                .containsExactly("1|Lima", "2|Oslo");
        assertThatThrownBy(() -> yard.load(ORDERS.option("sheet", "3")))
                .hasMessage("Cannot load in/a.xlsx: it has no sheet '3' but 2 others");
        assertThatThrownBy(() -> yard.load(ORDERS.option("range", "B3")))
                .hasMessage("Cannot use the range 'B3': it is none");
    }

    @Test
    void characters_that_xml_cannot_hold_are_read_as_meant() {
        yard.put(
                "in/a.xlsx",
                workbook(book -> {
                    Sheet sheet = book.createSheet();
                    row(sheet, 1, "id", "a_x000A_note");
                    row(sheet, 2, 1, "one_x000D_\ntwo_x0009_three");
                    row(sheet, 3, 2, "_x005F_x000D_ _xD83D_ _x0000_ _x12_");
                }));

        yard.load(ORDERS);

        assertThat(yard.sql("select id, \"a\nnote\" from shop.orders order by id"))
                .containsExactly("1|one\r\ntwo\tthree", "2|_x000D_ _xD83D_ _x0000_ _x12_");
    }

    @Test
    void a_workbook_without_styles_is_read() throws IOException {
        byte[] styled =
                workbook(book -> {
                    Sheet sheet = book.createSheet();
                    row(sheet, 1, "id", "city");
                    row(sheet, 2, 1, "Lima");
                });
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(styled));
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (ZipEntry part = in.getNextEntry(); part != null; part = in.getNextEntry()) {
                if (!part.getName().equals("xl/styles.xml")) {
                    out.putNextEntry(new ZipEntry(part.getName()));
                    in.transferTo(out);
                }
            }
        }
        yard.put("in/a.xlsx", bytes.toByteArray());

        yard.load(ORDERS);

        assertThat(yard.sql("select id, city from shop.orders")).containsExactly("1|Lima");
    }

    @Test
    void a_sheet_without_a_header_has_letters_or_names() {
        yard.put(
                "in/a.xlsx",
                workbook(book -> {
                    Sheet sheet = book.createSheet();
                    row(sheet, 1, 1, "Lima", 5);
                    row(sheet, 2, 2, "Oslo", 6);
                }));

        yard.load(ORDERS.option("header", false).option("names", java.util.List.of("id", "city")));

        assertThat(yard.sql("select id, city, c from shop.orders order by id"))
                .containsExactly("1|Lima|5", "2|Oslo|6");
    }

    @Test
    void what_is_no_workbook_says_so() throws IOException {
        yard.put("in/a.xlsx", "id,city\n1,Lima\n");

        assertThatThrownBy(() -> yard.load(ORDERS))
                .hasMessage(
                        "Cannot load in/a.xlsx: it is no .xlsx file, or it is protected by a password");

        yard.put("in/a.xlsx", secret());
        assertThatThrownBy(() -> yard.load(ORDERS))
                .hasMessage(
                        "Cannot load in/a.xlsx: it is no .xlsx file, or it is protected by a password");
    }

    private static byte[] secret() throws IOException {
        try (POIFSFileSystem files = new POIFSFileSystem();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            var encryptor = new EncryptionInfo(EncryptionMode.agile).getEncryptor();
            encryptor.confirmPassword("secret");
            try (var out = encryptor.getDataStream(files)) {
                out.write(workbook(book -> row(book.createSheet(), 1, "id")));
            } catch (java.security.GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
            files.writeFilesystem(bytes);
            return bytes.toByteArray();
        }
    }

    @Test
    void inspection_proposes_what_a_load_will_take() {
        yard.put(
                "in/a.xlsx",
                workbook(book -> {
                    Sheet sheet = book.createSheet();
                    row(sheet, 1, "id", "city");
                    row(sheet, 2, 1, "Lima");
                    row(sheet, 3, 2, "Oslo");
                }));

        assertThat(yard.inspect(ORDERS).yaml())
                .contains("load: {files: \"in/*\"}")
                .contains("name: id, data_type: bigint");
    }
}
