package dev.ade.ingest.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ade.model.LoadSpec.Format;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;

/// Excel's workbooks: the rows of one sheet. Numbers, truths, dates and texts are what their cells say, formulas their
/// last result; a row without a value is none.
///
/// @param sheet its name, or its number from 1; empty for the first
/// @param range of its cells; empty for all
/// @param header whether the first row has names
/// @param names to be used, from the first column on
/// @param unpackLimit of all that a workbook holds
public record Xlsx(
        Optional<String> sheet,
        Optional<XlsxRange> range,
        Header header,
        List<String> names,
        UnpackLimit unpackLimit)
        implements Converter {
    /// Whether the first row has names.
    public enum Header {
        PRESENT,
        ABSENT
    }

    private static final String TEXTS = "xl/sharedStrings.xml";

    private static final String STYLES = "styles";

    /// Texts are kept once for all cells, in memory.
    private static final long TEXTS_BYTES_MAX = 1L << 30;

    private static final JsonFactory JSON = new JsonFactory();

    public Xlsx {
        names = List.copyOf(names);
    }

    @Override
    public Format format() {
        return Format.NDJSON;
    }

    @Override
    public Converted convert(Input input, Path copy) throws IOException {
        Path workbook = copy.resolveSibling(copy.getFileName() + ".xlsx");
        try (InputStream in = input.open()) {
            Files.copy(in, workbook);
            requireBounded(workbook);
            return read(workbook, copy);
        } finally {
            Files.deleteIfExists(workbook);
        }
    }

    /// What a workbook says of its sizes may be wrong, so it is unpacked once for nothing.
    private void requireBounded(Path workbook) throws IOException {
        UnpackLimit.Unpacking unpacking = unpackLimit.of(Files.size(workbook), Xlsx::tooLarge);
        try (ZipFile zip = new ZipFile(workbook.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                try (InputStream in = unpacking.on(zip.getInputStream(entry))) {
                    long bytes = in.transferTo(OutputStream.nullOutputStream());
                    requireFewTexts(entry, bytes);
                }
            }
        } catch (ZipException e) {
            throw new NotReadable(
                    "it is no .xlsx file, or it is protected by a password",
                    "Save it as .xlsx without a password");
        }
    }

    private static NotReadable tooLarge(String reason) {
        return new NotReadable(
                reason, "If that is right, raise unpacked_max in load: options" + UnpackLimit.HOW);
    }

    private static void requireFewTexts(ZipEntry entry, long bytes) {
        if (entry.getName().equals(TEXTS) && bytes > TEXTS_BYTES_MAX) {
            throw new NotReadable(
                    "its texts have %,d bytes, more than %,d".formatted(bytes, TEXTS_BYTES_MAX),
                    "Save it as CSV");
        }
    }

    private Converted read(Path workbook, Path copy) throws IOException {
        ReadingOptions options = new ReadingOptions(hasStyles(workbook), true);
        try (ReadableWorkbook book = new ReadableWorkbook(workbook.toFile(), options);
                Stream<Row> rows = sheet(book).openStream();
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(copy));
                JsonGenerator json = JSON.createGenerator(out)) {
            json.setRootValueSeparator(null);
            return new Converted(List.of(), write(rows.iterator(), json, new XlsxCells(book)));
        } catch (ExcelReaderException e) {
            throw new NotReadable("its workbook is damaged", "Open it in Excel and save it again");
        }
    }

    /// A workbook may do without, and has no dates then.
    private static boolean hasStyles(Path workbook) throws IOException {
        try (ZipFile zip = new ZipFile(workbook.toFile())) {
            return zip.stream()
                    .anyMatch(part -> part.getName().toLowerCase(Locale.ROOT).contains(STYLES));
        }
    }

    private Sheet sheet(ReadableWorkbook book) {
        List<Sheet> sheets = book.getSheets().toList();
        String wanted = sheet.orElse("1");
        return sheets.stream()
                .filter(one -> one.getName().equalsIgnoreCase(wanted))
                .findFirst()
                .or(() ->
                        sheets.stream()
                                .filter(one -> String.valueOf(one.getIndex() + 1).equals(wanted))
                                .findFirst())
                .orElseThrow(() ->
                        new NotReadable(
                                "it has no sheet '%s' but %d others"
                                        .formatted(wanted, sheets.size()),
                                "Correct sheet in load: options; it is a name, or a number from 1"));
    }

    private Places write(Iterator<Row> rows, JsonGenerator json, XlsxCells cells)
            throws IOException {
        Places places = new Places();
        XlsxRange asked = range.orElse(XlsxRange.ALL);
        Optional<XlsxColumns> columns = Optional.empty();
        long written = 0;
        while (rows.hasNext()) {
            Row row = rows.next();
            if (!asked.hasRow(row.getRowNum()) || !cells.isFilled(row, asked)) {
                continue;
            }
            if (columns.isEmpty()) {
                columns = Optional.of(XlsxColumns.of(row, this, cells));
                if (header == Header.PRESENT) {
                    continue;
                }
            }
            if (cells.isFilled(row, columns.get().range())) {
                written++;
                places.add(written, row.getRowNum());
                columns.get().write(row, json, cells);
            }
        }
        return places;
    }
}
