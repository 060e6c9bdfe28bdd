package dev.ade.run.rejected;

import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what an export wrote, once somebody corrected it. Spreadsheets may have put a byte-order mark before it, and
/// semicolons or tabs in the place of commas, and quoted every cell.
final class SheetReader {
    private static final String FORM = "Export it again, change values only, and save it as CSV";
    private static final List<String> OWN =
            List.of(Sheet.FILE, Sheet.LINE, Sheet.BATCH, Sheet.REASON);
    private static final Pattern BEGIN = Pattern.compile("\"?" + Sheet.FILE + "\"?([,;\t|])");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{32}");

    private final Path path;

    SheetReader(Path path) {
        this.path = path;
    }

    /// @param columns of the files, as its header has them
    record Read(List<String> columns, List<SheetRow> rows) {
        Read {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    Read read() {
        String text = text();
        Matcher begin = BEGIN.matcher(text);
        char delimiter = begin.lookingAt() ? begin.group(1).charAt(0) : ',';
        List<CsvText.Line> lines = new CsvText(text, delimiter).lines();
        if (lines.isEmpty()
                || lines.getFirst().cells().size() <= OWN.size()
                || !lines.getFirst().cells().subList(0, OWN.size()).equals(OWN)) {
            throw wrong("its first line does not begin with " + String.join(", ", OWN));
        }
        List<String> header = lines.getFirst().cells();
        List<SheetRow> rows = new ArrayList<>();
        lines.stream()
                .skip(1)
                .filter(line -> !line.isBlank())
                .forEach(line -> rows.add(row(line, header.size())));
        return new Read(header.subList(OWN.size(), header.size()), rows);
    }

    private String text() {
        try {
            String text = Files.readString(path);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException _) {
            throw wrong("it is not in UTF-8");
        } catch (IOException e) {
            throw AdeException.user(
                            "Cannot read corrections from %s: %s"
                                    .formatted(
                                            path,
                                            Files.exists(path)
                                                    ? "it cannot be read"
                                                    : "it is not there"),
                            "Name a file that ade rejected export wrote")
                    .causedBy(e);
        }
    }

    private SheetRow row(CsvText.Line line, int columns) {
        List<String> cells = line.cells();
        if (cells.size() != columns) {
            throw wrong(
                    "line %d has %d values instead of %d"
                            .formatted(line.at(), cells.size(), columns));
        }
        if (!DIGITS.matcher(cells.get(1)).matches()) {
            throw wrong("'%s' of line %d is no number".formatted(Sheet.LINE, line.at()));
        }
        if (!HEX.matcher(cells.get(2)).matches()) {
            throw wrong("'%s' of line %d is no batch".formatted(Sheet.BATCH, line.at()));
        }
        return new SheetRow(
                line.at(),
                cells.get(0),
                Long.parseLong(cells.get(1)),
                new Fingerprint(cells.get(2)),
                cells.subList(OWN.size(), columns));
    }

    private AdeException wrong(String reason) {
        return AdeException.user(
                "Cannot read corrections from %s: %s".formatted(path, reason), FORM);
    }
}
