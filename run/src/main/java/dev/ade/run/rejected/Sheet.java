package dev.ade.run.rejected;

import dev.ade.model.AdeException;
import dev.ade.spi.RawFile;
import dev.ade.spi.RawRow;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Rows of files as people correct them: CSV in UTF-8 that says where each of them stands, then what the file says.
///
/// @param columns of all files, each once
/// @param isWider whether a row has more than its file has columns
record Sheet(List<RawFile> files, List<String> columns, boolean isWider) {
    static final String FILE = "_file";
    static final String LINE = "_line";
    static final String BATCH = "_batch_id";
    static final String REASON = "_reason";

    /// What a row has behind its last column.
    static final String SURPLUS = "_surplus";

    private static final Set<String> OWN = Set.of(FILE, LINE, BATCH, REASON, SURPLUS);

    Sheet {
        files = List.copyOf(files);
        columns = List.copyOf(columns);
    }

    /// @throws AdeException USER where a file has a column of the sheet's own
    static Sheet of(List<RawFile> files) {
        Map<String, String> columns = new LinkedHashMap<>();
        boolean isWider = false;
        for (RawFile file : files) {
            isWider |= file.rows().stream().anyMatch(row -> !row.surplus().isEmpty());
            for (String column : file.columns()) {
                requireOther(column, file);
                columns.putIfAbsent(column.toLowerCase(Locale.ROOT), column);
            }
        }
        return new Sheet(files, List.copyOf(columns.values()), isWider);
    }

    private static void requireOther(String column, RawFile file) {
        if (OWN.contains(column.toLowerCase(Locale.ROOT))) {
            throw AdeException.user(
                    "Cannot export rejected rows of %s: it has a column '%s', as the export does"
                            .formatted(file.origin(), column),
                    "Correct the file and ade run: its rows are replaced");
        }
    }

    /// @param reasons of rows, by file and line
    InputStream csv(Map<RejectedPlace, String> reasons) {
        StringBuilder text = new StringBuilder();
        List<String> header = new ArrayList<>(List.of(FILE, LINE, BATCH, REASON));
        header.addAll(columns);
        if (isWider) {
            header.add(SURPLUS);
        }
        line(text, header);
        for (RawFile file : files) {
            for (RawRow row : file.rows()) {
                RejectedPlace place = new RejectedPlace(file.batch(), row.line());
                line(text, cells(file, row, reasons.getOrDefault(place, "")));
            }
        }
        return new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private List<String> cells(RawFile file, RawRow row, String reason) {
        List<String> cells = new ArrayList<>();
        cells.add(file.origin());
        cells.add(String.valueOf(row.line()));
        cells.add(file.batch().hex());
        cells.add(reason);
        Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        values.putAll(row.values());
        columns.forEach(column -> cells.add(values.getOrDefault(column, "")));
        if (isWider) {
            cells.add(row.surplus());
        }
        return cells;
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append(cells.stream().map(Sheet::quoted).collect(Collectors.joining(",")))
                .append('\n');
    }

    private static String quoted(String cell) {
        boolean isPlain =
                cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return isPlain ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
    }
}
