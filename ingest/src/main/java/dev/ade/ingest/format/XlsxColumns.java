package dev.ade.ingest.format;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.dhatim.fastexcel.reader.Row;

/// The columns of a sheet, by its first row: from its first cell to its last. One without a name has its letters.
record XlsxColumns(List<String> names, XlsxRange range) {
    XlsxColumns {
        names = List.copyOf(names);
    }

    static XlsxColumns of(Row first, Xlsx xlsx, XlsxCells cells) {
        XlsxRange asked = xlsx.range().orElse(XlsxRange.ALL);
        int from = asked.lastColumn();
        int to = asked.firstColumn();
        for (int i = asked.firstColumn();
                i <= Math.min(asked.lastColumn(), first.getCellCount() - 1);
                i++) {
            if (!cells.text(first, i).isEmpty()) {
                from = Math.min(from, i);
                to = Math.max(to, i);
            }
        }
        if (xlsx.range().isPresent()) {
            from = asked.firstColumn();
            to = asked.lastColumn();
        }
        List<String> names = new ArrayList<>();
        for (int i = from; i <= Math.max(to, from + xlsx.names().size() - 1); i++) {
            names.add(name(first, i, i - from, xlsx, cells));
        }
        Names.requireDistinct(names);
        return new XlsxColumns(
                names,
                new XlsxRange(from, from + names.size() - 1, asked.firstRow(), asked.lastRow()));
    }

    private static String name(Row first, int column, int place, Xlsx xlsx, XlsxCells cells) {
        if (place < xlsx.names().size()) {
            return xlsx.names().get(place);
        }
        String name = xlsx.header() == Xlsx.Header.PRESENT ? cells.text(first, column) : "";
        return name.isEmpty() ? XlsxRange.letters(column) : name;
    }

    void write(Row row, JsonGenerator json, XlsxCells cells) throws IOException {
        json.writeStartObject();
        for (int i = 0; i < names.size(); i++) {
            json.writeFieldName(names.get(i));
            cells.write(row, range.firstColumn() + i, json);
        }
        json.writeEndObject();
        json.writeRaw('\n');
    }
}
